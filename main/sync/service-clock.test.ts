import { beforeEach, describe, expect, test } from 'vitest';
import type { AnswerFacts } from '../graph/index.ts';
import type { Json } from '../catalog/index.ts';
import { openServiceClocks } from './service-clock.ts';
import { HandTiming, settle } from './testing/hand-timing.ts';
import { silentLog } from './testing/sync-on-emulator.ts';

const tenant = 'aaaaaaaa-0000-4000-8000-000000000001';
const other = 'bbbbbbbb-0000-4000-8000-000000000002';

let timing: HandTiming;
let kept: Map<string, Json>;
const settings = {
  get: async (name: string, tenantId?: string) => kept.get(`${name} ${tenantId ?? ''}`),
  set: async (name: string, value: Json, tenantId?: string) => void kept.set(`${name} ${tenantId ?? ''}`, value),
};

beforeEach(() => {
  timing = new HandTiming();
  kept = new Map();
});

const open = async () => openServiceClocks({ settings, timing, log: silentLog, tenantIds: [tenant, other] });

/** An answer whose `Date` is so many seconds after the host's clock. */
function answer(offBy: number | undefined): AnswerFacts {
  const facts = { status: 200, clientRequestId: 'x', roundTripSeconds: 0.1, receivedAt: timing.now() };
  return offBy === undefined ? facts : { ...facts, serviceAt: timing.now() + offBy };
}

describe('service time', () => {
  test('is the host clock before anything was answered', async () => {
    expect((await open()).clock(tenant)).toEqual({ now: timing.now(), rate: 1 });
  });

  test('is what the Date header shows, whatever the host clock says', async () => {
    const clocks = await open();
    clocks.learn(tenant, answer(-5 * 3_600));
    expect(clocks.now(tenant)).toBe(timing.now() - 5 * 3_600);
    await timing.pass(100);
    expect(clocks.now(tenant)).toBe(timing.now() - 5 * 3_600);
    expect(clocks.toServiceTime(tenant, timing.now() + 30)).toBe(timing.now() + 30 - 5 * 3_600);
  });

  test('is kept for the next start, and for tenants that were never asked', async () => {
    const clocks = await open();
    clocks.learn(tenant, answer(7_200));
    await settle();
    const later = await open();
    expect(later.now(tenant)).toBe(timing.now() + 7_200);
    expect(later.now(other)).toBe(timing.now() + 7_200);
  });

  test('does not follow the second that a header is cut by', async () => {
    const clocks = await open();
    clocks.learn(tenant, answer(100));
    clocks.learn(tenant, answer(98));
    expect(clocks.now(tenant)).toBe(timing.now() + 100);
    clocks.learn(tenant, answer(96));
    expect(clocks.now(tenant)).toBe(timing.now() + 96);
  });

  test('learns nothing from an answer without a Date', async () => {
    const clocks = await open();
    clocks.learn(tenant, answer(100));
    clocks.learn(tenant, answer(undefined));
    expect(clocks.now(tenant)).toBe(timing.now() + 100);
  });

  test('is not upset by a damaged setting', async () => {
    kept.set(`serviceClockOffset ${tenant}`, 'long ago');
    expect((await open()).now(tenant)).toBe(timing.now());
  });
});
