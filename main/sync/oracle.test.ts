import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import { DAY, HOUR, toIso } from '../../shared/domain/time.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import { syncOnEmulator, type SyncOnEmulator } from './testing/sync-on-emulator.ts';

/**
 * Whatever the service does to the requests, and however wrong the host's clock is: a claim of *exact* or *none* is the truth, and
 * no claim names a point that is newer than the truth, expired, or not before the incident. The emulator's own list of points is the
 * judge.
 */
let emulator: EmulatorProcess;

beforeAll(async () => {
  emulator = await startEmulatorProcess(
    '--seed',
    '11',
    '--tenants',
    '1',
    '--units',
    '60',
    '--now',
    '2026-03-06T12:00:00Z',
  );
  await emulator.control('POST', '/clock', { freeze: true });
});
afterAll(async () => emulator.stop());

interface TruePoint {
  readonly id: string;
  readonly protectionDateTime: string;
  readonly expirationDateTime: string;
  readonly tags: string | readonly string[];
}

const FAULTS = [
  { effect: 'throttle', retryAfterSeconds: 0 },
  { effect: 'dropBefore' },
  { effect: 'dropAfter' },
  { effect: 'malformed' },
  { effect: 'truncated' },
  { effect: 'delay', ms: 20 },
  { effect: 'status', status: 503, code: 'serviceUnavailable' },
] as const;

/** How often a fault strikes a question. Drops take their whole batch with them, so that with more little would ever be answered. */
const PROBABILITY = 0.02;
const ROUNDS = 12;
const UNITS_A_ROUND = 10;

describe.each([
  ['a right clock', 0, 1],
  ['a host clock five hours slow', -5 * HOUR, 2],
  ['a host clock a day fast', DAY, 3],
])('with %s', (_, hostClockOff, seed) => {
  test('every claim is true, under every fault', { timeout: 180_000 }, async () => {
    const random = randomFrom(seed);
    const console_ = await syncOnEmulator(emulator, { hostClockOff });
    try {
      await console_.sync.syncTenant(console_.tenantId, { evenIfFresh: false });
      const unitIds = await console_.unitIds();
      expect(unitIds).toHaveLength(60);
      const tally = { exact: 0, none: 0, uncertain: 0, failed: 0 };
      for (let round = 0; round < ROUNDS; round++) {
        await emulator.control('POST', '/clock', { advanceSeconds: Math.floor(random() * 2 * HOUR) });
        const now = await serviceNow();
        const incidentAt = Math.floor(now - random() ** 2 * 40 * DAY);
        const some = unitIds.filter(() => random() < UNITS_A_ROUND / unitIds.length);
        if (some.length === 0) continue;
        await breakThings();
        try {
          const units = { type: 'these', unitIds: some } as const;
          await console_.sync.ask(console_.tenantId, { type: 'before', units, incidentAt, fast: true });
        } catch (error) {
          // Too many faults at once: the ask gave up, in words of the contract. What it heard counts all the same.
          if (!(error instanceof AppFailure)) throw error;
          tally.failed += 1;
        }
        await emulator.control('DELETE', '/faults');
        await judge(console_, some, incidentAt, tally);
        // Without faults, asking settles everything.
        const left = await console_.sync.ask(console_.tenantId, {
          type: 'before',
          units: { type: 'these', unitIds: some },
          incidentAt,
          fast: true,
        });
        expect(left.unsettled).toBe(0);
        await judge(console_, some, incidentAt, tally);
        // Some heads as well, so that knowledge overlaps from both sides.
        await console_.sync.ask(console_.tenantId, {
          type: 'heads',
          units: { type: 'these', unitIds: some.slice(0, 5) },
          fast: random() < 0.5,
        });
      }
      // The test has tested something.
      expect(tally.exact).toBeGreaterThan(60);
      expect(tally.none).toBeGreaterThan(0);
    } finally {
      await emulator.control('DELETE', '/faults');
      await console_.close();
    }
  });
});

async function breakThings(): Promise<void> {
  for (const fault of FAULTS)
    await emulator.control('POST', '/faults', { match: {}, probability: PROBABILITY, ...fault });
}

async function serviceNow(): Promise<number> {
  return Math.floor(Date.parse((await emulator.control<{ now: string }>('GET', '/state')).now) / 1000);
}

async function judge(
  { catalog, clocks, tenantId }: SyncOnEmulator,
  unitIds: readonly string[],
  incidentAt: number,
  tally: { exact: number; none: number; uncertain: number },
): Promise<void> {
  const claims = await catalog.knowledge.newestBefore({ tenantId, unitIds, incidentAt, now: clocks.now(tenantId) });
  expect(claims).toHaveLength(unitIds.length);
  const now = await serviceNow();
  for (const claim of claims) {
    for (const [kind, certainty] of [
      ['any', claim.any],
      ['fast', claim.fast],
    ] as const) {
      if (certainty === undefined) continue;
      const claimed = 'point' in certainty && certainty.point !== null ? certainty.point.at : incidentAt;
      const from = Math.min(claimed, incidentAt - 8 * DAY);
      const truth = await truePoints({ unitId: claim.unitId, kind, incidentAt, now, from });
      compare(certainty, truth, incidentAt, `${kind} of ${claim.unitId} before ${toIso(incidentAt)} at ${toIso(now)}`);
      if (certainty.is === 'exact' || certainty.is === 'none') tally[certainty.is] += 1;
      else tally.uncertain += 1;
    }
  }
}

/** @param truth all points that live, before the incident, newest first; also those that the service doesn't show yet */
function compare(certainty: Certainty, truth: readonly TruePoint[], incidentAt: number, about: string): void {
  const point: Point | null = 'point' in certainty ? certainty.point : null;
  const [newest] = truth;
  if (point !== null) {
    expect(point.at, about).toBeLessThan(incidentAt);
    // It exists, and lives.
    expect(
      truth.map(({ id }) => id),
      `${certainty.is}, ${about}`,
    ).toContain(point.id);
  }
  if (certainty.is === 'none') expect(truth, about).toEqual([]);
  if (certainty.is === 'exact') {
    const twins = truth.filter(other => other.protectionDateTime === newest?.protectionDateTime);
    expect(
      twins.map(({ id }) => id),
      `exact, ${about}`,
    ).toContain(point?.id);
  }
}

interface TruthWanted {
  readonly unitId: string;
  readonly kind: 'any' | 'fast';
  readonly incidentAt: number;
  readonly now: number;
  /** Before the oldest point that matters. Where none lies after it, all are looked at: a history may have 50,000 points. */
  readonly from?: number;
}

/** All points of the kind that live and lie before the incident, newest first. */
async function truePoints({ from, ...wanted }: TruthWanted): Promise<TruePoint[]> {
  const { unitId, kind, incidentAt, now } = wanted;
  const query = new URLSearchParams({ tenantId: emulator.tenant.id, unitId, to: toIso(incidentAt) });
  if (from !== undefined) query.set('from', toIso(from));
  const { value } = await emulator.control<{ value: TruePoint[] }>('GET', `/points?${query.toString()}`);
  const living = value
    .filter(({ tags }) => kind === 'any' || tags.includes('fastRestore'))
    .filter(({ protectionDateTime }) => Math.floor(Date.parse(protectionDateTime) / 1000) < incidentAt)
    .filter(({ expirationDateTime }) => Date.parse(expirationDateTime) / 1000 > now)
    .toSorted((a, b) => (a.protectionDateTime < b.protectionDateTime ? 1 : -1));
  return living.length === 0 && from !== undefined ? truePoints(wanted) : living;
}

/** Mulberry32: the same numbers in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
