import { describe, expect, it } from 'vitest';
import { aPoint, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { MemoryCatalog } from '../../testing/memory-catalog.ts';
import { seededRandom } from '../../testing/seeded-random.ts';
import { ServiceModel } from '../../testing/service-model.ts';
import type { ServiceHabits } from '../../testing/service-model.ts';
import { initialTraits, unitsAsked } from '../knowledge/index.ts';
import type { Answer, PointKind, Question } from '../knowledge/index.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import { afterRound, estimateCost, nextRound, planQuestions, startAsking } from './asking.ts';
import type { Asking, Reply, Round } from './asking.ts';
import { toBatches } from './batches.ts';
import type { KnowledgeView, Want } from './want.ts';

const unknown: KnowledgeView = want => ({
  verdict: { certainty: 'notAsked' },
  settled: false,
  emptyFrom: want.before ?? D,
});
const wantsOf = (count: number, kind: PointKind = 'any', before: number | undefined = D): Want[] =>
  Array.from({ length: count }, (_, index) => ({
    unitId: `u${index}`,
    kind,
    ...(before === undefined ? {} : { before }),
  }));
const headsOf = (count: number): Want[] =>
  Array.from({ length: count }, (_, index) => ({ unitId: `u${index}`, kind: 'any' }));
const now = D + DAY;
const say = (question: Question, over: Partial<Answer>): Answer => ({
  question,
  askedAt: now,
  points: [],
  noResultUnitIds: [],
  ...over,
});

/** Runs an asking to its end against something that replies to questions; knowledge never changes. */
function runAgainst(
  wants: readonly Want[],
  reply: (question: Question, round: number) => Reply,
  limit = 60,
): { asking: Asking; rounds: Round[] } {
  let asking = startAsking(wants);
  const rounds: Round[] = [];
  for (let index = 0; index < limit; index += 1) {
    const round = nextRound(asking, unknown, initialTraits, now);
    if (round.questions.length === 0) return { asking: round.asking, rounds };
    rounds.push(round);
    asking = afterRound(
      round,
      round.questions.map(({ question }) => reply(question, index)),
    );
  }
  throw new Error(`not ended after ${limit} rounds`);
}

describe('the questions of a first round', () => {
  it('ask twenty units of one kind a search', () => {
    const questions = planQuestions([...wantsOf(45), ...wantsOf(3, 'fast')], unknown, initialTraits, now);
    expect(questions.map(question => unitsAsked(question).length)).toEqual([20, 20, 5, 3]);
    expect(questions.map(question => question.form === 'search' && question.kind)).toEqual([
      'any',
      'any',
      'any',
      'fast',
    ]);
  });

  it('ask five units a search once the tenant is known to answer no more', () => {
    const questions = planQuestions(wantsOf(12), unknown, { ...initialTraits, answersPerSearch: 5 }, now);
    expect(questions.map(question => unitsAsked(question).length)).toEqual([5, 5, 2]);
  });

  it('ask nothing that is settled', () => {
    const known: KnowledgeView = want => ({
      verdict: { certainty: 'none' },
      settled: want.unitId !== 'u3',
      emptyFrom: D,
    });
    expect(planQuestions(wantsOf(30), known, initialTraits, now).map(unitsAsked)).toEqual([['u3']]);
  });

  it('have no end for heads and for times to come', () => {
    const questions = planQuestions(
      [...headsOf(2), { unitId: 'u9', kind: 'any', before: now + HOUR }],
      unknown,
      initialTraits,
      now,
    );
    expect(questions).toHaveLength(1);
    expect(questions[0]).not.toHaveProperty('end');
  });

  it('end in the proven-empty stretch before each time', () => {
    const emptied: KnowledgeView = want => ({
      verdict: { certainty: 'notAsked' },
      settled: false,
      emptyFrom: (want.before ?? D) - 100,
    });
    const wants: Want[] = [
      { unitId: 'a', kind: 'any', before: D },
      { unitId: 'b', kind: 'any', before: D - 100 },
    ];
    expect(planQuestions(wants, emptied, initialTraits, now)).toMatchObject([{ before: D - 100, unitIds: ['b', 'a'] }]);
    expect(planQuestions(wants, unknown, initialTraits, now)).toHaveLength(2);
  });

  it('cost what the plan says', () => {
    expect(estimateCost(wantsOf(14), unknown, initialTraits, now)).toEqual({ units: 14, questions: 1 });
    expect(estimateCost([...wantsOf(14), ...wantsOf(14, 'fast')], unknown, initialTraits, now)).toEqual({
      units: 14,
      questions: 2,
    });
    expect(estimateCost([], unknown, initialTraits, now)).toEqual({ units: 0, questions: 0 });
  });
});

describe('the rounds after it', () => {
  it('ask again only the units that were not answered', () => {
    const { asking, rounds } = runAgainst(wantsOf(12), question =>
      say(question, {
        points: unitsAsked(question)
          .slice(0, 5)
          .map(unitId => aPoint(D - 9, { unitId })),
      }),
    );
    expect(rounds.map(round => round.questions.map(({ question }) => unitsAsked(question).length))).toEqual([
      [12],
      [7],
      [2],
    ]);
    expect(asking.standings.every(standing => standing.state === 'answered')).toBe(true);
  });

  it('turn to a list after three searches that answered nobody, and end after that', () => {
    const { asking, rounds } = runAgainst(wantsOf(1), question => say(question, {}));
    expect(rounds.map(round => round.questions[0]?.question.form)).toEqual(['search', 'search', 'search', 'list']);
    expect(rounds[3]?.questions[0]?.question).toMatchObject({ unitId: 'u0' });
    expect(asking.standings[0]?.state).toBe('unanswered');
  });

  it('count no strike against a unit while others of its search are answered', () => {
    const { rounds } = runAgainst(wantsOf(5), question =>
      say(question, {
        noResultUnitIds: unitsAsked(question).slice(
          0,
          unitsAsked(question).includes('u4') && unitsAsked(question).length > 1 ? 1 : 0,
        ),
      }),
    );
    // Four rounds answer one unit each, then three searches for the last one answer nobody, then its list.
    expect(rounds).toHaveLength(8);
    expect(rounds[7]?.questions[0]?.question.form).toBe('list');
  });

  it('end with what a list told', () => {
    const { asking } = runAgainst(headsOf(1), question =>
      say(question, question.form === 'list' ? { points: [aPoint(D - 9, { unitId: 'u0' })] } : {}),
    );
    expect(asking.standings[0]?.state).toBe('answered');
  });

  it('bound the list for a head an hour ahead, as the service wants a bound', () => {
    const { rounds } = runAgainst(headsOf(1), question => say(question, {}));
    const last = rounds.at(-1)?.questions[0]?.question;
    expect(last?.form === 'list' && Date.parse(last.before) / 1000).toBe(now + HOUR);
  });

  it('ask one list for both kinds', () => {
    const { rounds } = runAgainst([...wantsOf(1), ...wantsOf(1, 'fast')], question => say(question, {}));
    expect(rounds.at(-1)?.questions).toMatchObject([{ wants: [0, 1] }]);
  });

  it('ask by search once more, then by list, where a point at or after the time comes back', () => {
    const { rounds } = runAgainst(wantsOf(1), question => say(question, { points: [aPoint(D + 5, { unitId: 'u0' })] }));
    expect(rounds.map(round => round.questions[0]?.question.form)).toEqual(['search', 'search', 'list']);
  });

  it('ask with ever fewer units after a failure, so that one refused unit fails alone', () => {
    const { asking, rounds } = runAgainst(wantsOf(20), question =>
      unitsAsked(question).includes('u7') ? 'failed' : say(question, { noResultUnitIds: unitsAsked(question) }),
    );
    expect(rounds.map(round => round.questions.map(({ question }) => unitsAsked(question).length))).toEqual([
      [20],
      [5, 5, 5, 5],
      [1, 1, 1, 1, 1],
    ]);
    expect(asking.standings.map(standing => standing.state).filter(state => state === 'failed')).toHaveLength(1);
    expect(asking.standings[7]?.state).toBe('failed');
  });

  it('take a missing reply for a failure', () => {
    const round = nextRound(startAsking(wantsOf(1)), unknown, initialTraits, now);
    expect(afterRound(round, []).standings[0]).toMatchObject({ state: 'open', failures: 1 });
  });

  it('end whatever a hostile service does', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = seededRandom(seed);
      const wants = [...wantsOf(random.int(1, 25)), ...wantsOf(random.int(0, 8), 'fast'), ...headsOf(random.int(0, 8))];
      const { asking } = runAgainst(
        wants,
        question => {
          if (random.chance(0.2)) return 'failed';
          const some = unitsAsked(question).filter(() => random.chance(0.2));
          const points = some.map(unitId => aPoint(D + random.int(-50, 20), { unitId, ticks: random.pick([0, 5]) }));
          const others = unitsAsked(question).filter(() => random.chance(0.1));
          return say(question, { points, noResultUnitIds: [...others, 'stranger'] });
        },
        200,
      );
      for (const { state } of asking.standings) expect(['answered', 'unanswered', 'failed']).toContain(state);
    }
  });
});

