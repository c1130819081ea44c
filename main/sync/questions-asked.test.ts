import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import {
  LIST,
  SEARCH,
  syncOnEmulator,
  type SyncOnEmulator,
  type SyncOnEmulatorOptions,
} from './testing/sync-on-emulator.ts';

/** How many questions are asked of the service, as it counts them itself: a tenant of 200 units, and time that stands still. */
let emulator: EmulatorProcess;
let running: SyncOnEmulator[] = [];

beforeAll(async () => {
  emulator = await startEmulatorProcess(
    '--seed',
    '7',
    '--tenants',
    '1',
    '--units',
    '200',
    '--now',
    '2026-03-06T12:00:00Z',
  );
  await emulator.control('POST', '/clock', { freeze: true });
});
afterAll(async () => emulator.stop());
afterEach(async () => {
  for (const one of running) await one.close();
  running = [];
  await emulator.control('PATCH', `/tenants/${emulator.tenant.id}`, { searchCap: 'per-unit' });
});

async function open(options?: SyncOnEmulatorOptions): Promise<SyncOnEmulator> {
  const opened = await syncOnEmulator(emulator, options);
  running.push(opened);
  return opened;
}

describe('a first sync', () => {
  test('asks the heads of 200 units in 10 questions and one round trip beside the reading of the tenant', async () => {
    const { sync, counting, tenantId } = await open();
    const { value, counted, of } = await counting(async () => sync.syncTenant(tenantId, { evenIfFresh: false }));
    expect(value).toEqual({ units: 200, questions: 10 });
    expect(of(SEARCH)).toBe(10);
    expect(of(LIST)).toBe(0);
    expect(of('/$batch')).toBe(1);
    // Everything else is reading: each its own round trip.
    expect(counted.http).toBe(1 + counted.questions - 10);
  });

  test('knows every head afterwards', async () => {
    const { sync, catalog, tenantId, clocks, unitIds } = await open();
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const heads = await catalog.knowledge.heads({ tenantId, unitIds: await unitIds(), now: clocks.now(tenantId) });
    expect(heads).toHaveLength(200);
    expect(new Set(heads.map(({ any }) => any.is))).toEqual(new Set(['shown', 'noneShown']));
  });
});

describe('a second sync', () => {
  test('asks no head again that is younger than a cadence', async () => {
    const { sync, counting, tenantId } = await open();
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const { value, of } = await counting(async () => sync.syncTenant(tenantId, { evenIfFresh: false }));
    expect(value).toEqual({ units: 200, questions: 0 });
    expect(of(SEARCH)).toBe(0);
  });

  test('asks only those that are older', async () => {
    const { sync, counting, tenantId, unitIds } = await open();
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    await emulator.control('POST', '/clock', { advanceSeconds: 601 });
    // An answer shows the console how late it is now.
    await sync.readStanding(tenantId);
    const fresh = (await unitIds()).slice(0, 100);
    await sync.ask(tenantId, { type: 'heads', units: { type: 'these', unitIds: fresh }, fast: false });
    const { value } = await counting(async () => sync.syncTenant(tenantId, { evenIfFresh: false }));
    expect(value).toEqual({ units: 200, questions: 5 });
  });

  test('asks all of them where told to, even if fresh', async () => {
    const { sync, counting, tenantId } = await open();
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const { value, of } = await counting(async () => sync.syncTenant(tenantId, { evenIfFresh: true }));
    expect(value).toEqual({ units: 200, questions: 10 });
    expect(of('/$batch')).toBe(1);
  });

  test('is the first where that still runs', async () => {
    const { sync, counting, tenantId } = await open();
    const { value, of } = await counting(async () =>
      Promise.all([1, 2, 3].map(async () => sync.syncTenant(tenantId, { evenIfFresh: false }))),
    );
    expect(value).toEqual([1, 2, 3].map(() => ({ units: 200, questions: 10 })));
    expect(of(SEARCH)).toBe(10);
  });
});

