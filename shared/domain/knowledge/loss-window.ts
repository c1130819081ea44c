import type { UtcSeconds } from '../time.ts';
import type { Certainty } from './newest-before.ts';

/** How much is lost when a unit goes back to the newest point before the incident. Seconds from the point to the incident. */
export type LossWindow =
  | { readonly loss: 'exactly'; readonly seconds: number }
  /** A newer point may exist: it may be less. */
  | { readonly loss: 'upTo'; readonly seconds: number }
  | { readonly loss: 'asShown'; readonly seconds: number; readonly askedAt: UtcSeconds }
  /** Nothing to go back to. */
  | { readonly loss: 'noPoint' }
  | { readonly loss: 'notKnown' };

/** The loss window of a verdict about the newest point before `incidentAt`. */
export function lossWindow(verdict: Certainty, incidentAt: UtcSeconds): LossWindow {
  switch (verdict.certainty) {
    case 'exact':
      return { loss: 'exactly', seconds: incidentAt - verdict.point.at };
    case 'atLeast':
      return { loss: 'upTo', seconds: incidentAt - verdict.point.at };
    case 'shownAt':
      return verdict.point === undefined
        ? { loss: 'noPoint' }
        : { loss: 'asShown', seconds: incidentAt - verdict.point.at, askedAt: verdict.askedAt };
    case 'none':
      return { loss: 'noPoint' };
    case 'notAsked':
      return { loss: 'notKnown' };
  }
}
