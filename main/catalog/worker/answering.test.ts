import { describe, expect, it } from 'vitest';
import type { FromWorker } from '../protocol.ts';
import { headAnswer } from '../testing/answers.ts';
import { storeInMemory } from '../testing/memory-files.ts';
import { anAddedTenant, aUnit, TENANT } from '../testing/units.ts';
import { answering } from './answering.ts';
import { DamagedFileError } from './database.ts';
import type { Store } from './store.ts';
import { mirrorTenants } from './store.ts';

const NOW = 1_790_000_000;

/** The dispatcher with its turns run by hand, and all that it sends. */
function dispatcher(store: Store) {
  const sent: FromWorker[] = [];
  const turns: (() => void)[] = [];
  let idle = 0;
  const calls = answering(
    store,
    message => void sent.push(message),
    turn => void turns.push(turn),
    () => void (idle += 1),
  );
  let id = 0;
  return {
    sent,
    calls,
    call: (group: string, method: string, ...args: unknown[]): number => {
      id += 1;
      calls.call({ id, group, method, args });
      return id;
    },
    /** Runs one turn. @returns whether there was one */
    turn: (): boolean => {
      const turn = turns.shift();
      turn?.();
      return turn !== undefined;
    },
    get idle() {
      return idle;
    },
  };
}

const withTenant = (): Store => {
  const store = storeInMemory();
  store.work.tenants.add(anAddedTenant());
  mirrorTenants(store.cache, store.work);
  return store;
};

/** A store that can be told to meet a damaged page at the next use of a file. */
function spoilableStore() {
  const sound = withTenant();
  const spoilt = { cache: false, work: false };
  const done = { replaced: 0, givenUp: 0 };
  const store: Store = {
    get cache() {
      if (!spoilt.cache) return sound.cache;
      spoilt.cache = false;
      throw new DamagedFileError('nowhere/cache.db');
    },
    get work() {
      if (spoilt.work) throw new DamagedFileError('nowhere/work.db');
      return sound.work;
    },
    get workIsReadable() {
      return done.givenUp === 0 && sound.workIsReadable;
    },
    forgetInCopies: tenantId => sound.forgetInCopies(tenantId),
    isCache: path => sound.isCache(path),
    replaceCache: () => {
      done.replaced += 1;
      sound.replaceCache();
      mirrorTenants(sound.cache, sound.work);
    },
    giveUpWork: () => {
      done.givenUp += 1;
    },
    checkpoint: () => sound.checkpoint(),
    close: () => sound.close(),
  };
  return { store, spoilt, done };
}

