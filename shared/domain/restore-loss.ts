import type { UtcSeconds } from './time.ts';

/** How a restore point came to be chosen: by a verdict about the newest one before the incident, or by hand. */
export type ChosenBy = 'exact' | 'atLeast' | 'asShown' | 'hand';

/** What is lost when a unit goes back to a point: the seconds from it to the incident. */
export interface LossWindow {
  readonly seconds: number;
  /** A newer point may exist, so it may be less. */
  readonly upTo: boolean;
}

/** Whether a newer point than the one chosen may exist before the incident. */
const mayBeLess = {
  exact: false,
  atLeast: true,
  // So close to the asking that points may still be appearing.
  asShown: true,
  // A point chosen by hand is what it is: nobody claims that it is the newest, so nothing about it is uncertain.
  hand: false,
} as const satisfies Record<ChosenBy, boolean>;

/** The loss window of a point. A point after the incident loses nothing. */
export function toLossWindow(pointAt: UtcSeconds, incidentAt: UtcSeconds, chosenBy: ChosenBy): LossWindow {
  return { seconds: Math.max(0, incidentAt - pointAt), upTo: mayBeLess[chosenBy] };
}
