import { outcomeOf, searchBefore, toUnitAnswers, UNITS_A_SEARCH } from '../knowledge/index.ts';
import type { Answer, PointKind, Question, ServiceTraits } from '../knowledge/index.ts';
import { HOUR, toIso } from '../time.ts';
import type { UtcSeconds } from '../time.ts';
import { packSearches } from './pack-searches.ts';
import type { Packable } from './pack-searches.ts';
import type { KnowledgeView, Want } from './want.ts';

/**
 * How a want stands. `open`: asked by search. `listed`: searches told nothing (or nothing before its time), asked by list. The others end
 * it. `settled`: known. `answered`: the service spoke of the unit, and what it said is all there is to get now.
 * `unanswered`: neither searches nor a list told anything. `failed`: its requests failed.
 */
export type WantState = 'open' | 'listed' | 'settled' | 'answered' | 'unanswered' | 'failed';

/** How one want stands, and what was tried for it. */
export interface Standing {
  readonly state: WantState;
  /** Searches for it that answered nobody at all. */
  readonly strikes: number;
  /** Searches that brought a point which is not before its time. */
  readonly misses: number;
  readonly failures: number;
}

/** The asking of some wants, over as many rounds as the service makes necessary. A value: each round makes a new one. */
export interface Asking {
  readonly wants: readonly Want[];
  /** `standings[i]` belongs to `wants[i]`. */
  readonly standings: readonly Standing[];
}

/** One question of a round, and the wants (by their place in `Asking.wants`) that its answer should settle. */
export interface PlannedQuestion {
  readonly question: Question;
  readonly wants: readonly number[];
}

export interface Round {
  /** Ask all of them, side by side. Empty: nothing is left to ask. */
  readonly questions: readonly PlannedQuestion[];
  readonly asking: Asking;
}

/** What became of a planned question: the service's answer, or `failed` when none could be had. */
export type Reply = Answer | 'failed';

/** What it costs to make wants certain, said before asking: "14 units, 1 question". */
export interface Cost {
  readonly units: number;
  readonly questions: number;
}

const STRIKES = 3;
const FAILURES = 3;
/** After each failure a want is asked with fewer others, at last alone: one unit that the service refuses fails its whole search. */
const SMALLER_AFTER_FAILURE = 4;
const UNTRIED: Standing = { state: 'open', strikes: 0, misses: 0, failures: 0 };

/** Begins the asking of wants. */
export function startAsking(wants: readonly Want[]): Asking {
  return { wants, standings: wants.map(() => UNTRIED) };
}

/**
 * The fewest questions that settle what is still open. Call it after the answers of the round before were applied to
 * the knowledge, with the traits that they changed.
 *
 * @param now the tenant's service time
 */
export function nextRound(asking: Asking, view: KnowledgeView, traits: ServiceTraits, now: UtcSeconds): Round {
  const standings = [...asking.standings];
  /** Wants to be packed together, by kind and number of failures. */
  const searched = new Map<
    string,
    { readonly kind: PointKind; readonly failures: number; readonly wants: Packable[] }
  >();
  const lists = new Map<string, PlannedQuestion>();
  for (const [index, want] of asking.wants.entries()) {
    const standing = standings[index];
    if (standing === undefined || (standing.state !== 'open' && standing.state !== 'listed')) continue;
    const { settled, emptyFrom } = view(want);
    if (settled) {
      standings[index] = { ...standing, state: 'settled' };
      continue;
    }
    // A time still to come is asked about without a bound: what counts is the newest there is.
    const before = want.before === undefined || want.before > now ? undefined : want.before;
    if (standing.state === 'listed') {
      // Graph refuses a list without an upper bound.
      const question = { form: 'list', unitId: want.unitId, before: toIso(before ?? now + HOUR) } as const;
      const key = `${want.unitId} ${question.before}`;
      lists.set(key, { question, wants: [...(lists.get(key)?.wants ?? []), index] });
      continue;
    }
    const to = before ?? Infinity;
    const packable = {
      unitId: want.unitId,
      from: Math.min(before === undefined ? to : emptyFrom, to),
      to,
      want: index,
    };
    const key = `${want.kind} ${standing.failures}`;
    const group = searched.get(key);
    if (group !== undefined) group.wants.push(packable);
    else searched.set(key, { kind: want.kind, failures: standing.failures, wants: [packable] });
  }
  const questions: PlannedQuestion[] = [];
  for (const { kind, failures, wants } of searched.values()) {
    for (const pack of packSearches(wants, capacityOf(traits, failures))) {
      const before = pack.end === Infinity ? undefined : pack.end;
      questions.push({ question: searchBefore(pack.unitIds, kind, before, traits), wants: pack.wants });
    }
  }
  return { questions: [...questions, ...lists.values()], asking: { wants: asking.wants, standings } };
}

