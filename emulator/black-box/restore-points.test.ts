import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entries, part, root, startClient, textOf } from './emulator-client.ts';
import type { EmulatorClient, Json } from './emulator-client.ts';

let client: EmulatorClient;
beforeAll(async () => {
  client = await startClient({ units: 100 });
});
afterAll(() => client.stop());

interface TruePoint {
  readonly id: string;
  readonly at: string;
  readonly expires: string;
  readonly visible: string;
  readonly tags: string;
}

/** All that the oracle knows of a unit and the service tells of now. ISO text with seven digits compares as it is. */
const told = (unitId: string): Promise<readonly TruePoint[]> => {
  const known = asked.get(unitId) ?? fetchTold(unitId);
  asked.set(unitId, known);
  return known;
};

const asked = new Map<string, Promise<readonly TruePoint[]>>();

const fetchTold = async (unitId: string): Promise<readonly TruePoint[]> => {
  const now = '2026-03-06T14:00:00.0000000Z';
  const answer = await client.control('GET', `/points?tenantId=${client.tenantId}&unitId=${unitId}`);
  return entries(answer.body['value'])
    .map(point => ({
      id: textOf(point, 'id'),
      at: textOf(point, 'protectionDateTime'),
      expires: textOf(point, 'expirationDateTime'),
      visible: textOf(point, 'visibleDateTime'),
      tags: textOf(point, 'tags'),
    }))
    .filter(({ visible, expires }) => visible <= now && now < expires);
};

const list = (unitId: string, filter: string, more = '') =>
  client.graph(
    'GET',
    `${root}/restorePoints?$expand=${encodeURIComponent(`protectionUnit($filter=id eq '${unitId}')`)}&$filter=${encodeURIComponent(filter)}${more}`,
  );

const idsOf = (points: unknown): readonly unknown[] => entries(points).map(point => point['id']);

const search = (body: Json) =>
  client.graph('POST', `${root}/restorePoints/search`, {
    protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z' },
    restorePointPreference: 'latest',
    ...body,
  });

