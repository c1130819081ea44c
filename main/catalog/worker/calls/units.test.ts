import { describe, expect, it } from 'vitest';
import type { UnitFilter, UnitSort } from '../../../../shared/contract/units.ts';
import { DAY, HOUR } from '../../../../shared/domain/time.ts';
import { headAnswer } from '../../testing/answers.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';

const byName: UnitSort = { by: 'name', descending: false };
const window = { offset: 0, limit: 100 };
type Calls = ReturnType<typeof callsInMemory>;

const listed = async ({ units }: Calls, filter: UnitFilter = {}, sort = byName, part = window): Promise<string[]> =>
  (await units.list({ tenantId: TENANT, filter, sort, window: part, now: NOW })).rows.map(row => row.id);

const readAll = async ({ units }: Calls, at: number, ids: readonly string[]) => {
  const read = await units.beginRead({ tenantId: TENANT, kind: 'site', at });
  await units.putPage(
    read,
    ids.map(id => aUnit(id)),
  );
  return units.endRead(read);
};

describe('reading the units of a kind', () => {
  it('takes away nothing before it has ended, and then only what it did not see', async () => {
    const calls = callsInMemory();
    await calls.units.put(TENANT, [aUnit('drive', { kind: 'drive' })]);
    expect(await readAll(calls, NOW, ['a', 'b', 'c'])).toEqual({ units: 3, gone: 0, added: 3 });
    const broken = await calls.units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW + 1 });
    await calls.units.putPage(broken, [aUnit('a')]);
    expect(await listed(calls)).toEqual(['a', 'b', 'c', 'drive']);

    expect(await readAll(calls, NOW + 2, ['a', 'c', 'd'])).toEqual({ units: 3, gone: 1, added: 1 });
    expect(await listed(calls)).toEqual(['a', 'c', 'd', 'drive']);
    // The broken one ends late: what a later read saw stays.
    expect(await calls.units.endRead(broken)).toMatchObject({ gone: 0 });
    expect(await listed(calls)).toEqual(['a', 'c', 'd', 'drive']);
  });

  it('keeps what is known of units that are gone, and brings it back with them', async () => {
    const calls = callsInMemory();
    await readAll(calls, NOW, ['a', 'b']);
    await calls.knowledge.apply({ tenantId: TENANT, answers: [headAnswer(NOW, { a: NOW - HOUR })], now: NOW });
    await readAll(calls, NOW + 1, ['b']);
    expect(await listed(calls)).toEqual(['b']);
    expect(await calls.units.get({ tenantId: TENANT, unitId: 'a', now: NOW })).toMatchObject({
      id: 'a',
      newest: { point: { at: NOW - HOUR } },
    });
    await readAll(calls, NOW + 2, ['a', 'b']);
    const { rows } = await calls.units.list({ tenantId: TENANT, filter: {}, sort: byName, window, now: NOW });
    expect(rows[0]).toMatchObject({ id: 'a', newest: { is: 'shown', point: { at: NOW - HOUR } } });
  });

  it('proves nothing of a unit that was asked about while it was gone', async () => {
    const calls = callsInMemory();
    await readAll(calls, NOW, ['a', 'b']);
    const before = { tenantId: TENANT, unitIds: ['a', 'b'], incidentAt: NOW - 4 * HOUR, now: NOW + DAY };
    const verdicts = async () => (await calls.knowledge.newestBefore(before)).map(({ any }) => any.is);
    await calls.knowledge.apply({
      tenantId: TENANT,
      answers: [headAnswer(NOW, { a: NOW - 5 * HOUR, b: NOW - 5 * HOUR })],
      now: NOW,
    });
    await readAll(calls, NOW + 1, []);
    // `a` is gone, and the service says that it has no points; `b` is not asked about meanwhile.
    await calls.knowledge.apply({
      tenantId: TENANT,
      answers: [headAnswer(NOW + 2 * HOUR, { a: undefined })],
      now: NOW + 2 * HOUR,
    });
    expect(await verdicts()).toEqual(['none', 'exact']);
    await readAll(calls, NOW + 3 * HOUR, ['a', 'b']);
    expect(await verdicts()).toEqual(['notAsked', 'exact']);
  });

  it('takes the points of a unit that is offboarded for expired, until the service shows one again', async () => {
    const calls = callsInMemory();
    await readAll(calls, NOW, ['a']);
    const shown = headAnswer(NOW, { a: NOW - 5 * HOUR });
    await calls.knowledge.apply({ tenantId: TENANT, answers: [shown], now: NOW });
    const page = async (at: number, status: string) => {
      const read = await calls.units.beginRead({ tenantId: TENANT, kind: 'site', at });
      await calls.units.putPage(read, [aUnit('a', { status })]);
      await calls.units.endRead(read);
    };
    const known = async (now: number) => {
      const [verdict] = await calls.knowledge.newestBefore({
        tenantId: TENANT,
        unitIds: ['a'],
        incidentAt: NOW - 4 * HOUR,
        now,
      });
      const { rows } = await calls.units.list({ tenantId: TENANT, filter: {}, sort: byName, window, now });
      return [verdict?.any.is, rows[0]?.newest.is];
    };
    await page(NOW + 60, 'offboardRequested');
    expect(await known(NOW + 61)).toEqual(['exact', 'shown']);
    await page(NOW + 120, 'offboarded');
    expect(await known(NOW + 121)).toEqual(['notAsked', 'notAsked']);
    const again = { ...shown, askedAt: NOW + 2 * HOUR };
    await calls.knowledge.apply({ tenantId: TENANT, answers: [again], now: NOW + 2 * HOUR });
    // Read as offboarded again: that is no change.
    await page(NOW + 2 * HOUR, 'offboarded');
    expect(await known(NOW + 2 * HOUR)).toEqual(['exact', 'shown']);
  });

  it('keeps points no longer than the policy does under which a unit has come', async () => {
    const calls = callsInMemory();
    const policy = (id: string, period: string) => ({
      id,
      name: id,
      status: 'active',
      retention: [{ interval: 'R/PT10M', period }],
    });
    await calls.policies.replaceAll(TENANT, [policy('year', 'P1Y'), policy('fortnight', 'P2W'), policy('odd', 'long')]);
    const page = async (policyId?: string) => {
      const read = await calls.units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW });
      await calls.units.putPage(read, [aUnit('a', policyId === undefined ? {} : { policyId })]);
      await calls.units.endRead(read);
    };
    const expiry = async () => {
      const { newest } = await calls.units.get({ tenantId: TENANT, unitId: 'a', now: NOW });
      return 'point' in newest ? newest.point.expiresAt - newest.point.at : undefined;
    };
    await page('year');
    await calls.knowledge.apply({ tenantId: TENANT, answers: [headAnswer(NOW, { a: NOW - HOUR })], now: NOW });
    // Taken out of its policy, and under ones of which nothing can be told: what the service said last stands.
    for (const policyId of [undefined, 'unread', 'odd', 'year']) {
      await page(policyId);
      expect(await expiry()).toBe(365 * DAY);
    }
    await page('fortnight');
    expect(await expiry()).toBe(14 * DAY);
    // A longer retention is believed once the service shows a point with it.
    await page('year');
    expect(await expiry()).toBe(14 * DAY);
  });

  it('lowers the summary that lists are sorted by with the points', async () => {
    const calls = callsInMemory();
    await calls.policies.replaceAll(TENANT, [
      { id: 'day', name: 'Day', status: 'active', retention: [{ interval: 'R/PT10M', period: 'P1D' }] },
    ]);
    await readAll(calls, NOW, ['a']);
    await calls.knowledge.apply({ tenantId: TENANT, answers: [headAnswer(NOW, { a: NOW - 2 * DAY })], now: NOW });
    expect((await calls.tenants.overview({ tenantId: TENANT, now: NOW })).counts.notAsked).toBe(0);
    const read = await calls.units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW });
    await calls.units.putPage(read, [aUnit('a', { policyId: 'day' })]);
    await calls.units.endRead(read);
    expect((await calls.tenants.overview({ tenantId: TENANT, now: NOW })).counts.notAsked).toBe(1);
  });

  it('refuses a unit of another kind', async () => {
    const { units } = callsInMemory();
    const read = await units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW });
    await expect(units.putPage(read, [aUnit('x', { kind: 'drive' })])).rejects.toThrow(/another kind/);
  });

  it('counts units put under protection within a day, for the time that points may be late', async () => {
    const { units, knowledge } = callsInMemory();
    const read = await units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW });
    await units.putPage(read, [
      aUnit('a', { protectedSinceAt: NOW - HOUR }),
      aUnit('b', { protectedSinceAt: NOW - 2 * DAY }),
      aUnit('c', { protectedSinceAt: NOW - 60 }),
    ]);
    await units.endRead(read);
    expect((await knowledge.traits(TENANT)).unitsLatelyAdded).toBe(2);
  });
});

