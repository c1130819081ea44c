import { describe, expect, it } from 'vitest';
import type { Plan, PlanUnit } from '../../../shared/contract/plans.ts';
import type { FromWorker } from '../protocol.ts';
import { rowsOf, storeInMemory } from '../testing/memory-files.ts';
import { anAddedTenant, aUnit, OTHER_TENANT, TENANT } from '../testing/units.ts';
import { answering } from './answering.ts';
import { takeAwayAsides } from './plan-filling.ts';
import type { Store } from './store.ts';
import { mirrorTenants, tenantKey } from './store.ts';

const NOW = 1_790_000_000;
const PLAN = '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77';
const UNITS = 6_000;
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `unit-${from + index}`);

const withUnits = (): Store => {
  const store = storeInMemory();
  for (const tenant of [anAddedTenant(), anAddedTenant(OTHER_TENANT, 'Fabrikam')]) store.work.tenants.add(tenant);
  mirrorTenants(store.cache, store.work);
  const tenant = tenantKey(store.cache, TENANT);
  store.cache.db.transaction(() => {
    for (const id of ids(0, UNITS)) store.cache.units.put(tenant, aUnit(id), 1);
  });
  return store;
};

/** The worker's dispatcher with its turns run by hand: what a call is answered, or `undefined` while it is under way. */
function worker(store: Store) {
  const answers = new Map<number, FromWorker>();
  const turns: (() => void)[] = [];
  const calls = answering(
    store,
    message => void ('id' in message && answers.set(message.id, message)),
    turn => void turns.push(turn),
    () => undefined,
  );
  let id = 0;
  return {
    call: (method: string, ...args: unknown[]): number => {
      id += 1;
      calls.call({ id, group: 'plans', method, args });
      return id;
    },
    turn: (): boolean => {
      const turn = turns.shift();
      turn?.();
      return turn !== undefined;
    },
    answer: (call: number): unknown => {
      const message = answers.get(call);
      return message?.type === 'answer' ? message.value : message;
    },
    isAnswered: (call: number): boolean => answers.has(call),
  };
}

type Worker = ReturnType<typeof worker>;
const finish = (line: Worker): void => {
  while (line.turn()) continue;
};
const told = (line: Worker, method: string, ...args: unknown[]): unknown => line.answer(line.call(method, ...args));

const newPlan = (id = PLAN) =>
  ({
    id,
    tenantId: TENANT,
    name: 'Friday',
    createdAt: NOW,
    createdBy: 'ada@msp.example',
    preference: 'newest',
  }) as const;

const withPlan = (unitIds: readonly string[]) => {
  const store = withUnits();
  const line = worker(store);
  line.call('create', newPlan(), { type: 'units', unitIds });
  finish(line);
  return { store, line };
};

const unitsOf = (line: Worker): number => (told(line, 'get', PLAN, NOW) as Plan).units;
const chosen = (unitId: string): PlanUnit => ({
  unitId,
  kind: 'site',
  name: 'kept as it was',
  newest: { is: 'none' },
  chosenBy: 'hand',
  refused: { code: 'unitBusy', message: 'Another session has it.' },
});
const statusOf = (line: Worker, unitId: string): unknown =>
  (told(line, 'units', PLAN, [unitId]) as PlanUnit[])[0]?.newest.is;