describe('an incident time', () => {
  /** Between two ten-minute points, so that no point lies at it. */
  const incidentAt = Date.parse('2026-03-05T14:04:37Z') / 1000;

  async function withUnits(count: number) {
    const opened = await open();
    await opened.sync.syncTenant(opened.tenantId, { evenIfFresh: false });
    const unitIds = (await opened.unitIds()).slice(0, count);
    const { id: selectionId } = await opened.catalog.selections.open(opened.tenantId);
    await opened.catalog.selections.change(selectionId, { type: 'add', unitIds }, opened.clocks.now(opened.tenantId));
    const wanted = { type: 'before', units: { type: 'selection', selectionId }, incidentAt, fast: false } as const;
    return { ...opened, unitIds, wanted };
  }

  test('for 100 units with nothing known asks 5 questions in one round trip, and none the next time', async () => {
    const { sync, catalog, counting, tenantId, unitIds, wanted, clocks } = await withUnits(100);
    expect(await sync.cost(tenantId, wanted)).toMatchObject({ questions: 5 });
    const first = await counting(async () => sync.ask(tenantId, wanted));
    expect(first.value).toEqual({ questions: 5, unsettled: 0 });
    expect(first.of(SEARCH)).toBe(5);
    expect(first.of('/$batch')).toBe(1);
    const judged = await catalog.knowledge.newestBefore({ tenantId, unitIds, incidentAt, now: clocks.now(tenantId) });
    expect(judged.map(({ any }) => any.is).filter(is => is !== 'exact' && is !== 'none')).toEqual([]);
    expect(judged).toHaveLength(100);
    const again = await counting(async () => sync.ask(tenantId, wanted));
    expect(again.value).toEqual({ questions: 0, unsettled: 0 });
    expect(again.counted.http).toBe(0);
    expect(await sync.cost(tenantId, wanted)).toMatchObject({ units: 0, questions: 0 });
  });

  test('at which a point lies exactly asks one question more', async () => {
    const { sync, catalog, counting, tenantId, unitIds, clocks } = await withUnits(100);
    const at = await aPointBetween(unitIds, '2026-03-04T10:00:00Z', '2026-03-04T10:30:00Z');
    const wanted = { type: 'before', units: { type: 'these', unitIds }, incidentAt: at, fast: false } as const;
    const { of } = await counting(async () => sync.ask(tenantId, wanted));
    expect(of(SEARCH)).toBe(6);
    const judged = await catalog.knowledge.newestBefore({
      tenantId,
      unitIds,
      incidentAt: at,
      now: clocks.now(tenantId),
    });
    expect(judged.map(({ any }) => any.is).filter(is => is !== 'exact' && is !== 'none')).toEqual([]);
    expect(judged).toHaveLength(100);
    for (const { any } of judged) if (any.is === 'exact') expect(any.point.at).toBeLessThan(at);
  });

  test('costs the same by ids, and asked for by two at once it is asked once', async () => {
    const { sync, counting, tenantId, unitIds } = await withUnits(100);
    const before = { unitIds, incidentAt, fast: false };
    expect(await sync.costBefore(tenantId, before)).toMatchObject({ questions: 5 });
    const { of } = await counting(async () =>
      Promise.all([sync.askBefore(tenantId, before), sync.askBefore(tenantId, before)]),
    );
    expect(of(SEARCH)).toBe(5);
  });

  test('is asked again before a start, whatever is known', async () => {
    const { sync, counting, tenantId, unitIds } = await withUnits(100);
    const before = { unitIds, incidentAt, fast: false };
    await sync.askBefore(tenantId, before);
    const { of } = await counting(async () => sync.recheckBefore(tenantId, before));
    expect(of(SEARCH)).toBe(5);
    expect(of('/$batch')).toBe(1);
  });
});