describe('names', () => {
  it('are remembered where Graph has forgotten them, also for the same owner under a new id', async () => {
    const { units } = callsInMemory();
    const nameless = ({ id, kind, ownerKey, status, sources }: ReturnType<typeof aUnit>) => ({
      id,
      kind,
      ownerKey,
      status,
      sources,
    });
    await units.put(TENANT, [aUnit('a', { name: 'Åsa Berg', address: 'asa@contoso.example', ownerKey: 'owner-1' })]);
    await units.put(TENANT, [
      nameless(aUnit('a', { ownerKey: 'owner-1' })),
      nameless(aUnit('a2', { ownerKey: 'owner-1' })),
      nameless(aUnit('b')),
    ]);
    expect((await units.byIds(TENANT, ['a', 'a2', 'b'])).map(unit => [unit.name, unit.address])).toEqual([
      ['Åsa Berg', 'asa@contoso.example'],
      ['Åsa Berg', 'asa@contoso.example'],
      ['b', undefined],
    ]);
  });

  it('of one tenant are not remembered for another', async () => {
    const { units } = callsInMemory();
    const { id, kind, ownerKey, status, sources } = aUnit('a');
    await units.put(TENANT, [aUnit('a', { name: 'Secret project' })]);
    await units.put(OTHER_TENANT, [{ id, kind, ownerKey, status, sources }]);
    expect((await units.byIds(OTHER_TENANT, ['a']))[0]?.name).toBe('a');
  });
});