describe('against the service model', () => {
  /** Units with a point every ten minutes for half a day, one exactly at D in some, and an empty catalog. */
  function tenantOf(units: number, habits: Partial<ServiceHabits> = {}) {
    const random = seededRandom(7);
    const service = new ServiceModel(
      D + DAY,
      { closedEnd: true, closedStart: true, fivePointsInAll: false, listLimitsFirst: true, roundTrip: 0, ...habits },
      random,
    );
    for (let unit = 0; unit < units; unit += 1) {
      for (let at = D - 12 * HOUR + 60; at < D + DAY; at += 10 * MINUTE)
        service.addPoint(`u${unit}`, { at, ticks: 0 }, 90 * DAY);
    }
    const catalog = new MemoryCatalog();
    const settle = (wants: readonly Want[]): Question[][] => {
      let asking = startAsking(wants);
      const rounds: Question[][] = [];
      for (;;) {
        const round = nextRound(asking, catalog.view(service.now), catalog.traits, service.now);
        if (round.questions.length === 0) return rounds;
        rounds.push(round.questions.map(({ question }) => question));
        const replies = round.questions.map(({ question }) => service.ask(question).answer);
        for (const answer of replies) catalog.apply(answer, service.now);
        asking = afterRound(round, replies);
      }
    };
    return { service, catalog, settle };
  }

  it('heads of 200 units are 10 questions in one round; the same again none; a cadence later 10', () => {
    const { service, settle } = tenantOf(200);
    const heads = headsOf(200);
    expect(settle(heads).map(round => round.length)).toEqual([10]);
    expect(settle(heads)).toEqual([]);
    service.now += 9 * MINUTE;
    expect(settle(heads)).toEqual([]);
    service.now += MINUTE;
    expect(settle(heads).map(round => round.length)).toEqual([10]);
  });

  it('an incident time for 100 units is 5 questions, then none', () => {
    const { settle } = tenantOf(100);
    expect(settle(wantsOf(100)).flat()).toHaveLength(5);
    expect(settle(wantsOf(100))).toEqual([]);
  });

  it('one more where a point lies exactly at the time and ends are closed, and never again', () => {
    const { service, catalog, settle } = tenantOf(100);
    service.addPoint('u3', { at: D, ticks: 0 }, 90 * DAY);
    expect(settle(wantsOf(100)).map(round => round.length)).toEqual([5, 1]);
    expect(catalog.traits.closedEnd).toBe(true);
    service.addPoint('u4', { at: D - HOUR, ticks: 0 }, 90 * DAY);
    expect(settle(wantsOf(100, 'any', D - HOUR)).map(round => round.length)).toEqual([5]);
  });

  it('with five points in all a search: 40 questions for 200 heads, 20 for 100 units at one time', () => {
    const heads = tenantOf(200, { fivePointsInAll: true });
    expect(heads.settle(headsOf(200)).map(round => round.length)).toEqual([10, 30]);
    const before = tenantOf(100, { fivePointsInAll: true });
    expect(before.settle(wantsOf(100)).map(round => round.length)).toEqual([5, 15]);
  });
});

describe('batches', () => {
  it('hold twenty, in order', () => {
    const batches = toBatches(Array.from({ length: 45 }, (_, index) => index));
    expect(batches.map(batch => batch.length)).toEqual([20, 20, 5]);
    expect(batches.flat()).toEqual(Array.from({ length: 45 }, (_, index) => index));
    expect(toBatches([])).toEqual([]);
  });
});
