import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import type { GapFilter, GapRow } from '../../shared/contract/gaps.ts';
import { DAY, HOUR } from '../../shared/domain/time.ts';
import { toAppError } from '../failures.ts';
import { silentLog } from '../sync/testing/sync-on-emulator.ts';
import type { EmulatorProcess } from '../testing/emulator-process.ts';
import { policiesOnEmulator, type PoliciesOnEmulator, startCustomers } from '../testing/policies-on-emulator.ts';
import { GapsService } from './gaps-service.ts';

let emulator: EmulatorProcess;
let world: PoliciesOnEmulator;
let gaps: GapsService;
let isOnline = true;
let onEvent: (event: ConsoleEvent) => void = () => {};
let customer = 0;
beforeAll(async () => {
  emulator = await startCustomers(14);
});
afterAll(async () => {
  await emulator.stop();
});
beforeEach(async () => {
  world = await policiesOnEmulator(emulator, customer);
  customer += 1;
  isOnline = true;
  onEvent = () => {};
  const { catalog, graph, clocks } = world.opened;
  gaps = new GapsService({
    catalog,
    graph,
    policies: world.policies,
    isOnline: () => isOnline,
    isSignedIn: () => true,
    now: tenantId => clocks.now(tenantId),
    learn: (tenantId, answer) => clocks.learn(tenantId, answer),
    toAppError: (error, tenantId) => toAppError(error, { tenantId }),
    emit: event => {
      gaps.note(event);
      world.events.push(event);
      onEvent(event);
    },
    log: silentLog,
  });
});
afterEach(async () => {
  await gaps.stop();
  await world.close();
});

const put = async (collection: string, ...value: object[]): Promise<void> => {
  await emulator.control('POST', `/tenants/${world.tenantId}/entities`, { collection, value });
};
const listed = async (filter: GapFilter = {}): Promise<GapRow[]> =>
  (await gaps.list(world.tenantId, filter, { by: 'worst', descending: false }, { offset: 0, limit: 200 })).rows;
const names = async (filter: GapFilter = {}): Promise<string[]> => (await listed(filter)).map(({ name }) => name);
const whole = async (pieces: AsyncIterable<{ fileName: string; text: string }>) => {
  let text = '';
  let fileName = '';
  for await (const piece of pieces) {
    text += piece.text;
    fileName = piece.fileName;
  }
  return { text, fileName };
};
const sync = async (): Promise<void> => {
  await world.opened.sync.syncTenant(world.tenantId, { evenIfFresh: true });
  gaps.note({ type: 'unitsChanged', tenantId: world.tenantId });
  gaps.note({ type: 'pointsChanged', tenantId: world.tenantId });
};
const mailbox = (facts: object) => ({ id: randomUUID(), status: 'protected', history: 'none', ...facts });

