import { beforeEach, expect, test } from 'vitest';
import { MINUTE } from '../../shared/domain/time.ts';
import { StandingWatch } from './standing-watch.ts';

let now: number;
let canAsk: boolean;
let askedAt: Map<string, number>;
let looks: string[];
let failures: string[];
let refusing: Set<string>;
let watch: StandingWatch;

beforeEach(() => {
  now = 1_795_000_000;
  canAsk = true;
  askedAt = new Map([
    ['a', now],
    ['b', now - 20 * MINUTE],
  ]);
  looks = [];
  failures = [];
  refusing = new Set();
  watch = new StandingWatch({
    tenants: async () =>
      ['a', 'b', 'c'].map(id => {
        const at = askedAt.get(id);
        return at === undefined ? { id } : { id, service: { askedAt: at } };
      }),
    canAsk: () => canAsk,
    now: () => now,
    look: async id => {
      looks.push(id);
      if (refusing.has(id)) throw new Error('no token');
      askedAt.set(id, now);
    },
    onFailed: id => failures.push(id),
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

test('asks nobody while nothing can be asked, nor after its end; two rounds at once are one', async () => {
  canAsk = false;
  await watch.round();
  expect(looks).toEqual([]);
  canAsk = true;
  await Promise.all([watch.round(), watch.round()]);
  expect(looks).toEqual(['b', 'c']);
  await watch.stop();
  now += 60 * MINUTE;
  await watch.round();
  expect(looks).toEqual(['b', 'c']);
});