describe('a day of one unit', () => {
  test('takes at most 40 questions in few round trips, and none the next time', async () => {
    const { sync, catalog, counting, tenantId, unitIds, clocks } = await open();
    await sync.syncTenant(tenantId, { evenIfFresh: false });
    const fromAt = Date.parse('2026-03-04T00:00:00Z') / 1000;
    const toAt = Date.parse('2026-03-05T00:00:00Z') / 1000;
    const unitId = await aUnitWithDensePoints(await unitIds());
    const wanted = { type: 'window', unitId, fromAt, toAt } as const;
    const day = await counting(async () => sync.ask(tenantId, wanted));
    expect(day.of(LIST) + day.of(SEARCH)).toBeLessThanOrEqual(40);
    expect(day.counted.http).toBeLessThanOrEqual(4);
    const { spans, points } = await catalog.knowledge.spans({
      tenantId,
      unitId,
      fromAt,
      toAt,
      now: clocks.now(tenantId),
    });
    expect(spans.every(({ state }) => state === 'proven')).toBe(true);
    expect(points.map(({ id }) => id).toSorted()).toEqual(
      (await pointIdsOf(unitId, '2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z')).toSorted(),
    );
    const again = await counting(async () => sync.ask(tenantId, wanted));
    expect(again.counted.http).toBe(0);
  });
});

describe('where a search answers five points in all', () => {
  test('heads of 200 take at most 41 questions, an incident time for 100 at most 21, and nothing is asked twice', async () => {
    await emulator.control('PATCH', `/tenants/${emulator.tenant.id}`, { searchCap: 'five' });
    const { sync, catalog, counting, tenantId, unitIds, clocks } = await open();
    const heads = await counting(async () => sync.syncTenant(tenantId, { evenIfFresh: false }));
    expect(heads.of(SEARCH)).toBeLessThanOrEqual(41);
    const ids = (await unitIds()).slice(0, 100);
    const incidentAt = Date.parse('2026-03-05T14:04:37Z') / 1000;
    const wanted = { type: 'before', units: { type: 'these', unitIds: ids }, incidentAt, fast: false } as const;
    const incident = await counting(async () => sync.ask(tenantId, wanted));
    expect(incident.of(SEARCH)).toBeLessThanOrEqual(21);
    expect(incident.of(LIST)).toBe(0);
    expect(incident.value.unsettled).toBe(0);
    const judged = await catalog.knowledge.newestBefore({
      tenantId,
      unitIds: ids,
      incidentAt,
      now: clocks.now(tenantId),
    });
    expect(judged.map(({ any }) => any.is).filter(is => is !== 'exact' && is !== 'none')).toEqual([]);
    expect(judged).toHaveLength(100);
    const again = await counting(async () => sync.ask(tenantId, wanted));
    expect(again.counted.http).toBe(0);
  });
});

/** The time of a point, in whole seconds, that one of the units has in the period. */
async function aPointBetween(unitIds: readonly string[], from: string, to: string): Promise<number> {
  for (const unitId of unitIds) {
    const { value } = await emulator.control<{ value: { protectionDateTime: string }[] }>(
      'GET',
      `/points?${new URLSearchParams({ tenantId: emulator.tenant.id, unitId, from, to }).toString()}`,
    );
    for (const { protectionDateTime } of value) {
      if (/\.0+Z$/.test(protectionDateTime)) return Date.parse(protectionDateTime) / 1000;
    }
  }
  // No point of the history lies at a whole second: one is put there.
  const [unitId] = unitIds;
  if (unitId === undefined) throw new Error('There is no unit.');
  const at = '2026-03-04T10:17:00.0000000Z';
  await emulator.control('POST', `/tenants/${emulator.tenant.id}/entities`, {
    collection: 'restorePoints',
    value: [{ protectionUnitId: unitId, protectionDateTime: at }],
  });
  return Date.parse(at) / 1000;
}

/** A unit that has a point about every ten minutes on 4 March. */
async function aUnitWithDensePoints(unitIds: readonly string[]): Promise<string> {
  for (const unitId of unitIds) {
    const ids = await pointIdsOf(unitId, '2026-03-04T00:00:00Z', '2026-03-05T00:00:00Z');
    if (ids.length >= 140 && ids.length <= 146) return unitId;
  }
  throw new Error('No unit has such a day.');
}

async function pointIdsOf(unitId: string, from: string, to: string): Promise<string[]> {
  const query = new URLSearchParams({ tenantId: emulator.tenant.id, unitId, from, to });
  const { value } = await emulator.control<{ value: { id: string }[] }>('GET', `/points?${query.toString()}`);
  return value.map(({ id }) => id);
}