describe('the list', () => {
  test('answers the five newest points before a time, with their unit', async () => {
    for (const kind of ['site', 'mailbox'] as const) {
      const [unitId = ''] = await client.unitsWithPoints(kind, 1);
      const all = await told(unitId);
      const bound = all[Math.floor(all.length / 3)]?.at ?? '';
      const answer = await list(unitId, `protectionDateTime lt ${bound}`);
      const expected = all
        .filter(({ at }) => at < bound)
        .slice(-5)
        .toReversed();
      expect(idsOf(answer.body['value'])).toEqual(expected.map(({ id }) => id));
      const [first] = entries(answer.body['value']);
      expect(first).toMatchObject({
        protectionDateTime: expected[0]?.at,
        expirationDateTime: expected[0]?.expires,
        tags: expected[0]?.tags,
        protectionUnit: { id: unitId, '@odata.type': `#microsoft.graph.${kind}ProtectionUnit` },
      });
      expect(textOf(first, 'protectionDateTime')).toMatch(/\.\d{7}Z$/);
    }
  });

  test('takes le, gt and ge, an order, a tag, and a time with an offset', async () => {
    const [unitId = ''] = await client.unitsWithPoints('drive', 1);
    const all = await told(unitId);
    const middle = all[all.length - 40]?.at ?? '';
    const late = all[all.length - 10]?.at ?? '';
    const closed = await list(unitId, `protectionDateTime le ${middle}`);
    expect(idsOf(closed.body['value'])[0]).toBe(all[all.length - 40]?.id);
    const upwards = await list(
      unitId,
      `protectionDateTime ge ${middle} and protectionDateTime lt ${late}`,
      '&$orderby=protectionDateTime',
    );
    expect(idsOf(upwards.body['value'])).toEqual(all.slice(-40, -35).map(({ id }) => id));
    const above = await list(unitId, `protectionDateTime gt ${middle}`, '&$orderby=protectionDateTime asc');
    expect(idsOf(above.body['value'])).toEqual(all.slice(-39, -34).map(({ id }) => id));
    const fast = await list(unitId, "protectionDateTime lt 2026-03-06T15:00:00+01:00 and tags eq 'fastRestore'");
    expect(idsOf(fast.body['value'])).toEqual(
      all
        .filter(({ tags }) => tags === 'fastRestore')
        .slice(-5)
        .toReversed()
        .map(({ id }) => id),
    );
  });

  test('walks a whole history back with the oldest time seen as the next bound', async () => {
    const [unitId = ''] = await client.unitsWithPoints('site', 1);
    const seen: unknown[] = [];
    let bound = '2026-03-06T15:00:00Z';
    for (;;) {
      const points = entries((await list(unitId, `protectionDateTime lt ${bound}`)).body['value']);
      if (points.length === 0) break;
      seen.push(...idsOf(points));
      bound = textOf(points.at(-1), 'protectionDateTime');
    }
    expect(seen.toReversed()).toEqual((await told(unitId)).map(({ id }) => id));
  });

  test.each([
    ['', `&$filter=protectionDateTime lt 2026-01-01T00:00:00Z`, 'InvalidSearchRequest'],
    [`$expand=protectionUnit($filter=id eq 'UNIT')`, '', 'InvalidSearchRequest'],
    [`$expand=protectionUnit`, `&$filter=protectionDateTime lt 2026-01-01T00:00:00Z`, 'InvalidSearchRequest'],
    [
      `$expand=protectionUnit($filter=id eq 'UNIT')`,
      `&$filter=protectionDateTime lt yesterday`,
      'InvalidSearchRequest',
    ],
    [`$expand=protectionUnit($filter=id eq 'UNIT')`, `&$filter=tags eq 'fastRestore'`, 'InvalidSearchRequest'],
    [`$expand=protectionUnit($filter=id eq 'UNIT')`, `&$filter=size lt 5`, 'InvalidSearchRequest'],
    [
      `$expand=protectionUnit($filter=id eq 'UNIT')`,
      `&$filter=protectionDateTime lt 2026-01-01T00:00:00Z&$orderby=tags`,
      'InvalidSearchRequest',
    ],
    [
      `$expand=protectionUnit($filter=id eq 'nobody')`,
      `&$filter=protectionDateTime lt 2026-01-01T00:00:00Z`,
      'InvalidProtectionUnitId',
    ],
    [
      `$expand=protectionUnit($filter=id eq 'UNIT')`,
      `&$filter=protectionDateTime lt ${'1'.repeat(5000)}`,
      'FilterLengthExceeded',
    ],
  ])('refuses %s%s with %s', async (expand, filter, code) => {
    const [unitId = ''] = await client.unitsWithPoints('site', 1);
    const answer = await client.graph('GET', `${root}/restorePoints?${expand.replace('UNIT', unitId)}${filter}`);
    expect(answer.status).toBe(400);
    expect(part(answer.body, 'error', 'code')).toBe(code);
  });
});

