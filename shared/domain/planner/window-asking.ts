import {
  CADENCE,
  compareInstants,
  gapsWithin,
  isAnswered,
  outcomeOf,
  POINTS_A_LIST,
  searchBefore,
  toInstant,
  toInstantText,
  toUnitAnswers,
} from '../knowledge/index.ts';
import type { Question, SeenPoint, ServiceTraits, Stretch, UnitAnswer } from '../knowledge/index.ts';
import type { UnitId, UnitKind } from '../protection-unit.ts';
import { DAY, MINUTE, toIso, WEEK } from '../time.ts';
import type { UtcSeconds } from '../time.ts';
import type { Reply } from './asking.ts';

/** The asking for every point of one unit in a window (the day ruler), over a few rounds. A value. */
export interface WindowAsking {
  readonly unitId: UnitId;
  readonly window: Stretch;
  /** What need not be asked (again): proven before, or told by an answer of this asking, or given up. */
  readonly covered: readonly Stretch[];
  /** Seconds between points; `undefined` until a probe tells, `Infinity` where it could not. */
  readonly spacing: number | undefined;
  readonly inOneRound: boolean;
  /** How to go on from the top of a gap, where a list from there is not the way. */
  readonly tops: ReadonlyMap<UtcSeconds, Top>;
}

/** What was tried from the top of a gap, and how to ask next. */
export interface Top {
  readonly tries: number;
  readonly ask: 'list' | 'search';
  /** The bound of a list to the tick, where five points of one second hide the others of it. */
  readonly boundText?: string;
}

export interface WindowQuestion {
  readonly question: Question;
  /** The second that it asks before. */
  readonly top: UtcSeconds;
}

export interface WindowRound {
  /** Ask all of them, side by side. Empty: nothing is left that asking could fill. */
  readonly questions: readonly WindowQuestion[];
  readonly asking: WindowAsking;
}

const TRIES = 3;
const FRESH_TOP: Top = { tries: 0, ask: 'list' };
/**
 * A list of five and a second one from its oldest point (which it meets again) cover eight spacings, wherever the bound falls between two points.
 */
const SPACINGS_OF_TWO_LISTS = 8;
/** One list covers four spacings; a little less leaves room for points that come late. */
const SPACINGS_OF_ONE_LIST = 3.6;
const DENSE_PERIOD = 14 * DAY;

/** The documented seconds between points of a unit at a time: ten minutes for two weeks, then weekly; mailboxes ten minutes throughout. */
export function documentedSpacing(kind: UnitKind, at: UtcSeconds, now: UtcSeconds): number {
  return kind === 'mailbox' || now - at <= DENSE_PERIOD ? 10 * MINUTE : WEEK;
}

/**
 * Begins the asking for a window.
 *
 * @param proven the stretches of the window proven already (`spansOf`)
 * @param options `spacing`: seconds between points where it can be relied on (the last fortnight), else a probe finds it;
 * `inOneRound`: some more questions, but one round trip
 */
export function startWindow(
  unitId: UnitId,
  window: Stretch,
  proven: readonly Stretch[],
  options: { readonly spacing?: number; readonly inOneRound?: boolean },
): WindowAsking {
  return {
    unitId,
    window,
    covered: proven,
    spacing: options.spacing,
    inOneRound: options.inOneRound ?? false,
    tops: new Map(),
  };
}

/** What to ask next. Call it after the answers of the round before were applied, with the traits that they changed. */
export function nextWindowRound(asking: WindowAsking, traits: ServiceTraits): WindowRound {
  const gaps = gapsWithin(asking.covered, asking.window);
  const highest = gaps.at(-1);
  if (highest === undefined) return { questions: [], asking };
  const spacing = asking.spacing;
  const questions: WindowQuestion[] = [];
  for (const gap of spacing === undefined ? [highest] : gaps) {
    const step = Math.max(
      1,
      Math.floor((spacing ?? Infinity) * (asking.inOneRound ? SPACINGS_OF_ONE_LIST : SPACINGS_OF_TWO_LISTS)),
    );
    for (let top = gap.to; top > gap.from; top -= step) questions.push({ question: ask(asking, top, traits), top });
  }
  return { questions, asking };
}

function ask(asking: WindowAsking, top: UtcSeconds, traits: ServiceTraits): Question {
  const how = asking.tops.get(top) ?? FRESH_TOP;
  return how.ask === 'list'
    ? { form: 'list', unitId: asking.unitId, before: how.boundText ?? toIso(top) }
    : searchBefore([asking.unitId], 'any', top, traits);
}