describe('the list', () => {
  const filled = async (): Promise<Calls> => {
    const calls = callsInMemory();
    await calls.policies.replaceAll(TENANT, [
      { id: 'p1', kind: 'site', name: 'Gold', status: 'active', retention: [{ interval: 'R/PT10M', period: 'P2W' }] },
    ]);
    await calls.units.put(TENANT, [
      aUnit('1', { name: 'Zoë', address: 'https://contoso.example/zoe', policyId: 'p1' }),
      aUnit('2', { name: 'älg', kind: 'drive' }),
      aUnit('3', { name: 'Bert 100%_sure', kind: 'mailbox', error: { code: 'e', message: 'm' } }),
      aUnit('4', { name: 'Carl', status: 'unprotected' }),
    ]);
    await calls.units.put(OTHER_TENANT, [aUnit('5', { name: 'Foreign' })]);
    await calls.knowledge.apply({
      tenantId: TENANT,
      answers: [headAnswer(NOW, { 1: NOW - HOUR, 2: NOW - 2 * HOUR, 3: undefined })],
      now: NOW,
    });
    return calls;
  };

  it('filters by text without case and accents, in names and addresses', async () => {
    const calls = await filled();
    expect(await listed(calls, { text: 'ZOE' })).toEqual(['1']);
    expect(await listed(calls, { text: 'alg' })).toEqual(['2']);
    expect(await listed(calls, { text: 'contoso.example/z' })).toEqual(['1']);
    // What is typed is text, no pattern.
    expect(await listed(calls, { text: '0%_s' })).toEqual(['3']);
    expect(await listed(calls, { text: '%' })).toEqual(['3']);
    expect(await listed(calls, { text: '  ' })).toHaveLength(4);
    expect(await listed(calls, { text: 'foreign' })).toEqual([]);
  });

  it('filters by kind and tile, together', async () => {
    const calls = await filled();
    expect(await listed(calls, { kinds: ['drive', 'mailbox'] })).toEqual(['2', '3']);
    expect(await listed(calls, { tile: 'protected' })).toEqual(['2', '3', '1']);
    expect(await listed(calls, { tile: 'inError' })).toEqual(['3']);
    expect(await listed(calls, { tile: 'withoutPoint' })).toEqual(['3']);
    expect(await listed(calls, { tile: 'notAsked' })).toEqual(['4']);
    expect(await listed(calls, { tile: 'protected', kinds: ['site'] })).toEqual(['1']);
  });

  it.each<[UnitSort['by'], boolean, string[]]>([
    ['name', false, ['2', '3', '4', '1']],
    ['name', true, ['1', '4', '3', '2']],
    ['worst', false, ['3', '4', '2', '1']],
    ['kind', false, ['4', '1', '2', '3']],
    ['newest', true, ['1', '2', '3', '4']],
    ['policy', true, ['1', '2', '3', '4']],
    ['status', true, ['4', '2', '3', '1']],
  ])('sorts by %s (descending: %s)', async (by, descending, expected) => {
    expect(await listed(await filled(), {}, { by, descending })).toEqual(expected);
  });

  it('comes in windows that neither overlap nor leave anything out', async () => {
    const calls = await filled();
    const { total, offset } = await calls.units.list({
      tenantId: TENANT,
      filter: {},
      sort: byName,
      window: { offset: 2, limit: 1 },
      now: NOW,
    });
    expect([total, offset]).toEqual([4, 2]);
    const parts = await Promise.all(
      [0, 1, 2, 3].map(at => listed(calls, {}, { by: 'worst', descending: false }, { offset: at, limit: 1 })),
    );
    expect(parts.flat()).toEqual(['3', '4', '2', '1']);
  });

  it('tells each row as the contract does', async () => {
    const calls = await filled();
    const { rows } = await calls.units.list({ tenantId: TENANT, filter: {}, sort: byName, window, now: NOW });
    expect(rows).toEqual([
      {
        id: '2',
        kind: 'drive',
        name: 'älg',
        status: 'protected',
        selected: false,
        newest: { is: 'shown', askedAt: NOW, point: expect.objectContaining({ at: NOW - 2 * HOUR }) },
        newestFast: { is: 'notAsked' },
      },
      {
        id: '3',
        kind: 'mailbox',
        name: 'Bert 100%_sure',
        status: 'protected',
        selected: false,
        error: { code: 'e', message: 'm' },
        newest: { is: 'noneShown', askedAt: NOW, fresh: true },
      },
      {
        id: '4',
        kind: 'site',
        name: 'Carl',
        status: 'unprotected',
        selected: false,
        newest: { is: 'notAsked' },
        newestFast: { is: 'notAsked' },
      },
      {
        id: '1',
        kind: 'site',
        name: 'Zoë',
        status: 'protected',
        selected: false,
        address: 'https://contoso.example/zoe',
        policyName: 'Gold',
        newest: {
          is: 'shown',
          askedAt: NOW,
          point: { id: `1@${NOW - HOUR}`, at: NOW - HOUR, expiresAt: NOW - HOUR + 365 * DAY, fast: false },
        },
        newestFast: { is: 'notAsked' },
      },
    ]);
  });

  it('lets a head decay by itself', async () => {
    const calls = await filled();
    const { rows } = await calls.units.list({ tenantId: TENANT, filter: {}, sort: byName, window, now: NOW + HOUR });
    expect(rows.map(row => row.newest)).toMatchObject([
      { is: 'orNewer', askedAt: NOW },
      { is: 'noneShown', fresh: false },
      { is: 'notAsked' },
      { is: 'orNewer' },
    ]);
  });

  it('gives ids that match, page by page', async () => {
    const { units } = await filled();
    const first = await units.idsMatching({ tenantId: TENANT, filter: { tile: 'protected' }, now: NOW, limit: 2 });
    expect(first).toEqual(['1', '2']);
    expect(
      await units.idsMatching({ tenantId: TENANT, filter: { tile: 'protected' }, now: NOW, limit: 2, after: '2' }),
    ).toEqual(['3']);
  });
});

