import type { Certainty, HeadCertainty } from '../../../shared/contract/certainty.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { formatAgo, formatBriefly, formatDuration, formatMoment, isSameDay } from '../time/format.ts';

/** The five states of certainty, as they look everywhere: one icon, one word, one drawing each. */
export type CertaintyLook = 'exact' | 'atLeast' | 'notAsked' | 'none' | 'asShown';

export interface CertaintyWords {
  readonly look: CertaintyLook;
  /** What a cell says. */
  readonly text: string;
  /** The whole of it, for hovering and screen readers. */
  readonly full: string;
}

interface Shown {
  readonly zone: string;
  readonly now: UtcSeconds;
}

/** The newest point now, in the words of a row: by age. An answer is certain only as of its asking. */
export function headWords(head: HeadCertainty, { zone, now }: Shown): CertaintyWords {
  switch (head.is) {
    case 'shown':
      return {
        look: 'exact',
        text: formatAgo(head.point.at, now),
        full: `${formatMoment(head.point.at, zone, now)}; no newer point was there at ${formatMoment(head.askedAt, zone, now)}`,
      };
    case 'orNewer':
      return {
        look: 'atLeast',
        text: `${formatDuration(now - head.point.at)} or newer`,
        full:
          head.askedAt === undefined
            ? `${formatMoment(head.point.at, zone, now)} or newer; the newest has not been asked for`
            : `${formatMoment(head.point.at, zone, now)} or newer; asked ${formatMoment(head.askedAt, zone, now)}, nothing is known since`,
      };
    case 'noneShown': {
      const asked = formatMoment(head.askedAt, zone, now);
      return head.fresh
        ? { look: 'none', text: 'None exists', full: `The service had no point at ${asked}` }
        : {
            look: 'none',
            text: `None ${isSameDay(head.askedAt, now, zone) ? 'at' : 'on'} ${formatBriefly(head.askedAt, zone, now)}`,
            full: `The service had no point at ${asked}; nothing is known since`,
          };
    }
    case 'notAsked':
      return {
        look: 'notAsked',
        text: 'Not yet asked',
        full: 'Nobody has asked the service for this unit’s newest point',
      };
  }
}

/** The newest point before an incident, in words: the time itself where it is exact. */
export function pointWords(certainty: Certainty, { zone, now }: Shown): CertaintyWords {
  switch (certainty.is) {
    case 'exact': {
      const time = formatMoment(certainty.point.at, zone, now);
      return { look: 'exact', text: time, full: `${time}; no newer point exists before the incident` };
    }
    case 'atLeast': {
      const time = formatMoment(certainty.point.at, zone, now);
      const { fromAt, toAt } = certainty.unproven;
      return {
        look: 'atLeast',
        text: `${time} or newer`,
        full: `${time} or newer; ${formatDuration(toAt - fromAt)} before the incident have not been asked about`,
      };
    }
    case 'none':
      return { look: 'none', text: 'None exists', full: 'The service has no point before the incident' };
    case 'notAsked':
      return { look: 'notAsked', text: 'Not yet asked', full: 'Nobody has asked the service about this time' };
    case 'asShown': {
      const asked = formatMoment(certainty.askedAt, zone, now);
      return certainty.point === null
        ? {
            look: 'asShown',
            text: `none at ${asked}`,
            full: `No point before the incident was there at ${asked}; some may still appear`,
          }
        : {
            look: 'asShown',
            text: `${formatMoment(certainty.point.at, zone, now)}, newest at ${asked}`,
            full: `${formatMoment(certainty.point.at, zone, now)} was the newest at ${asked}; newer points may still appear`,
          };
    }
  }
}
