import type { Certainty } from '../../../shared/contract/certainty.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { formatDuration } from '../time/format.ts';

/** The loss window in the words of a cell: `22 min`, `up to 4 h 12 min` where a newer point may exist, `not known`, `–`. */
export function lossInWords(loss: { readonly seconds: number; readonly upTo: boolean }): string {
  return `${loss.upTo ? 'up to ' : ''}${formatDuration(loss.seconds)}`;
}

/** What a certainty alone says of the loss, from the point to the incident. `not known` is nobody's zero. */
export function lossOfCertainty(certainty: Certainty, incidentAt: UtcSeconds): string {
  switch (certainty.is) {
    case 'exact':
      return lossInWords({ seconds: incidentAt - certainty.point.at, upTo: false });
    case 'atLeast':
      return lossInWords({ seconds: incidentAt - certainty.point.at, upTo: true });
    case 'asShown':
      return certainty.point === null
        ? 'not known'
        : lossInWords({ seconds: incidentAt - certainty.point.at, upTo: true });
    case 'notAsked':
      return 'not known';
    case 'none':
      return '–';
  }
}