describe('a plan of many units', () => {
  it('is made in slices, and seen by nobody until it is whole', () => {
    const line = worker(withUnits());
    const create = line.call('create', newPlan(), { type: 'units', unitIds: ids(0, UNITS) });
    expect(line.isAnswered(create)).toBe(false);
    expect(told(line, 'get', PLAN, NOW)).toMatchObject({ error: { code: 'PLAN_NOT_FOUND' } });
    expect(told(line, 'list', { now: NOW })).toEqual([]);
    finish(line);
    expect(line.answer(create)).toMatchObject({ id: PLAN, status: 'draft', units: UNITS });
    expect(unitsOf(line)).toBe(UNITS);
  });

  it('has its old units until it has all of the new ones, and keeps what was chosen for those that stay', () => {
    const { line } = withPlan(ids(0, 3_000));
    expect(line.isAnswered(line.call('putUnits', PLAN, [chosen('unit-5'), chosen('unit-2999')], NOW))).toBe(true);
    const change = line.call('setUnits', PLAN, { type: 'units', unitIds: ids(2_000, UNITS) }, NOW + 7);
    expect(line.isAnswered(change)).toBe(false);
    expect(unitsOf(line)).toBe(3_000);
    expect(statusOf(line, 'unit-5')).toBe('none');
    finish(line);
    expect(unitsOf(line)).toBe(4_000);
    expect(told(line, 'get', PLAN, NOW)).toMatchObject({ savedAt: NOW + 7, name: 'Friday', createdAt: NOW });
    expect(statusOf(line, 'unit-5')).toBeUndefined();
    expect(told(line, 'units', PLAN, ['unit-2999'])).toEqual([{ ...chosen('unit-2999'), name: 'Name of unit-2999' }]);
    expect(statusOf(line, `unit-${UNITS - 1}`)).toBe('notAsked');
  });

  it('misses nothing that is written about its units meanwhile', () => {
    const { line } = withPlan(ids(0, 3_000));
    line.call('setUnits', PLAN, { type: 'units', unitIds: ids(0, UNITS) }, NOW);
    // One is copied already, the other not yet; both are written after the exchange.
    const write = line.call('putUnits', PLAN, [chosen('unit-0'), chosen('unit-2999')], NOW);
    const removal = line.call('removeUnits', PLAN, ['unit-1'], NOW);
    expect([line.isAnswered(write), line.isAnswered(removal)]).toEqual([false, false]);
    finish(line);
    expect([line.isAnswered(write), line.isAnswered(removal)]).toEqual([true, true]);
    expect([statusOf(line, 'unit-0'), statusOf(line, 'unit-2999')]).toEqual(['none', 'none']);
    expect(unitsOf(line)).toBe(UNITS - 1);
  });

  it('is started with the units that were being set when the start was asked for', () => {
    const { line } = withPlan(ids(0, 300));
    const setting = line.call('setUnits', PLAN, { type: 'units', unitIds: ids(0, UNITS) }, NOW);
    const start = line.call('change', PLAN, { status: 'starting', only: 'draft', savedAt: NOW });
    const late = line.call('setUnits', PLAN, { type: 'units', unitIds: ids(0, 5) }, NOW);
    expect(line.isAnswered(start)).toBe(false);
    finish(line);
    expect([line.answer(setting), line.answer(start)]).toEqual([undefined, undefined]);
    expect(line.answer(late)).toMatchObject({ error: { code: 'PLAN_NOT_DRAFT' } });
    expect(unitsOf(line)).toBe(UNITS);
  });

  it('is as it was where the change was broken off, and what lay aside is taken away', () => {
    const { store, line } = withPlan(ids(0, 300));
    line.call('setUnits', PLAN, { type: 'units', unitIds: ids(100, UNITS) }, NOW);
    expect(rowsOf(store.work.db, 'plan_unit').length).toBeGreaterThan(300);
    // The worker dies here; the next one begins by clearing up.
    for (const slice of takeAwayAsides(store)) expect(slice).toBeUndefined();
    expect(rowsOf(store.work.db, 'plan_unit')).toHaveLength(300);
    expect(rowsOf(store.work.db, 'plan')).toHaveLength(1);
    expect(unitsOf(worker(store))).toBe(300);
  });

  it('leaves nothing behind: neither what it had before nor, removed, itself', () => {
    const { store, line } = withPlan(ids(0, 3_000));
    line.call('setUnits', PLAN, { type: 'units', unitIds: ids(2_500, 3_500) }, NOW);
    finish(line);
    expect(rowsOf(store.work.db, 'plan_unit')).toHaveLength(1_000);
    line.call('remove', PLAN);
    expect(told(line, 'get', PLAN, NOW)).toMatchObject({ error: { code: 'PLAN_NOT_FOUND' } });
    finish(line);
    expect(rowsOf(store.work.db, 'plan_unit')).toEqual([]);
    expect(rowsOf(store.work.db, 'plan')).toEqual([]);
  });

  it('holds the units that a selection named when it was begun, whatever becomes of the selection', () => {
    const store = withUnits();
    const tenant = tenantKey(store.cache, TENANT);
    store.cache.selections.open('chosen', tenant);
    store.cache.selections.addMatching('chosen', tenant, {});
    const line = worker(store);
    line.call('create', newPlan(), { type: 'selection', selectionId: 'chosen' });
    store.cache.selections.clear('chosen');
    finish(line);
    expect(unitsOf(line)).toBe(UNITS);
  });

  it('is not made for a tenant that is forgotten meanwhile', () => {
    const store = withUnits();
    const line = worker(store);
    const create = line.call('create', newPlan(), { type: 'units', unitIds: ids(0, UNITS) });
    store.work.tenants.remove(TENANT);
    finish(line);
    expect(line.answer(create)).toMatchObject({ error: { code: 'TENANT_NOT_ADDED' } });
    expect(told(line, 'get', PLAN, NOW)).toMatchObject({ error: { code: 'PLAN_NOT_FOUND' } });
  });

  it('takes no units from another tenant’s plan or selection', () => {
    const { store, line } = withPlan(ids(0, 3));
    store.cache.selections.open('theirs', tenantKey(store.cache, OTHER_TENANT));
    const theirs = { ...newPlan('5a0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d78'), tenantId: OTHER_TENANT };
    const fromPlan = line.call('create', theirs, { type: 'plan', planId: PLAN, unitIds: ['unit-1'] });
    const fromSelection = line.call('setUnits', PLAN, { type: 'selection', selectionId: 'theirs' }, NOW);
    finish(line);
    expect(line.answer(fromPlan)).toMatchObject({ error: { code: 'PLAN_NOT_FOUND' } });
    expect(line.answer(fromSelection)).toMatchObject({ error: { code: 'SELECTION_NOT_FOUND' } });
    expect(unitsOf(line)).toBe(3);
  });
});