/** Takes down what a round's questions brought. `replies[i]` belongs to `round.questions[i]`; a missing one counts as failed. */
export function afterWindowRound(round: WindowRound, replies: readonly Reply[]): WindowAsking {
  const { asking } = round;
  const covered = [...asking.covered];
  const tops = new Map(asking.tops);
  const spacings: number[] = [];
  for (const [index, { top }] of round.questions.entries()) {
    const reply = replies[index] ?? 'failed';
    const answer = reply === 'failed' ? undefined : toUnitAnswers(reply).find(one => one.unitId === asking.unitId);
    const step =
      answer === undefined || !isAnswered(answer)
        ? { next: undefined }
        : stepOf(answer, top, asking.tops.get(top)?.boundText);
    if (step.covered !== undefined) covered.push(step.covered);
    if (step.next !== undefined) tops.set(step.next.at, step.next.how);
    else if (step.covered === undefined) {
      const tried = asking.tops.get(top) ?? FRESH_TOP;
      const tries = tried.tries + 1;
      if (tries < TRIES) tops.set(top, { tries, ask: 'search' });
      // Nothing more can be had from here: the rest of the gap stays as it is.
      else covered.push(gapBelow(covered, asking.window, top));
    }
    const spacing = answer === undefined ? undefined : spacingOf(answer);
    if (spacing !== undefined) spacings.push(spacing);
  }
  const seen = spacings.length === 0 ? Infinity : Math.max(...spacings);
  return { ...asking, covered, tops, spacing: Math.min(asking.spacing ?? Infinity, seen), inOneRound: false };
}

interface Step {
  readonly covered?: Stretch;
  readonly next: { readonly at: UtcSeconds; readonly how: Top } | undefined;
}

function stepOf(answer: UnitAnswer, top: UtcSeconds, boundText: string | undefined): Step {
  if (answer.noResult) return { covered: { from: 0, to: top }, next: undefined };
  if (outcomeOf(answer) !== 'answered') return { next: undefined };
  const oldest = answer.points.at(-1);
  if (oldest === undefined) return { next: undefined };
  const below = oldest.at + 1;
  if (answer.question.form === 'search') {
    // The second of the point itself was covered from above or is asked next; from a point right below the top one goes on beneath it.
    return below < top
      ? { covered: { from: below, to: top }, next: undefined }
      : { covered: { from: oldest.at, to: top }, next: { at: oldest.at, how: { tries: 0, ask: 'search' } } };
  }
  if (answer.points.length < POINTS_A_LIST) {
    // Fewer than five does not mean that there are no more; what lies below, a search must tell.
    return { covered: { from: oldest.at, to: top }, next: { at: oldest.at, how: { tries: 0, ask: 'search' } } };
  }
  if (below < top) return { covered: { from: below, to: top }, next: undefined };
  // All five share the second below the top. The others of that second show only below the oldest of these, to the tick.
  const bound = toInstant(boundText);
  if (bound !== undefined && compareInstants(oldest, bound) >= 0) return { next: undefined };
  return { next: { at: top, how: { tries: 0, ask: 'list', boundText: toInstantText(oldest) } } };
}

function gapBelow(covered: readonly Stretch[], window: Stretch, top: UtcSeconds): Stretch {
  const gap = gapsWithin(covered, window).find(one => one.from < top && top <= one.to);
  return { from: gap?.from ?? top - 1, to: top };
}

function spacingOf(answer: UnitAnswer): number | undefined {
  const newest: SeenPoint | undefined = answer.points[0];
  const oldest = answer.points.at(-1);
  if (newest === undefined || oldest === undefined || answer.points.length < 2) return undefined;
  // Points closer than the cadence are a burst: planned by its spacing, a day would take thousands of questions.
  return Math.max(CADENCE, (newest.at - oldest.at) / (answer.points.length - 1));
}

/** About how many questions the gaps of a window take, by the documented cadence. */
export function estimateWindow(gaps: readonly Stretch[], kind: UnitKind, now: UtcSeconds): number {
  const dense = { from: now - DENSE_PERIOD, to: now + DAY };
  return gaps.reduce((sum, gap) => {
    const parts = [
      { from: gap.from, to: Math.min(gap.to, dense.from) },
      { from: Math.max(gap.from, dense.from), to: gap.to },
    ];
    return parts.reduce((ofGap, part) => ofGap + questionsFor(part, documentedSpacing(kind, part.from, now)), sum);
  }, 0);
}

function questionsFor({ from, to }: Stretch, spacing: number): number {
  return from >= to ? 0 : Math.ceil((to - from) / (spacing * (SPACINGS_OF_TWO_LISTS / 2)));
}
