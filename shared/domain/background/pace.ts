import type { UnitId } from '../protection-unit.ts';
import { DAY } from '../time.ts';
import type { UtcSeconds } from '../time.ts';
import type { Landmark } from './landmarks.ts';

/** How far the background sync of a tenant is. Times are the tenant's service time. */
export interface Pace {
  /** When the last turn for the newest points began, and when the next is due. Absent before the first. */
  readonly headsAt?: UtcSeconds;
  readonly nextHeadsAt?: UtcSeconds;
  /** A round over all units is not at its end: the last unit that it has asked about, `''` at its beginning. */
  readonly headsAfter?: UnitId;
  /** Every unit was asked about at least once. */
  readonly isFilled: boolean;
  /** When the next turn for a landmark is due. */
  readonly nextLandmarksAt?: UtcSeconds;
  /** A landmark that is not asked to its end, and the last unit that was asked about. */
  readonly openLandmark?: Landmark & { readonly after: UnitId };
}

export const unpaced: Pace = { isFilled: false };

/** Questions a day for the newest points, and for landmarks while there are some to ask. */
export interface Shares {
  readonly heads: number;
  readonly landmarks: number;
}

/** A quarter of the budget is kept for landmarks where they are wanted; the newest points go first with all the rest. */
export function sharesOf(budget: number, asksLandmarks: boolean): Shares {
  const landmarks = asksLandmarks ? Math.floor(budget / 4) : 0;
  return { heads: budget - landmarks, landmarks };
}

/** How long to wait after so many questions, so that the day's share lasts the day. */
function restAfter(questions: number, share: number): number {
  return share <= 0 ? DAY : Math.ceil((questions * DAY) / share);
}

/**
 * The pace after a turn for the newest points.
 *
 * @param turn `after`: where the round goes on; absent where it is through
 * @param cadence the least seconds from one round to the next
 */
export function afterHeads(
  pace: Pace,
  turn: { readonly begunAt: UtcSeconds; readonly questions: number; readonly after?: UnitId | undefined },
  shares: Shares,
  cadence: number,
): Pace {
  const { begunAt, questions, after } = turn;
  const { headsAfter: _, ...rest } = pace;
  const isFilled = pace.isFilled || after === undefined;
  const wait = restAfter(questions, shares.heads);
  // A tenant of which little is known yet is not kept waiting within its first round; the budget alone holds it back.
  const nextHeadsAt = begunAt + (after === undefined ? Math.max(cadence, wait) : isFilled ? wait : 0);
  return { ...rest, isFilled, headsAt: begunAt, nextHeadsAt, ...(after === undefined ? {} : { headsAfter: after }) };
}

/** The pace after a turn for a landmark. `open`: it is not asked to its end. */
export function afterLandmark(
  pace: Pace,
  turn: {
    readonly begunAt: UtcSeconds;
    readonly questions: number;
    readonly open?: Pace['openLandmark'];
  },
  shares: Shares,
): Pace {
  const { openLandmark: _, ...rest } = pace;
  return {
    ...rest,
    nextLandmarksAt: turn.begunAt + restAfter(turn.questions, shares.landmarks),
    ...(turn.open === undefined ? {} : { openLandmark: turn.open }),
  };
}