function capacityOf(traits: ServiceTraits, failures: number): number {
  const units = Math.min(UNITS_A_SEARCH, traits.answersPerSearch ?? UNITS_A_SEARCH);
  return Math.max(1, Math.floor(units / SMALLER_AFTER_FAILURE ** failures));
}

/** Takes down what a round's questions brought. `replies[i]` belongs to `round.questions[i]`; a missing one counts as failed. */
export function afterRound(round: Round, replies: readonly Reply[]): Asking {
  const standings = [...round.asking.standings];
  for (const [at, planned] of round.questions.entries()) {
    const reply = replies[at] ?? 'failed';
    const outcomes = reply === 'failed' ? undefined : outcomesOf(reply);
    for (const index of planned.wants) {
      const standing = standings[index];
      const unitId = round.asking.wants[index]?.unitId;
      if (standing === undefined || unitId === undefined) continue;
      standings[index] = outcomes === undefined ? afterFailure(standing) : afterReply(standing, unitId, outcomes);
    }
  }
  return { wants: round.asking.wants, standings };
}

interface Outcomes {
  readonly form: Question['form'];
  readonly ofUnit: ReadonlyMap<string, ReturnType<typeof outcomeOf>>;
  readonly answeredNobody: boolean;
}

function outcomesOf(answer: Answer): Outcomes {
  const ofUnit = new Map(toUnitAnswers(answer).map(one => [one.unitId, outcomeOf(one)]));
  return {
    form: answer.question.form,
    ofUnit,
    answeredNobody: [...ofUnit.values()].every(outcome => outcome === 'unanswered'),
  };
}

function afterFailure(standing: Standing): Standing {
  const failures = standing.failures + 1;
  return failures < FAILURES ? { ...standing, failures } : { ...standing, failures, state: 'failed' };
}

function afterReply(standing: Standing, unitId: string, { form, ofUnit, answeredNobody }: Outcomes): Standing {
  const outcome = ofUnit.get(unitId) ?? 'unanswered';
  if (outcome === 'answered') return { ...standing, state: 'answered' };
  if (form === 'list') return { ...standing, state: 'unanswered' };
  if (outcome === 'atOrAfterBound') {
    // The first time the end may have turned out to be closed: the next search ends a tick earlier. The second time a list must tell.
    const misses = standing.misses + 1;
    return { ...standing, misses, state: misses < 2 ? 'open' : 'listed' };
  }
  if (!answeredNobody) return standing;
  const strikes = standing.strikes + 1;
  return { ...standing, strikes, state: strikes < STRIKES ? 'open' : 'listed' };
}

/** The questions for wants if they were asked now: the first round. */
export function planQuestions(
  wants: readonly Want[],
  view: KnowledgeView,
  traits: ServiceTraits,
  now: UtcSeconds,
): readonly Question[] {
  return nextRound(startAsking(wants), view, traits, now).questions.map(({ question }) => question);
}

/** The cost of making wants certain, by the same plan that would be asked. */
export function estimateCost(
  wants: readonly Want[],
  view: KnowledgeView,
  traits: ServiceTraits,
  now: UtcSeconds,
): Cost {
  const { questions } = nextRound(startAsking(wants), view, traits, now);
  const units = new Set(questions.flatMap(planned => planned.wants.map(index => wants[index]?.unitId)));
  return { units: units.size, questions: questions.length };
}