describe('the directory', () => {
  test('read in pages, it tells whom no policy protects, and sets apart who may be meant not to be', async () => {
    await emulator.control('PATCH', `/tenants/${world.tenantId}`, { pageSize: 3 });
    const before = await gaps.summary(world.tenantId);
    expect(before).toMatchObject({ total: before.total - before.counts.unprotected, parts: { users: { count: 0 } } });
    expect(before.counts.unprotected).toBe(0);
    await put(
      'users',
      {
        id: randomUUID(),
        displayName: 'Zoe Exchange',
        mail: 'zoe@x.example',
        assignedPlans: [{ service: 'exchange' }],
      },
      {
        id: randomUUID(),
        displayName: 'Yann Shared',
        mail: 'yann@x.example',
        accountEnabled: false,
        assignedPlans: [],
      },
    );
    await put('sites', {
      id: `my.example,${randomUUID()},${randomUUID()}`,
      displayName: 'Zoe’s own',
      webUrl: 'https://x-my.example/personal/zoe',
      isPersonalSite: true,
    });
    const summary = await gaps.read(world.tenantId);
    // Beyond the units there are 12 people, of whom the world leaves out an unlicensed, a guest and a blocked one, and six sites.
    expect(summary.unprotected.users).toBeGreaterThanOrEqual(10);
    expect(summary.unprotected.sites).toBeGreaterThanOrEqual(6);
    expect(summary.leftOut).toEqual({
      guest: 1,
      blocked: 2,
      unlicensed: 1,
      personalSite: 1,
      systemSite: 0,
      partOfProtectedSite: 0,
    });
    expect(summary.parts).toMatchObject({
      users: { readAt: expect.any(Number) },
      sites: { readAt: expect.any(Number) },
    });
    expect(summary.parts.users.error).toBeUndefined();
    const [zoe] = await listed({ text: 'zoe exchange' });
    expect(zoe).toMatchObject({ sort: 'unprotected', kinds: ['mailbox'], missing: [{ why: 'neverAdded' }] });
    expect(await names({ text: 'yann' })).toEqual([]);
    expect(await listed({ text: 'yann', sort: 'leftOut' })).toMatchObject([
      { because: 'blocked', kinds: ['drive', 'mailbox'] },
    ]);
    const progress = world.events.filter(({ type }) => type === 'gapsReading');
    expect(progress.length).toBeGreaterThan(6);
    expect(progress.at(-1)).toMatchObject({ ended: true, users: summary.parts.users.count });
    await gaps.settled();
    expect((await world.opened.catalog.tenants.atHome([]))[0]?.unprotected).toMatchObject({
      users: summary.unprotected.users,
      sites: summary.unprotected.sites,
    });
  });

  test('none that a policy holds is listed, and each that is in none is', async () => {
    await gaps.read(world.tenantId);
    const { people } = await emulator.control<{ people: { id: string }[] }>(
      'GET',
      `/directory?tenantId=${world.tenantId}`,
    );
    const { catalog } = world.opened;
    const rows = [...(await listed({ sort: 'unprotected' })), ...(await listed({ sort: 'leftOut' }))];
    for (const { id } of people) {
      const units = (
        await Promise.all(
          (['drive', 'mailbox'] as const).map(async kind => catalog.units.byOwners(world.tenantId, kind, [id])),
        )
      ).flat();
      const held = units.filter(({ policyId, status }) => policyId !== undefined && status !== 'removeRequested');
      const row = rows.find(each => each.id.endsWith(` user ${id}`));
      if (held.length === 2) expect(row).toBeUndefined();
      else expect(row).toBeDefined();
    }
  });

  test('without consent for users the sites are read all the same; what is not read says why, and what was known stays', async () => {
    await gaps.read(world.tenantId);
    const known = (await gaps.summary(world.tenantId)).unprotected;
    await emulator.control('POST', '/faults', {
      match: { method: 'GET', route: '/users', tenantId: world.tenantId },
      effect: 'status',
      status: 403,
      code: 'Authorization_RequestDenied',
      times: 1,
    });
    await world.advance(HOUR);
    const summary = await gaps.read(world.tenantId);
    expect(summary.parts.users.error).toMatchObject({ code: 'GRAPH_REFUSED' });
    expect(summary.parts.sites.error).toBeUndefined();
    expect(summary.parts.sites.readAt).toBeGreaterThan(summary.parts.users.readAt ?? Infinity);
    expect(summary.unprotected).toEqual(known);
    const { text } = await whole(gaps.export({ tenantId: world.tenantId, format: 'html' }));
    expect(text).toContain('Not read anew for this report: the service refused: Authorization_RequestDenied');
    // Mended, it says so no more.
    expect((await gaps.read(world.tenantId)).parts.users.error).toBeUndefined();
  });

  test('a reading that is ended takes nobody away', async () => {
    await gaps.read(world.tenantId);
    const { total } = await gaps.summary(world.tenantId);
    const stop = new AbortController();
    stop.abort();
    await expect(gaps.read(world.tenantId, stop.signal)).rejects.toMatchObject({ error: { code: 'ABORTED' } });
    expect((await gaps.summary(world.tenantId)).total).toBe(total);
    expect((await gaps.summary(world.tenantId)).isReading).toBe(false);
  });

  test('of thousands it tells how far it is, and can be ended; then nothing was read whole, and nothing is lost', async () => {
    await put(
      'users',
      ...Array.from({ length: 2_500 }, (_, at) => ({
        id: randomUUID(),
        displayName: `Person ${at}`,
        mail: `person.${at}@x.example`,
      })),
    );
    onEvent = event => {
      if (event.type === 'gapsReading' && event.users > 0) gaps.stopReading(world.tenantId);
    };
    await expect(gaps.read(world.tenantId)).rejects.toMatchObject({ error: { code: 'ABORTED' } });
    onEvent = () => {};
    const stopped = await gaps.summary(world.tenantId);
    expect(stopped).toMatchObject({ isReading: false, parts: { users: { count: 0 } } });
    expect(stopped.parts.users.readAt).toBeUndefined();
    const whole = await gaps.read(world.tenantId);
    expect(whole.unprotected.users).toBeGreaterThanOrEqual(2_500);
    const last = { offset: whole.counts.unprotected - 1, limit: 200 };
    const { rows, total } = await gaps.list(
      world.tenantId,
      { sort: 'unprotected' },
      { by: 'name', descending: false },
      last,
    );
    expect(total).toBe(whole.counts.unprotected);
    expect(rows).toHaveLength(1);
  });

  test('offline nothing is asked, and all that is known stays readable', async () => {
    await gaps.read(world.tenantId);
    const known = await names();
    isOnline = false;
    await expect(gaps.read(world.tenantId)).rejects.toMatchObject({ error: { code: 'OFFLINE' } });
    expect(await names()).toEqual(known);
  });
});

