import { beforeEach, expect, test } from 'vitest';
import { MINUTE } from '../../shared/domain/time.ts';
import { StandingWatch } from './standing-watch.ts';

let now: number;
let mayAsk: Set<string>;
let patience: AbortController;
let silent: Set<string>;
let askedAt: Map<string, number>;
let looks: string[];
let failures: string[];
let refusing: Set<string>;
let isCatalogAway: boolean;
let watch: StandingWatch;

beforeEach(() => {
  now = 1_795_000_000;
  mayAsk = new Set(['a', 'b', 'c']);
  patience = new AbortController();
  silent = new Set();
  askedAt = new Map([
    ['a', now],
    ['b', now - 20 * MINUTE],
  ]);
  looks = [];
  failures = [];
  refusing = new Set();
  isCatalogAway = false;
  watch = new StandingWatch({
    tenants: async () => {
      if (isCatalogAway) throw new Error('no catalog');
      return ['a', 'b', 'c'].map(id => {
        const at = askedAt.get(id);
        return at === undefined ? { id } : { id, service: { askedAt: at } };
      });
    },
    canAsk: id => mayAsk.has(id),
    patience: () => patience.signal,
    now: () => now,
    look: async (id, signal) => {
      looks.push(id);
      if (silent.has(id))
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('too late')));
        });
      if (refusing.has(id)) throw new Error('no token');
      askedAt.set(id, now);
    },
    onFailed: id => failures.push(id ?? 'all'),
  });
});

test('asks those who were not asked for a quarter of an hour, or never, and nobody else', async () => {
  await watch.round();
  expect(looks).toEqual(['b', 'c']);
  now += 14 * MINUTE;
  await watch.round();
  expect(looks).toEqual(['b', 'c']);
  now += MINUTE;
  await watch.round();
  expect(looks).toEqual(['b', 'c', 'a', 'b', 'c']);
});

test('a tenant that can’t be read keeps nobody else from being asked, and waits for its next turn', async () => {
  refusing.add('b');
  await watch.round();
  await watch.round();
  expect([looks, failures]).toEqual([['b', 'c'], ['b']]);
  now += 15 * MINUTE;
  await watch.round();
  expect(failures).toEqual(['b', 'b']);
});

test('a tenant that does not answer keeps nobody else from being asked for longer than its patience', async () => {
  silent.add('b');
  const round = watch.round();
  await expect.poll(() => looks).toEqual(['b']);
  patience.abort();
  await round;
  expect([looks, failures]).toEqual([['b', 'c'], ['b']]);
});

test('a round without a catalog is one that failed, and the next goes on', async () => {
  isCatalogAway = true;
  await watch.round();
  expect([looks, failures]).toEqual([[], ['all']]);
  isCatalogAway = false;
  await watch.round();
  expect(looks).toEqual(['b', 'c']);
});

test('a tenant whose account is signed out is left alone, and the others are asked', async () => {
  mayAsk.delete('b');
  await watch.round();
  expect(looks).toEqual(['c']);
});

test('asks nobody while nothing can be asked, nor after its end; two rounds at once are one', async () => {
  mayAsk = new Set();
  await watch.round();
  expect(looks).toEqual([]);
  mayAsk = new Set(['b', 'c']);
  await Promise.all([watch.round(), watch.round()]);
  expect(looks).toEqual(['b', 'c']);
  await watch.stop();
  now += 60 * MINUTE;
  await watch.round();
  expect(looks).toEqual(['b', 'c']);
});
