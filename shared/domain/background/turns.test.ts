import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../testing/seeded-random.ts';
import { CADENCE } from '../knowledge/index.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import {
  afterHeads,
  afterLandmark,
  dueTurn,
  grantOf,
  landmarkKey,
  landmarksAt,
  pickTurns,
  sharesOf,
  type Spent,
  spendOn,
  spreadOf,
  type Turn,
  unpaced,
} from './index.ts';

const TURN = 200;
const SLOTS = 4;
const START = 20_500 * DAY;

interface SimulatedTenant {
  readonly id: string;
  /** Questions of one round over its units; a landmark costs as many. */
  readonly cost: number;
  pace: typeof unpaced;
  spent: Spent | undefined;
  /** Questions left of the round, or of the landmark, that is open. */
  left: number;
  readonly asked: Set<string>;
  readonly roundsEnded: number[];
  busyUntil: number;
}

interface Asked {
  readonly at: number;
  readonly tenant: string;
  readonly turn: Turn;
  readonly questions: number;
}

/** Tenants of very different sizes, synced by the rules alone for some days, two minutes a step; each question takes a second. */
function simulate(seed: number, days: number, budget: number, wantsLandmarks = true) {
  const random = seededRandom(seed);
  const tenants = Array.from({ length: 20 }, (_, index): SimulatedTenant => ({
    id: `tenant ${seed} ${index}`,
    cost: index === 0 ? 3_000 : random.int(1, random.chance(0.2) ? 400 : 20),
    pace: unpaced,
    spent: undefined,
    left: 0,
    asked: new Set(),
    roundsEnded: [],
    busyUntil: 0,
  }));
  const log: Asked[] = [];
  const ended: { tenant: string; key: string }[] = [];
  const shares = sharesOf(budget, wantsLandmarks);
  for (let now = START; now < START + days * DAY; now += 2 * MINUTE) {
    const free = tenants.filter(({ busyUntil }) => busyUntil <= now);
    const due = free.flatMap(tenant => {
      if (grantOf(tenant.spent, budget, now, 1) === 0) return [];
      const landmarks = wantsLandmarks
        ? landmarksAt({ now, settlingSeconds: HOUR, keptSeconds: 60 * DAY, spread: spreadOf(tenant.id) })
        : [];
      const { asked, id: tenantId, pace } = tenant;
      return dueTurn({ tenantId, now, addedAt: START - DAY, pace, cadence: CADENCE, landmarks, asked }) ?? [];
    });
    for (const turn of pickTurns(due, SLOTS - (tenants.length - free.length))) {
      const tenant = tenants.find(({ id }) => id === turn.tenantId);
      if (tenant === undefined) throw new Error('A turn of nobody.');
      if (turn.for === 'landmark')
        expect(due.some(({ for: what, tenantId }) => what === 'heads' && tenantId === tenant.id)).toBe(false);
      const isOpen =
        turn.for === 'heads' ? tenant.pace.headsAfter !== undefined : tenant.pace.openLandmark !== undefined;
      if (!isOpen) tenant.left = tenant.cost;
      const questions = grantOf(tenant.spent, budget, now, Math.min(TURN, tenant.left));
      tenant.spent = spendOn(tenant.spent, now, questions);
      tenant.left -= questions;
      tenant.busyUntil = now + questions;
      log.push({ at: now, tenant: tenant.id, turn, questions });
      if (turn.for === 'heads') {
        tenant.pace = afterHeads(
          tenant.pace,
          { begunAt: now, questions, after: tenant.left > 0 ? 'u' : undefined },
          shares,
          CADENCE,
        );
        if (tenant.left === 0) tenant.roundsEnded.push(now);
      } else {
        const open = tenant.left > 0 ? { open: { ...turn.landmark, after: 'u' } } : {};
        tenant.pace = afterLandmark(tenant.pace, { begunAt: now, questions, ...open }, shares);
        if (tenant.left === 0) {
          tenant.asked.add(landmarkKey(turn.landmark));
          ended.push({ tenant: tenant.id, key: landmarkKey(turn.landmark) });
        }
      }
    }
  }
  return { tenants, log, ended };
}

