import { beforeEach, describe, expect, test } from 'vitest';
import type { Connectivity as ConnectivityState } from '../../shared/contract/console.ts';
import { Connectivity } from './connectivity.ts';
import { HandTiming, settle } from './testing/hand-timing.ts';

const lost = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
};

let timing: HandTiming;
let isThere: boolean;
let asked: { url: string; method: string; authorization: string | null }[];
let told: ConnectivityState[];
let connectivity: Connectivity;

beforeEach(() => {
  timing = new HandTiming();
  isThere = true;
  asked = [];
  told = [];
  connectivity = new Connectivity({
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push({
        url,
        method: init?.method ?? 'GET',
        authorization: new Headers(init?.headers).get('authorization'),
      });
      if (init?.signal?.aborted === true) throw init.signal.reason;
      return isThere ? new Response(null, { status: 401 }) : lost();
    },
    graphOrigin: 'https://graph.example',
    timing,
    onChanged: state => void told.push(state),
  });
});

async function ask(signal?: AbortSignal): Promise<unknown> {
  return await connectivity
    .watchedFetch('https://graph.example/v1.0/x', signal === undefined ? {} : { signal })
    .catch((error: unknown) => error);
}

describe('online', () => {
  test('is what any answer means, be it a refusal', async () => {
    expect((await connectivity.watchedFetch('https://graph.example/v1.0/x')).status).toBe(401);
    expect(connectivity.state()).toEqual({ state: 'online' });
    expect(told).toEqual([]);
  });

  test('lasts when a single connection breaks and a probe without a token is answered', async () => {
    isThere = false;
    const asking = ask();
    isThere = true;
    expect(await asking).toBeInstanceOf(TypeError);
    await settle();
    expect(connectivity.state()).toEqual({ state: 'online' });
    expect(asked.at(-1)).toEqual({ url: 'https://graph.example/v1.0/', method: 'HEAD', authorization: null });
    expect(told).toEqual([]);
  });

  test('is not doubted for a request that its caller has aborted', async () => {
    await ask(AbortSignal.abort());
    await settle();
    expect(asked).toHaveLength(1);
  });
});

describe('offline', () => {
  beforeEach(async () => {
    isThere = false;
    await ask();
    await settle();
  });

  test('begins when the request failed, and says when the next try is', () => {
    expect(connectivity.state()).toEqual({ state: 'offline', sinceAt: 1_772_800_000, nextTryAt: 1_772_800_004 });
    expect(connectivity.isOnline).toBe(false);
  });

  test('is tried again ever more rarely, at most once a minute', async () => {
    const tries: number[] = [];
    for (let second = 0; second < 300; second++) {
      const before = asked.length;
      await timing.pass(1);
      if (asked.length > before) tries.push(second + 1);
    }
    expect(tries.slice(0, 4)).toEqual([4, 12, 27, 57]);
    expect(tries.slice(5).map((at, index) => at - (tries[index + 4] ?? 0))).toEqual([45, 45, 45, 45]);
    expect(connectivity.state()).toMatchObject({ sinceAt: 1_772_800_000 });
  });

  test('ends with the first probe that is answered, and wakes who waits for it', async () => {
    let woken = 0;
    const stop = connectivity.onOnline(() => woken++);
    isThere = true;
    await timing.pass(10);
    expect(connectivity.state()).toEqual({ state: 'online' });
    expect(woken).toBe(1);
    stop();
    const before = asked.length;
    await timing.pass(600);
    expect(asked.length).toBe(before);
  });

  test('ends at once with an answered request of anybody', async () => {
    isThere = true;
    await ask();
    expect(connectivity.state()).toEqual({ state: 'online' });
    expect(told.at(-1)).toEqual({ state: 'online' });
  });

  test('can be tried at once', async () => {
    expect(await connectivity.tryNow()).toMatchObject({ state: 'offline' });
    isThere = true;
    expect(await connectivity.tryNow()).toEqual({ state: 'online' });
  });

  test('waits anew, from the first wait, after a try that failed, and says so', async () => {
    for (let second = 0; second < 12; second++) await timing.pass(1);
    expect(connectivity.state()).toMatchObject({ nextTryAt: 1_772_800_027 });
    await connectivity.tryNow();
    // As long offline as before; the countdown of the banner begins anew.
    expect(connectivity.state()).toEqual({ state: 'offline', sinceAt: 1_772_800_000, nextTryAt: 1_772_800_016 });
    expect(told.at(-1)).toEqual(connectivity.state());
    const before = asked.length;
    const tries: number[] = [];
    for (let second = 13; second <= 45; second++) {
      const seen = asked.length;
      await timing.pass(1);
      if (asked.length > seen) tries.push(second);
    }
    // The loop before it has ended: nobody tries at second 27.
    expect(tries).toEqual([16, 24, 39]);
    expect(asked.length).toBe(before + 3);
  });

  test('that comes back is probed by one loop alone', async () => {
    isThere = true;
    await ask();
    isThere = false;
    await ask();
    await settle();
    const before = asked.length;
    await timing.pass(4);
    expect(asked.length).toBe(before + 1);
    await timing.pass(4);
    expect(asked.length).toBe(before + 1);
  });

  test('is probed no more once the console stops', async () => {
    connectivity.stop();
    const before = asked.length;
    await timing.pass(600);
    expect(asked.length).toBe(before);
  });
});

test('a probe that never ends counts as lost after ten seconds', async () => {
  const hanging = new Connectivity({
    fetch: async (_, init) =>
      new Promise((__, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      }),
    graphOrigin: 'https://graph.example',
    timing,
    onChanged: () => undefined,
  });
  const trying = hanging.tryNow();
  await timing.pass(10);
  expect(await trying).toMatchObject({ state: 'offline' });
  hanging.stop();
});

test('a request that was answered during a probe says more than that the probe got no answer', async () => {
  const states: ConnectivityState[] = [];
  const slow = new Connectivity({
    // Graph's root hangs; everything else is answered.
    fetch: async (input, init) =>
      new Request(input).url.endsWith('/v1.0/')
        ? new Promise((_, reject) => {
            init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
          })
        : new Response(null, { status: 200 }),
    graphOrigin: 'https://graph.example',
    timing,
    onChanged: state => void states.push(state),
  });
  const trying = slow.tryNow();
  await slow.watchedFetch('https://graph.example/v1.0/x');
  await timing.pass(10);
  expect(await trying).toEqual({ state: 'online' });
  // Without such an answer the same probe means offline.
  const again = slow.tryNow();
  await timing.pass(10);
  expect(await again).toMatchObject({ state: 'offline' });
  slow.stop();
  expect(states.map(({ state }) => state)).toEqual(['offline']);
});