describe('the search', () => {
  test('answers one point for each of up to twenty units of all workloads, newest or oldest, any or fast', async () => {
    const unitIds = (
      await Promise.all((['site', 'drive', 'mailbox'] as const).map(kind => client.unitsWithPoints(kind, 4)))
    ).flat();
    for (const [preference, tags] of [
      ['latest', 'none'],
      ['oldest', 'none'],
      ['latest', 'fastRestore'],
      ['oldest', 'fastRestore'],
    ] as const) {
      const period = { startDateTime: '2026-02-10T00:00:00Z', endDateTime: '2026-03-02T10:00:00Z' };
      const answer = await search({
        protectionUnitIds: unitIds,
        protectionTimePeriod: period,
        restorePointPreference: preference,
        tags,
      });
      const expected = new Map<string, string | undefined>();
      for (const unitId of unitIds) {
        const within = (await told(unitId)).filter(
          ({ at, tags: its }) =>
            at >= '2026-02-10T00:00:00.0000000Z' &&
            at <= '2026-03-02T10:00:00.0000000Z' &&
            (tags === 'none' || its === tags),
        );
        expected.set(unitId, (preference === 'latest' ? within.at(-1) : within[0])?.id);
      }
      const found = new Map(
        entries(answer.body['searchResults']).map(result => [
          textOf(result, 'restorePoint', 'protectionUnit', 'id'),
          part(result, 'restorePoint', 'id'),
        ]),
      );
      for (const [unitId, id] of expected) {
        expect(found.get(unitId)).toBe(id);
        expect(part(answer.body, 'noResultProtectionUnitIds')).toEqual(
          [...expected].filter(([, point]) => point === undefined).map(([unit]) => unit),
        );
      }
    }
  });

  test('has a period that is closed at both ends, to the last tick', async () => {
    const [unitId = ''] = await client.unitsWithPoints('mailbox', 1);
    const all = await told(unitId);
    const [before, point] = [all.at(-50), all.at(-49)];
    const asked = async (
      startDateTime: string | undefined,
      endDateTime: string | undefined,
      restorePointPreference: string,
    ) => {
      const answer = await search({
        protectionUnitIds: [unitId],
        protectionTimePeriod: { startDateTime, endDateTime },
        restorePointPreference,
      });
      return part(answer.body, 'searchResults', 0, 'restorePoint', 'id');
    };
    expect(await asked('0001-01-01T00:00:00Z', point?.at, 'latest')).toBe(point?.id);
    expect(await asked(point?.at, undefined, 'oldest')).toBe(point?.id);
    const oneTickEarlier = point?.at.replace(
      /\d{7}Z$/,
      digits => `${String(Number(digits.slice(0, 7)) - 1).padStart(7, '0')}Z`,
    );
    expect(await asked('0001-01-01T00:00:00Z', oneTickEarlier, 'latest')).toBe(before?.id);
  });

  test('names the units without a point, which no period reaches', async () => {
    const units = entries(
      (await client.graph('GET', `${root}/protectionUnits/microsoft.graph.driveProtectionUnit?$top=999`)).body['value'],
    );
    const sites = entries(
      (await client.graph('GET', `${root}/protectionUnits/microsoft.graph.siteProtectionUnit?$top=999`)).body['value'],
    );
    const without = [...units, ...sites].filter(unit => unit['status'] === 'protectRequested').map(unit => unit['id']);
    expect(without.length).toBeGreaterThan(0);
    const answer = await search({ protectionUnitIds: without });
    expect(answer.body['searchResults']).toEqual([]);
    expect(answer.body['noResultProtectionUnitIds']).toEqual(without);
  });

  test('tells of a point only from its visible time to its expiry', async () => {
    const [unitId = ''] = await client.unitsWithPoints('site', 1);
    const own = await startClient({ units: 100 });
    const value = [
      {
        id: 'late',
        protectionUnitId: unitId,
        protectionDateTime: '2026-03-06T13:59:00Z',
        visibleDateTime: '2026-03-06T14:30:00Z',
        expirationDateTime: '2026-03-06T15:00:00Z',
        tags: 'fastRestore',
      },
    ];
    await own.control('POST', `/tenants/${own.tenantId}/entities`, {
      collection: 'siteProtectionUnits',
      value: [{ id: unitId, history: 'none' }],
    });
    await own.control('POST', `/tenants/${own.tenantId}/entities`, { collection: 'restorePoints', value });
    const isTold = async () => {
      const body = { protectionUnitIds: [unitId], protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z' } };
      const answer = await own.graph('POST', `${root}/restorePoints/search`, body);
      const single = await own.graph('GET', `${root}/restorePoints/late`);
      const isFound = entries(answer.body['searchResults']).length === 1;
      expect(single.status).toBe(isFound ? 200 : 404);
      return isFound;
    };
    expect(await isTold()).toBe(false);
    await own.advance(30 * 60 - 1);
    expect(await isTold()).toBe(false);
    await own.advance(1);
    expect(await isTold()).toBe(true);
    await own.advance(30 * 60 - 1);
    expect(await isTold()).toBe(true);
    await own.advance(1);
    expect(await isTold()).toBe(false);
    const oracle = await own.control('GET', `/points?tenantId=${own.tenantId}&unitId=${unitId}`);
    expect(idsOf(oracle.body['value'])).toEqual(['late']);
    await own.stop();
  });

  test('with the old cap stops at the fifth point: later units are in neither list', async () => {
    const own = await startClient({ units: 100, searchCap: 'five' });
    const unitIds = await client.unitsWithPoints('site', 9);
    const answer = await own.graph('POST', `${root}/restorePoints/search`, {
      protectionUnitIds: unitIds,
      protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z' },
    });
    expect(entries(answer.body['searchResults'])).toHaveLength(5);
    expect(answer.body['noResultProtectionUnitIds']).toEqual([]);
    await own.stop();
  });

  test('counts the hits of a message query in one mailbox', async () => {
    const [unitId = ''] = await client.unitsWithPoints('mailbox', 1);
    const artifactQuery = { artifactType: 'message', queryExpression: "(Sender -eq 'a@b.example')" };
    const answer = await search({ protectionUnitIds: [unitId], artifactQuery });
    expect(part(answer.body, 'searchResults', 0)).toMatchObject({ artifactHitCount: expect.any(Number) });
    expect(answer.body['searchResponseId']).toEqual(expect.any(String));
    const two = await search({ protectionUnitIds: await client.unitsWithPoints('mailbox', 2), artifactQuery });
    expect(part(two.body, 'error', 'code')).toBe('InvalidSearchRequest');
  });

  test.each([
    [{ protectionUnitIds: [] }, 'InvalidSearchRequest'],
    [{ protectionUnitIds: 'all' }, 'InvalidSearchRequest'],
    [{ protectionUnitIds: [7] }, 'InvalidSearchRequest'],
    [{ protectionUnitIds: Array.from({ length: 21 }, () => 'x') }, 'InvalidSearchRequest'],
    [{ protectionUnitIds: ['9fec8e78-bce4-4aaf-ab1b-5451cc387264'] }, 'InvalidProtectionUnitId'],
    [{ protectionUnitIds: ['none'] }, 'InvalidProtectionUnitId'],
    [{ protectionUnitIds: ['x'], protectionTimePeriod: undefined }, 'InvalidSearchRequest'],
    [{ protectionUnitIds: ['x'], protectionTimePeriod: { startDateTime: 'then' } }, 'InvalidSearchRequest'],
    [
      {
        protectionUnitIds: ['x'],
        protectionTimePeriod: { startDateTime: '2026-02-01T00:00:00Z', endDateTime: '2026-01-01T00:00:00Z' },
      },
      'InvalidSearchRequest',
    ],
    [{ protectionUnitIds: ['x'], restorePointPreference: 'best' }, 'InvalidSearchRequest'],
    [{ protectionUnitIds: ['x'], tags: 'slow' }, 'InvalidSearchRequest'],
  ])('refuses %j with %s', async (body, code) => {
    const answer = await search(body);
    expect(answer.status).toBe(400);
    expect(part(answer.body, 'error', 'code')).toBe(code);
  });

  test('refuses a unit that is named twice, and what is no JSON', async () => {
    const [unitId = ''] = await client.unitsWithPoints('site', 1);
    expect(part((await search({ protectionUnitIds: [unitId, unitId.toUpperCase()] })).body, 'error', 'code')).toBe(
      'InvalidSearchRequest',
    );
    const broken = await client.graph('POST', `${root}/restorePoints/search`, undefined, {
      rawBody: '{"protectionUnitIds": [',
    });
    expect(broken.status).toBe(400);
    expect(part(broken.body, 'error', 'code')).toBe('InvalidSearchRequest');
  });
});