describe('the turns of many tenants', () => {
  it('never ask more of a tenant than the budget of its day', () => {
    for (const seed of [1, 2]) {
      const { log } = simulate(seed, 3, 1_000);
      const perDay = new Map<string, number>();
      for (const { at, questions, tenant } of log) {
        const key = `${tenant} ${Math.floor(at / DAY)}`;
        perDay.set(key, (perDay.get(key) ?? 0) + questions);
      }
      for (const questions of perDay.values()) expect(questions).toBeLessThanOrEqual(1_000);
    }
  });

  it('give every tenant its turn: each is read before long, and its points stay as fresh as its share allows', () => {
    for (const seed of [5, 6]) {
      const { log, tenants } = simulate(seed, 2, 1_000);
      const { heads } = sharesOf(1_000, true);
      for (const { cost, id, roundsEnded } of tenants) {
        const first = log.find(({ tenant }) => tenant === id);
        expect(first?.at, `first turn of ${id}`).toBeLessThanOrEqual(START + HOUR);
        // Beyond what a day's budget holds a round needs days; of that the budget's own test tells.
        if (cost > 400) continue;
        const fair = Math.max(CADENCE, (cost * DAY) / heads);
        const longest = Math.max(...roundsEnded.slice(1).map((at, index) => at - (roundsEnded[index] ?? at)));
        expect(longest, `${id}, ${cost} questions a round`).toBeLessThanOrEqual(2 * fair + HOUR);
      }
    }
  });

  it('are not held up by a tenant as large as all others together', () => {
    const { log } = simulate(8, 1, 100_000, false);
    const large = log.map(({ tenant }) => tenant).find(tenant => tenant.endsWith(' 0'));
    const turns = log.filter(({ tenant }) => tenant === large);
    // It gets through its first round in turns, between which others have theirs.
    expect(turns.length).toBeGreaterThan(10);
    for (const { questions } of log) expect(questions).toBeLessThanOrEqual(TURN);
    const firsts = new Map<string, number>();
    for (const { at, tenant } of log) if (!firsts.has(tenant)) firsts.set(tenant, at);
    expect(Math.max(...firsts.values())).toBeLessThanOrEqual(START + 30 * MINUTE);
  });

  it('ask each landmark once, after the newest points, and spread over the day', () => {
    for (const seed of [9, 10]) {
      const { ended, log } = simulate(seed, 3, 2_000);
      expect(new Set(ended.map(({ key, tenant }) => `${tenant} ${key}`)).size).toBe(ended.length);
      expect(ended.length).toBeGreaterThan(100);
      const firstOf = new Map<string, string>();
      for (const { tenant, turn } of log) if (!firstOf.has(tenant)) firstOf.set(tenant, turn.for);
      expect(new Set(firstOf.values())).toEqual(new Set(['heads']));
      // No hour has much more than its share of any tenant's landmarks (500 a day), however many are still to be asked.
      const perHour = new Map<string, number>();
      for (const { at, questions, tenant, turn } of log) {
        if (turn.for !== 'landmark') continue;
        const key = `${tenant} ${Math.floor(at / HOUR)}`;
        perHour.set(key, (perHour.get(key) ?? 0) + questions);
      }
      for (const questions of perHour.values()) expect(questions).toBeLessThanOrEqual(TURN + 500 / 24 + 20);
    }
  });

  it('wait after a sync that a person has started as after their own', () => {
    const pace = { isFilled: true, headsAt: START, nextHeadsAt: START + CADENCE };
    const facts = { tenantId: 't', addedAt: 0, pace, cadence: CADENCE, landmarks: [], asked: new Set<string>() };
    const now = START + CADENCE;
    expect(dueTurn({ ...facts, now })).toMatchObject({ for: 'heads' });
    expect(dueTurn({ ...facts, now, syncedAt: now - MINUTE })).toBeUndefined();
  });

  it('put a tenant never asked before all others, and the longest overdue by its own measure before the rest', () => {
    const base = { addedAt: 0, cadence: CADENCE, landmarks: [], asked: new Set<string>(), now: START };
    const due = [
      dueTurn({
        ...base,
        tenantId: 'small',
        pace: { isFilled: true, headsAt: START - HOUR, nextHeadsAt: START - 50 * MINUTE },
      }),
      dueTurn({
        ...base,
        tenantId: 'large',
        pace: { isFilled: true, headsAt: START - 12 * HOUR, nextHeadsAt: START - HOUR },
      }),
      dueTurn({ ...base, tenantId: 'new', pace: unpaced }),
    ].flatMap(turn => turn ?? []);
    expect(pickTurns(due, 4).map(({ tenantId }) => tenantId)).toEqual(['new', 'small', 'large']);
    expect(pickTurns(due, 0)).toEqual([]);
  });
});