describe('answering', () => {
  it('answers a read between the slices of an ingest', () => {
    const store = withTenant();
    const line = dispatcher(store);
    const unitIds = Array.from({ length: 2_000 }, (_, index) => `unit-${index}`);
    const ingest = line.call(
      'units',
      'put',
      TENANT,
      unitIds.map(unitId => aUnit(unitId)),
    );
    expect(line.turn()).toBe(true);
    const read = line.call('tenants', 'find', TENANT);
    expect(line.sent.at(-1)).toMatchObject({ type: 'answer', id: read });
    while (line.turn()) continue;
    expect(line.sent.find(message => message.type === 'answer' && message.id === ingest)).toBeDefined();
    expect(store.cache.units.counts(1)?.units).toBe(2_000);
    expect(line.idle).toBeGreaterThan(0);
  });

  it('runs ingests one after the other, in the order in which they came', () => {
    const line = dispatcher(withTenant());
    const units = (name: string) => Array.from({ length: 1_500 }, (_, index) => aUnit(`unit-${index}`, { name }));
    const first = line.call('units', 'put', TENANT, units('first'));
    const second = line.call('units', 'put', TENANT, units('second'));
    const third = line.call('knowledge', 'apply', {
      tenantId: TENANT,
      answers: [headAnswer(NOW, { 'unit-1': NOW - 9_000 })],
      now: NOW,
    });
    while (line.turn()) continue;
    expect(line.sent.map(message => ('id' in message ? message.id : 0))).toEqual([first, second, third]);
    line.call('units', 'byIds', TENANT, ['unit-0', 'unit-1499']);
    expect(line.sent.at(-1)).toMatchObject({ value: [{ name: 'second' }, { name: 'second' }] });
  });

  it('lets its lines take turns: what is written for a plan does not wait for an ingest', () => {
    const line = dispatcher(withTenant());
    const many = Array.from({ length: 8_000 }, (_, index) => aUnit(`unit-${index}`));
    const ingest = line.call('units', 'put', TENANT, many);
    const plan = { id: TENANT, tenantId: TENANT, name: 'P', createdAt: NOW, createdBy: 'me', preference: 'newest' };
    const create = line.call('plans', 'create', plan, { type: 'units', unitIds: [] });
    const remove = line.call('plans', 'remove', TENANT);
    while (line.turn()) continue;
    const order = line.sent.map(message => ('id' in message ? message.id : 0));
    expect(order).toEqual([create, remove, ingest]);
  });

  it('says so of an answer that cannot be sent', () => {
    const store = withTenant();
    let refused = 0;
    const sent: FromWorker[] = [];
    const calls = answering(
      store,
      message => {
        if (message.type === 'answer') {
          refused += 1;
          throw new DOMException('could not be cloned', 'DataCloneError');
        }
        sent.push(message);
      },
      () => undefined,
      () => undefined,
    );
    calls.call({ id: 1, group: 'tenants', method: 'list', args: [] });
    expect(refused).toBe(1);
    expect(sent).toEqual([
      { type: 'error', id: 1, error: { code: 'UNEXPECTED', errorId: expect.any(String) }, trace: expect.any(String) },
    ]);
  });

  it('replaces a cache whose damage is met, and repeats a read on the new one', () => {
    const { store, spoilt, done } = spoilableStore();
    const line = dispatcher(store);
    spoilt.cache = true;
    const id = line.call('tenants', 'list');
    expect(done.replaced).toBe(1);
    expect(line.sent).toMatchObject([{ type: 'answer', id, value: [{ id: TENANT }] }]);
  });

  it('fails the ingests that were under way when the damage was met', () => {
    const { store, spoilt, done } = spoilableStore();
    const line = dispatcher(store);
    const many = Array.from({ length: 3_000 }, (_, index) => aUnit(`unit-${index}`));
    const begun = line.call('units', 'put', TENANT, many);
    const waiting = line.call('units', 'put', TENANT, [aUnit('a')]);
    line.turn();
    expect(line.sent).toEqual([]);
    spoilt.cache = true;
    line.call('tenants', 'list');
    expect(done.replaced).toBe(1);
    while (line.turn()) continue;
    const unavailable = { code: 'CATALOG_UNAVAILABLE' };
    expect(line.sent.slice(1)).toEqual([
      { type: 'error', id: begun, error: unavailable },
      { type: 'error', id: waiting, error: unavailable },
    ]);
    // A new one is taken again.
    const again = line.call('units', 'put', TENANT, [aUnit('a')]);
    while (line.turn()) continue;
    expect(line.sent.at(-1)).toEqual({ type: 'answer', id: again, value: undefined });
  });

  it('fails an ingest that met the damage itself', () => {
    const { store, spoilt, done } = spoilableStore();
    const line = dispatcher(store);
    const id = line.call('units', 'put', TENANT, [aUnit('a')]);
    spoilt.cache = true;
    line.turn();
    expect(done.replaced).toBe(1);
    expect(line.sent).toEqual([{ type: 'error', id, error: { code: 'CATALOG_UNAVAILABLE' } }]);
  });

  it('gives `work` up when its damage is met, and reads the cache on', () => {
    const { store, spoilt, done } = spoilableStore();
    const line = dispatcher(store);
    spoilt.work = true;
    const id = line.call('settings', 'all');
    expect(done.givenUp).toBe(1);
    expect(line.sent).toEqual([{ type: 'error', id, error: { code: 'WORK_UNREADABLE' } }]);
    line.call('tenants', 'list');
    expect(line.sent.at(-1)).toMatchObject({ type: 'answer', value: [{ id: TENANT }] });
  });

  it('keeps an error of its own work to itself', () => {
    const line = dispatcher(withTenant());
    const errors: unknown[] = [];
    line.calls.run(
      'ingest',
      (function* () {
        yield;
        throw new Error('broken');
      })(),
      error => void errors.push(error),
    );
    while (line.turn()) continue;
    expect(errors).toEqual([new Error('broken')]);
    line.call('tenants', 'list');
    expect(line.sent.at(-1)).toMatchObject({ type: 'answer' });
  });
});
