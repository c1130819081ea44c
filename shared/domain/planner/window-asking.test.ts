import { describe, expect, it } from 'vitest';
import { aPoint, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { MemoryCatalog } from '../../testing/memory-catalog.ts';
import { seededRandom } from '../../testing/seeded-random.ts';
import { ServiceModel } from '../../testing/service-model.ts';
import { initialTraits, toInstantText } from '../knowledge/index.ts';
import type { Question } from '../knowledge/index.ts';
import { DAY, HOUR, MINUTE, WEEK } from '../time.ts';
import { afterWindowRound, documentedSpacing, estimateWindow, nextWindowRound, startWindow } from './window-asking.ts';
import type { WindowAsking } from './window-asking.ts';

const habits = { closedEnd: true, closedStart: true, fivePointsInAll: false, listLimitsFirst: true, roundTrip: 0 };

/** A unit `u` with points at some times, asked about a window; what was asked, and what is known of the window afterwards. */
function ask(
  times: readonly number[],
  window: { from: number; to: number },
  options: Parameters<typeof startWindow>[3],
  keptFor = 400 * DAY,
  purgeLag = 0,
) {
  const service = new ServiceModel(D + DAY, habits, seededRandom(3));
  for (const at of times)
    service.addPoint('u', { at: Math.floor(at), ticks: Math.round((at % 1) * 1e7) }, keptFor, 0, Infinity, purgeLag);
  const catalog = new MemoryCatalog();
  let asking = startWindow('u', window, [], options);
  const rounds: Question[][] = [];
  for (;;) {
    const round = nextWindowRound(asking, catalog.traits);
    if (round.questions.length === 0) break;
    rounds.push(round.questions.map(({ question }) => question));
    if (rounds.length > 100) throw new Error('the asking of a window does not end');
    const replies = round.questions.map(({ question }) => service.ask(question).answer);
    for (const answer of replies) catalog.apply(answer, service.now);
    asking = afterWindowRound(round, replies);
  }
  const spans = catalog.spans('u', 'any', window, service.now);
  const unproven = spans.filter(span => span.state !== 'proven').reduce((sum, span) => sum + span.to - span.from, 0);
  return {
    rounds,
    unproven,
    points: spans.reduce((sum, span) => sum + span.points, 0),
    sizes: rounds.map(round => round.length),
  };
}

const every = (step: number, from: number, to: number, phase: number): number[] => {
  const times: number[] = [];
  for (let at = from + phase; at < to; at += step) times.push(at);
  return times;
};

describe('a day of ten-minute points', () => {
  const window = { from: D - DAY, to: D };

  it('is known in two round trips, wherever the points lie between the bounds', () => {
    for (const phase of [0, 1, 59, 300, 599]) {
      const { sizes, unproven, points } = ask(every(600, D - 2 * DAY, D + HOUR, phase), window, { spacing: 600 });
      expect(sizes).toEqual([18, 18]);
      expect(unproven).toBe(0);
      expect(points).toBe(144);
    }
  });

  it('is known in one, with a few questions more', () => {
    const { sizes, unproven, points } = ask(every(600, D - 2 * DAY, D + HOUR, 59), window, {
      spacing: 600,
      inOneRound: true,
    });
    expect(sizes).toEqual([40]);
    expect(unproven).toBe(0);
    expect(points).toBe(144);
  });

  it('asks nothing where it is proven already, and below it only what is missing', () => {
    expect(nextWindowRound(startWindow('u', window, [window], { spacing: 600 }), initialTraits).questions).toEqual([]);
    const half = startWindow('u', window, [{ from: D - DAY / 2, to: D }], { spacing: 600 });
    expect(nextWindowRound(half, initialTraits).questions.map(({ top }) => top)).toEqual(
      Array.from({ length: 9 }, (_, index) => D - DAY / 2 - index * 80 * MINUTE),
    );
  });
});

describe('an older stretch', () => {
  it('is probed once, then asked in steps of eight spacings', () => {
    const window = { from: D - 40 * WEEK, to: D };
    const { sizes, unproven, points } = ask(every(WEEK, D - 60 * WEEK, D, 999), window, {}, 500 * DAY);
    expect(sizes).toEqual([1, 5, 4]);
    expect(unproven).toBe(0);
    expect(points).toBe(40);
  });

  it('is probed at its top alone, however many gaps it has', () => {
    const asking = startWindow('u', { from: D - 40 * WEEK, to: D }, [{ from: D - 9 * WEEK, to: D - 8 * WEEK }], {});
    expect(nextWindowRound(asking, initialTraits).questions.map(({ top }) => top)).toEqual([D]);
  });

  it('without a point in it is one list and one search', () => {
    const { rounds, unproven } = ask([], { from: D - DAY, to: D }, {});
    expect(rounds.flat().map(question => question.form)).toEqual(['list', 'search']);
    expect(unproven).toBe(0);
  });

  it('is searched where a list tells fewer than five, since that means nothing', () => {
    // The service takes its five from expired points still in store, then drops them.
    const dead = every(600, D - 4 * HOUR, D - HOUR, 7);
    const service = ask(
      [...dead, D - 30 * HOUR],
      { from: D - 40 * HOUR, to: D },
      { spacing: 600 },
      DAY + 2 * HOUR,
      90 * DAY,
    );
    expect(service.rounds.flat().some(question => question.form === 'search')).toBe(true);
  });
});

describe('the walk back', () => {
  it('bounds the next list one second after the oldest point, so that no twin is lost', () => {
    // The fifth and sixth of these share a second; the list shows the fifth only.
    const times = [D - 10, D - 20, D - 30, D - 40, D - 49.5, D - 49.9, D - 60, D - 70];
    const { rounds, points, unproven } = ask(times, { from: D - 100, to: D }, {});
    expect(rounds[1]?.[0]).toEqual({ form: 'list', unitId: 'u', before: toInstantText({ at: D - 49, ticks: 0 }) });
    expect(points).toBe(8);
    expect(unproven).toBeLessThanOrEqual(2);
  });

  it('bounds it to the tick where all five share a second', () => {
    const burst = Array.from({ length: 12 }, (_, index) => D - 50 + index / 20);
    const { rounds, points } = ask([...burst, D - 80], { from: D - 100, to: D }, {});
    expect(points).toBe(13);
    expect(rounds.flat().some(question => question.form === 'list' && question.before.includes('.'))).toBe(true);
  });
});

describe('the asking of a window', () => {
  const window = { from: D - DAY, to: D };

  it('ends whatever a hostile service does', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const random = seededRandom(seed);
      let asking: WindowAsking = startWindow('u', window, [], random.chance(0.5) ? { spacing: 600 } : {});
      let rounds = 0;
      for (;;) {
        const round = nextWindowRound(asking, initialTraits);
        if (round.questions.length === 0) break;
        rounds += 1;
        expect(rounds).toBeLessThan(2_000);
        asking = afterWindowRound(
          round,
          round.questions.map(({ question, top }) => {
            if (random.chance(0.2)) return 'failed';
            const count = random.pick([0, 0, 1, 5]);
            const at = top - random.pick([1, 1, 600, 9_000]) + random.pick([0, 0, 2]);
            const points = Array.from({ length: count }, (_, index) =>
              aPoint(at - (count === 5 ? 0 : index), { ticks: 5 - index, id: `${index}` }),
            );
            return { question, askedAt: D, points, noResultUnitIds: random.chance(0.05) ? ['u'] : [] };
          }),
        );
      }
    }
  });

  it('takes a burst for no cadence: never more questions than for ten-minute points', () => {
    const burst = Array.from({ length: 9 }, (_, index) => D - 50 + index / 20);
    const { sizes } = ask([...burst, ...every(600, D - DAY, D - 100, 3)], window, {});
    expect(Math.max(...sizes)).toBeLessThanOrEqual(18);
  });

  it('gives up a gap after three fruitless tries', () => {
    let asking = startWindow('u', window, [], { spacing: DAY });
    const forms: string[] = [];
    for (;;) {
      const round = nextWindowRound(asking, initialTraits);
      if (round.questions.length === 0) break;
      forms.push(...round.questions.map(({ question }) => question.form));
      asking = afterWindowRound(round, []);
    }
    expect(forms).toEqual(['list', 'search', 'search']);
  });
});

describe('what a window costs', () => {
  it('follows the documented spacing', () => {
    const now = D;
    expect(documentedSpacing('site', now - 14 * DAY, now)).toBe(600);
    expect(documentedSpacing('site', now - 14 * DAY - 1, now)).toBe(WEEK);
    expect(documentedSpacing('mailbox', now - 300 * DAY, now)).toBe(600);
    expect(estimateWindow([{ from: now - DAY, to: now }], 'site', now)).toBe(36);
    expect(estimateWindow([{ from: now - 100 * DAY, to: now - 99 * DAY }], 'drive', now)).toBe(1);
    expect(estimateWindow([], 'drive', now)).toBe(0);
  });
});
