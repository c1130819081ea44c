import { expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { BackgroundProgress } from '../catalog/index.ts';
import { silentLog } from '../sync/testing/sync-on-emulator.ts';
import { type BackgroundParts, BackgroundSync } from './index.ts';

const TENANT = '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01';
const tenant: Tenant = {
  id: TENANT,
  displayName: 'Contoso',
  domain: 'contoso.com',
  colour: 1,
  addedAt: 0,
  controller: { by: 'ours' },
  units: 0,
  protectedUnits: 0,
  runningSessions: 0,
};

const progress: BackgroundProgress = { tenantId: TENANT, pace: { isFilled: false }, landmarks: [] };
/** A catalog of this one tenant; nothing but these two is asked of it. */
const catalog: BackgroundParts['catalog'] = JSON.parse('{}');
Object.assign(catalog, { tenants: { list: async () => [tenant] }, background: { list: async () => [progress] } });

/** A background sync whose turns and time are in the test's hand. */
function world() {
  const sleeps = new Set<{ readonly ms: number; readonly wake: () => void }>();
  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sleeping = { ms, wake: resolve };
      const onAbort = (): void => {
        sleeps.delete(sleeping);
        reject(new AppFailure({ code: 'ABORTED' }));
      };
      if (signal?.aborted === true) return onAbort();
      signal?.addEventListener('abort', onAbort);
      sleeps.add(sleeping);
    });
  const turns: { readonly signal: AbortSignal; readonly fail: (error: unknown) => void }[] = [];
  let isOnline = true;
  const background = new BackgroundSync({
    catalog,
    sync: {
      personsAtWork: false,
      isBusy: () => false,
      inBackground: async (_, { signal }) => {
        const turn = Promise.withResolvers<never>();
        signal.addEventListener('abort', () => turn.reject(new AppFailure({ code: 'ABORTED' })));
        turns.push({ signal, fail: turn.reject });
        return await turn.promise;
      },
    },
    clocks: { now: () => 1_000, toServiceTime: (_, at) => at },
    connectivity: {
      get isOnline() {
        return isOnline;
      },
    },
    throttling: { onThrottled: () => () => undefined, findUntil: () => undefined },
    settings: async () => ({ on: true, questionsADay: 100, landmarks: true }),
    isSignedIn: () => true,
    isWanted: true,
    timing: { now: () => 1_000, timeScale: 1, sleep, elapsedMs: () => 0, random: () => 0 },
    log: silentLog,
    emit: () => undefined,
  });
  return {
    background,
    turns,
    sleeps: (ms: number) => [...sleeps].filter(sleeping => sleeping.ms === ms),
    setOnline: (now: boolean) => {
      isOnline = now;
      background.note({
        type: 'connectivityChanged',
        connectivity: now ? { state: 'online' } : { state: 'offline', sinceAt: 1_000, nextTryAt: 1_005 },
      });
    },
    pause: async () => (await background.state()).tenants[0]?.pause,
  };
}

const SILENCE_MS = 300_000;

it('gives up a turn of which nothing is heard, and none that goes on, however long it takes', async () => {
  const { background, pause, sleeps, turns } = world();
  background.start();
  await expect.poll(() => turns.length).toBe(1);
  const [first] = sleeps(SILENCE_MS);
  background.note({
    type: 'askProgressed',
    progress: { tenantId: TENANT, askId: 'a', purpose: 'units', unitsDone: 100, unitsTotal: 0, questions: 0 },
  });
  const [next, ...others] = sleeps(SILENCE_MS);
  expect(others).toEqual([]);
  expect(next).not.toBe(first);
  expect(turns[0]?.signal.aborted).toBe(false);
  next?.wake();
  await expect.poll(pause).toMatchObject({ why: 'failed', error: { code: 'OFFLINE' } });
  await background.stop();
});

it('tries a tenant again at once when the network is back, whose turn failed before it was known to be away', async () => {
  const { background, pause, setOnline, turns } = world();
  background.start();
  await expect.poll(() => turns.length).toBe(1);
  turns[0]?.fail(new AppFailure({ code: 'OFFLINE' }));
  await expect.poll(pause).toMatchObject({ why: 'failed', error: { code: 'OFFLINE' } });
  setOnline(false);
  setOnline(true);
  expect(await pause()).toBeUndefined();
  await expect.poll(() => turns.length).toBe(2);
  await background.stop();
});

it('ends its turns when the network goes, and begins none until it is back', async () => {
  const { background, pause, setOnline, turns } = world();
  background.start();
  await expect.poll(() => turns.length).toBe(1);
  setOnline(false);
  expect(turns[0]?.signal.aborted).toBe(true);
  expect((await background.state()).is).toBe('offline');
  await expect.poll(async () => (await background.state()).tenants[0]?.isRunning).toBe(false);
  background.wake();
  expect(await pause()).toBeUndefined();
  expect(turns).toHaveLength(1);
  setOnline(true);
  await expect.poll(() => turns.length).toBe(2);
  await background.stop();
});
