import type { UtcSeconds } from '../time.ts';
import { compareInstants, oneTickBefore, toInstant } from './instant.ts';
import type { Instant } from './instant.ts';
import { FLOOR_AT } from './known-row.ts';
import type { PointKind } from './known-row.ts';
import { boundOf, outcomeOf } from './question.ts';
import type { SearchQuestion, UnitAnswer } from './question.ts';
import { settlingSeconds } from './service-traits.ts';
import type { ServiceTraits } from './service-traits.ts';
import type { ShownRecord } from './shown-record.ts';

/** That an answer shows all living points of a kind in `[from, to)`. */
export interface Claim {
  readonly from: UtcSeconds;
  readonly to: UtcSeconds;
  /**
   * The point right below the claim, in the second before `from`: no point of its second is later than it.
   * Without it, the second before `from` may hold points nobody has seen.
   */
  readonly above?: Instant;
  /** The claim reaches down to the beginning of time. */
  readonly fromFloor: boolean;
}

/** No real point lies in this second or below: `from` of a claim that reaches the floor. */
const FLOOR_CLAIM = FLOOR_AT + 1;

/** A search's start as a second; `undefined`: the beginning of time. */
function startOf(question: SearchQuestion): UtcSeconds | undefined {
  return toInstant(question.start)?.at;
}

/**
 * The second up to which the answer speaks, before any cut; `Infinity` without a bound. Bounds are floored: of a second asked about in part nothing is claimed.
 */
function spokenTo(answer: UnitAnswer, traits: ServiceTraits): UtcSeconds {
  const { question } = answer;
  const bound = boundOf(question);
  if (question.form === 'list') return bound === undefined ? FLOOR_AT : bound.at;
  if (question.end === undefined) return Infinity;
  const end = toInstant(question.end);
  if (end === undefined) return FLOOR_AT;
  const isTickBefore = question.before !== undefined && compareInstants(end, oneTickBefore(question.before)) === 0;
  // A closed end one tick before a second leaves nothing of the time before that second out; an open one would.
  return question.before !== undefined && isTickBefore && traits.closedEnd ? question.before : end.at;
}

/**
 * What the answer claims about points of a kind, by the table of what an answer proves. Cut at the asked-at less the settling time.
 *
 * An answer about any points speaks for fast ones too (where no point is, no fast one is), cut at *their* settling time,
 * since a point seen there may still gain its tag. An answer about fast points says nothing about others.
 */
export function claimOf(answer: UnitAnswer, kind: PointKind, traits: ServiceTraits): Claim | undefined {
  const { question } = answer;
  if (outcomeOf(answer) !== 'answered') return undefined;
  const to = Math.min(spokenTo(answer, traits), answer.askedAt - settlingSeconds(traits, kind));
  if (question.form === 'list') {
    const oldest = answer.points.at(-1);
    // However few came, nothing is proven below the oldest: the service may limit to five before it drops the expired.
    return oldest === undefined ? undefined : { from: oldest.at + 1, to, above: oldest, fromFloor: false };
  }
  if (question.hasArtifactQuery === true || (question.kind === 'fast' && kind === 'any')) return undefined;
  if (question.kind === 'fast' && answer.points.some(point => !point.fast)) return undefined;
  const start = startOf(question);
  if (answer.noResult) {
    return start === undefined
      ? { from: FLOOR_CLAIM, to, fromFloor: true }
      : { from: Math.max(start, FLOOR_CLAIM) + 1, to, fromFloor: false };
  }
  if (question.prefer === 'newest') {
    const newest = answer.points[0];
    if (newest === undefined || (start !== undefined && newest.at < start)) return undefined;
    return { from: newest.at + 1, to, above: newest, fromFloor: false };
  }
  const oldest = answer.points.at(-1);
  if (oldest === undefined) return undefined;
  return { from: Math.max(start ?? FLOOR_AT, FLOOR_CLAIM) + 1, to: Math.min(to, oldest.at), fromFloor: false };
}

/**
 * What the answer showed of the newest points, uncut: only where it reaches into the time that is not settled yet, since before that the claim says more.
 */
export function shownBy(answer: UnitAnswer, kind: PointKind, traits: ServiceTraits): ShownRecord | undefined {
  const { question, askedAt } = answer;
  if (outcomeOf(answer) !== 'answered') return undefined;
  const to = Math.min(spokenTo(answer, traits), askedAt);
  if (to <= askedAt - settlingSeconds(traits, kind)) return undefined;
  if (question.form === 'search') {
    if (question.prefer !== 'newest' || question.hasArtifactQuery === true) return undefined;
    if (question.kind === 'fast' && kind === 'any') return undefined;
    if (answer.noResult) return startOf(question) === undefined ? { kind, askedAt, from: FLOOR_AT, to } : undefined;
  }
  const bound = boundOf(question);
  const newest = answer.points.find(
    point => (kind === 'any' || point.fast) && (bound === undefined || compareInstants(point, bound) < 0),
  );
  if (newest === undefined) return undefined;
  // The newest of any points shows the newest fast one only if it is that itself; a list shows several in a row.
  if (question.form === 'search' && newest !== answer.points[0]) return undefined;
  return { kind, askedAt, from: newest.at + 1, to, pointId: newest.id };
}