describe('units', () => {
  test('late, without a point and in error, by the rule and with the counts of the list of all tenants', async () => {
    const policyId = await world.policyOf('mailbox');
    const now = world.opened.clocks.now(world.tenantId);
    const iso = (at: number) => new Date(at * 1000).toISOString();
    const late = mailbox({ displayName: 'Late Larsson', directoryObjectId: randomUUID(), policyId });
    const bare = mailbox({
      displayName: 'Bare Berg',
      directoryObjectId: randomUUID(),
      policyId,
      createdDateTime: iso(now - DAY),
    });
    const broken = mailbox({
      displayName: 'Broken Borg',
      directoryObjectId: randomUUID(),
      policyId,
      status: 'unprotected',
      error: { code: 'QuotaExceeded', message: 'You have exceeded the backup quota.' },
    });
    await put('mailboxProtectionUnits', late, bare, broken);
    await put('restorePoints', {
      id: randomUUID(),
      protectionUnitId: late.id,
      protectionDateTime: iso(now - 5 * HOUR),
    });
    await sync();
    expect(await listed({ text: 'larsson' })).toMatchObject([
      {
        sort: 'late',
        kinds: ['mailbox'],
        unitId: late.id,
        policy: { id: policyId },
        newest: { point: { at: now - 5 * HOUR } },
      },
    ]);
    expect(await listed({ text: 'bare berg' })).toMatchObject([{ sort: 'withoutPoint', newest: { is: 'noneShown' } }]);
    expect(await listed({ text: 'borg' })).toMatchObject([{ sort: 'inError', error: { code: 'QuotaExceeded' } }]);
    const { counts } = await gaps.summary(world.tenantId);
    const { clocks, catalog } = world.opened;
    const [home] = await catalog.tenants.atHome([{ tenantId: world.tenantId, now: clocks.now(world.tenantId) }]);
    const sum = (of: (kind: NonNullable<typeof home>['kinds'][number]) => number): number =>
      (home?.kinds ?? []).reduce((all, kind) => all + of(kind), 0);
    expect(counts).toMatchObject({
      late: sum(kind => kind.late.units),
      withoutPoint: sum(kind => kind.withoutPoint.units),
      inError: sum(kind => kind.inError),
    });
  });
});