describe('one unit', () => {
  it('is told in detail, with its policy’s retention and its last restore', async () => {
    const { units, policies, sessions } = callsInMemory();
    const retention = [{ interval: 'R/PT10M', period: 'P2W' }];
    await policies.replaceAll(TENANT, [{ id: 'p1', name: 'Gold', status: 'active', retention }]);
    await units.put(TENANT, [
      aUnit('a', { policyId: 'p1', protectedSinceAt: NOW - DAY, sources: ['manual', 'dynamicRule'] }),
    ]);
    await sessions.put(TENANT, [{ id: 's1', status: 'completed', askedAt: NOW }]);
    const artifact = { id: 'f1', unitId: 'a', name: 'A', status: 'succeeded', pointAt: NOW - HOUR, endedAt: NOW - 60 };
    await sessions.putArtifacts(TENANT, 's1', [artifact], { complete: true });
    expect(await units.get({ tenantId: TENANT, unitId: 'a', now: NOW })).toMatchObject({
      policyName: 'Gold',
      retention,
      sources: ['manual', 'dynamicRule'],
      protectedSinceAt: NOW - DAY,
      lastRestore: { sessionId: 's1', status: 'succeeded', pointAt: NOW - HOUR, endedAt: NOW - 60 },
    });
  });

  it('is not found in another tenant', async () => {
    const { units } = callsInMemory();
    await units.put(TENANT, [aUnit('a')]);
    await expect(units.get({ tenantId: OTHER_TENANT, unitId: 'a', now: NOW })).rejects.toEqual(
      failsWith('UNIT_NOT_FOUND', { unitId: 'a' }),
    );
    expect(await units.byIds(OTHER_TENANT, ['a'])).toEqual([]);
  });

  it('knows the ids that its owner had before', async () => {
    const { units } = callsInMemory();
    const ownerKey = 'owner';
    await units.put(TENANT, [
      aUnit('old', { kind: 'drive', ownerKey }),
      aUnit('mail', { kind: 'mailbox', ownerKey }),
      aUnit('new', { kind: 'drive', ownerKey }),
    ]);
    expect(await units.underAllIds(TENANT, ['mail', 'nobody', 'new'])).toEqual([
      { unitId: 'mail', kind: 'mailbox', allIds: ['mail'] },
      { unitId: 'new', kind: 'drive', allIds: ['new', 'old'] },
    ]);
    expect(await units.underAllIds(OTHER_TENANT, ['new'])).toEqual([]);
  });
});