describe('mending', () => {
  test('five selected people come into a policy by one change, and leave the list', async () => {
    await gaps.read(world.tenantId);
    const policyId = await world.policyOf('mailbox');
    const five = (await listed({ sort: 'unprotected', kind: 'mailbox' }))
      .filter(row => row.sort === 'unprotected' && row.missing.every(({ why }) => why === 'neverAdded'))
      .slice(0, 5);
    const { id } = gaps.openSelection(world.tenantId);
    const selection = await gaps.changeSelection(id, { type: 'add', gapIds: five.map(row => row.id) });
    expect(selection).toMatchObject({ count: 5, owners: { mailbox: 5, drive: 5, site: 0 } });
    const { ownerListId } = await gaps.toOwnerList(id);
    const { sent } = await world.carryOut({
      type: 'addUnits',
      policyId,
      units: { type: 'ownerList', ownerListId },
    });
    expect(sent.counts).toMatchObject({ accepted: 5, refused: 0 });
    gaps.note({ type: 'unitsChanged', tenantId: world.tenantId });
    const left = await listed({ sort: 'unprotected', kind: 'mailbox' });
    for (const row of five) expect(left.map(each => each.id)).not.toContain(row.id);
    // Their OneDrives are still in no policy.
    expect(await gaps.selection(id)).toMatchObject({ count: 5, owners: { mailbox: 0, drive: 5 } });
    await gaps.settled();
  });

  test('all of a filter are selected at once, and lists of owners are their tenant’s alone', async () => {
    await gaps.read(world.tenantId);
    const { id } = gaps.openSelection(world.tenantId);
    const { counts } = await gaps.summary(world.tenantId);
    const all = await gaps.changeSelection(id, { type: 'addMatching', filter: { sort: 'unprotected' } });
    expect(all.count).toBe(counts.unprotected);
    const sites = await gaps.changeSelection(id, { type: 'removeMatching', filter: { kind: 'site' } });
    expect(sites.owners.site).toBe(0);
    const { ownerListId } = await gaps.toOwnerList(id);
    expect(() => world.policies.ownerLists.ownersOf(ownerListId, randomUUID(), 'site')).toThrow('OWNER_LIST_NOT_FOUND');
    await expect(gaps.selection(randomUUID())).rejects.toMatchObject({ error: { code: 'SELECTION_NOT_FOUND' } });
  });

  test('a rule and a job that failed are gaps of their policy; old jobs are not', async () => {
    const policyId = await world.policyOf('mailbox');
    const path = `exchangeProtectionPolicies/${policyId}`;
    const iso = (at: number) => new Date(at * 1000).toISOString();
    const now = world.opened.clocks.now(world.tenantId);
    await put(`${path}/mailboxInclusionRules`, {
      id: randomUUID(),
      mailboxExpression: `(memberOf -any (group.id -in ['${randomUUID()}']))`,
      isAutoApplyEnabled: false,
      status: 'completedWithErrors',
      error: { code: 'invalidGroupId', message: 'The group was not found.' },
    });
    await put(`${path}/mailboxProtectionUnitsBulkAdditionJobs`, {
      id: randomUUID(),
      displayName: 'November list',
      status: 'completedWithErrors',
      createdDateTime: iso(now - DAY),
    });
    await put(`${path}/mailboxProtectionUnitsBulkAdditionJobs`, {
      id: randomUUID(),
      displayName: 'January list',
      status: 'completedWithErrors',
      createdDateTime: iso(now - 40 * DAY),
    });
    const { counts, parts } = await gaps.read(world.tenantId);
    expect(parts.additions.error).toBeUndefined();
    expect(counts).toMatchObject({ rule: 1, job: 1 });
    const [rule] = await listed({ sort: 'rule' });
    expect(rule).toMatchObject({ type: 'static', error: { code: 'invalidGroupId' }, policy: { id: policyId } });
    const { id } = gaps.openSelection(world.tenantId);
    expect(await gaps.changeSelection(id, { type: 'add', gapIds: [rule?.id ?? ''] })).toMatchObject({
      policyId,
      rule: { policyId, type: 'static' },
    });
    expect(await names({ sort: 'job' })).toEqual(['November list']);
  });
});

describe('what is handed over', () => {
  test('a CSV that a spreadsheet runs nothing of, and a report that names what it was told from', async () => {
    await put('users', {
      id: randomUUID(),
      displayName: '=HYPERLINK("http://evil.example","Ada")',
      mail: 'ada@x.example',
    });
    await put('sites', {
      id: `x.example,${randomUUID()},${randomUUID()}`,
      displayName: '<script>alert(1)</script>',
      webUrl: 'https://x.example/sites/evil',
    });
    await gaps.read(world.tenantId);
    const csv = await whole(
      gaps.export({
        tenantId: world.tenantId,
        format: 'csv',
        filter: { sort: 'unprotected' },
        order: { by: 'name', descending: false },
      }),
    );
    expect(csv.fileName).toMatch(/^protection-gaps-.*\.csv$/);
    expect(csv.text).toMatch(/^\uFEFFtenant,/);
    expect(csv.text).toContain(`"'=HYPERLINK(""http://evil.example"",""Ada"")"`);
    const { counts } = await gaps.summary(world.tenantId);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(counts.unprotected + 1);
    const { text, fileName } = await whole(gaps.export({ tenantId: world.tenantId, format: 'html' }));
    expect(fileName).toMatch(/\.html$/);
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('Not protected by any policy');
    expect(text).toContain('Users of the directory');
    expect(text.trimEnd().endsWith('</html>')).toBe(true);
  });

  test('before anything was read the report says so, and does not speak of safety', async () => {
    const { text } = await whole(gaps.export({ tenantId: world.tenantId, format: 'html' }));
    expect(
      text.match(/Gaps of this part are not in this report|gaps of this part are not in this report/gi),
    ).toHaveLength(3);
    expect(text).toContain('what no policy protects is not wholly known');
  });
});

test('a tenant that is forgotten leaves nothing of its directory', async () => {
  await gaps.read(world.tenantId);
  await gaps.endTenant(world.tenantId);
  const { catalog } = world.opened;
  const before = await catalog.tenants.get(world.tenantId);
  await catalog.tenants.forget(world.tenantId);
  await catalog.tenants.add({ ...before });
  expect(await catalog.gaps.reads(world.tenantId)).toEqual({});
  expect((await catalog.gaps.listJudged({ tenantId: world.tenantId })).members).toEqual([]);
  expect((await gaps.summary(world.tenantId)).total).toBe(0);
});
