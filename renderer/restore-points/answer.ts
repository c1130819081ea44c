import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { CertaintyLook } from '../ui/certainty/words.ts';
import { formatClock, formatDate, formatDay, formatDuration, formatMoment } from '../ui/time/format.ts';
import type { OpenTime } from './stretches.ts';

/** The newest point before an incident, as the panel beside the ruler says it: loss in words first, then why it is certain or not. */
export interface AnswerWords {
  readonly look: CertaintyLook;
  /** The word beside the icon. */
  readonly word: string;
  /** The point itself, or that there is none. */
  readonly title: string;
  /** `22 min of changes are lost.` Absent where no loss can be named. */
  readonly loss?: string;
  /** `No newer point exists before 14:05.` */
  readonly reason: string;
}

interface Shown {
  readonly incidentAt: UtcSeconds;
  readonly zone: string;
  readonly now: UtcSeconds;
  /** When the service was asked about the stretch up to the incident, where that is known. */
  readonly askedAt?: UtcSeconds | undefined;
  /** `point` or `fast point`. */
  readonly noun: string;
  /** What lies open between the point and the incident, where the stretches shown tell it: of points of any kind alone. */
  readonly openTime?: OpenTime | undefined;
}

/** The point of a certainty, where it names one. */
export function pointOf(certainty: Certainty | undefined): Point | undefined {
  return certainty !== undefined && 'point' in certainty ? (certainty.point ?? undefined) : undefined;
}

/** Whether asking the service could say more than is said. */
export function isUncertain(certainty: Certainty | undefined): boolean {
  return certainty?.is === 'atLeast' || certainty?.is === 'notAsked' || certainty?.is === 'asShown';
}

/** Words the answer to "the newest point before the incident". */
export function answerInWords(
  certainty: Certainty,
  { incidentAt, zone, now, askedAt, noun, openTime }: Shown,
): AnswerWords {
  const incident = incidentInWords(certainty, incidentAt, zone, now);
  const asked = askedAt === undefined ? '' : `, asked ${formatMoment(askedAt, zone, now)}`;
  const lost = (at: UtcSeconds) => formatDuration(incidentAt - at);
  switch (certainty.is) {
    case 'exact':
      return {
        look: 'exact',
        word: 'Exact',
        title: formatMoment(certainty.point.at, zone, now),
        loss: `${lost(certainty.point.at)} of changes are lost.`,
        reason: `No newer ${noun} exists before ${incident}${asked}.`,
      };
    case 'atLeast': {
      return {
        look: 'atLeast',
        word: 'At least',
        title: `${formatMoment(certainty.point.at, zone, now)} or newer`,
        loss: `Up to ${lost(certainty.point.at)} of changes are lost.`,
        reason: `A newer ${noun} may exist: ${openInWords(certainty.unproven, openTime)}.`,
      };
    }
    case 'asShown': {
      const shown = formatMoment(certainty.askedAt, zone, now);
      return certainty.point === null
        ? {
            look: 'asShown',
            word: 'As shown',
            title: `None at ${shown}`,
            reason: `The service had no ${noun} before ${incident} when asked; one may still appear.`,
          }
        : {
            look: 'asShown',
            word: 'As shown',
            title: formatMoment(certainty.point.at, zone, now),
            loss: `Up to ${lost(certainty.point.at)} of changes are lost.`,
            reason: `It was the newest at ${shown}; points this fresh may still be appearing.`,
          };
    }
    case 'none':
      return {
        look: 'none',
        word: 'None exists',
        title: `No ${noun}`,
        reason: `No ${noun} exists before ${incident}${asked}. The unit can’t be restored to before it.`,
      };
    case 'notAsked':
      return {
        look: 'notAsked',
        word: 'Not yet asked',
        title: 'Not known',
        reason: `Nobody has asked the service for a ${noun} before ${incident}.`,
      };
  }
}

/** Why a newer point may exist. The unproven stretch is a hull, in which some may have been asked: so it is never called unasked. */
function openInWords(
  unproven: { readonly fromAt: UtcSeconds; readonly toAt: UtcSeconds },
  { unaskedSeconds, shownSeconds }: OpenTime = { unaskedSeconds: 0, shownSeconds: 0 },
): string {
  const parts = [
    ...(unaskedSeconds === 0 ? [] : [`${formatDuration(unaskedSeconds)} after it not asked`]),
    ...(shownSeconds === 0 ? [] : [`${formatDuration(shownSeconds)} asked too early to be sure`]),
  ];
  return parts.length === 0
    ? `the ${formatDuration(unproven.toAt - unproven.fromAt)} after it were not asked about in full`
    : parts.join(', ');
}

/** The clock alone where the point that is named stands on the same day; its day and zone are said already then. */
function incidentInWords(certainty: Certainty, incidentAt: UtcSeconds, zone: string, now: UtcSeconds): string {
  const point = pointOf(certainty);
  return point !== undefined && formatDay(point.at, zone) === formatDay(incidentAt, zone)
    ? formatClock(incidentAt, zone)
    : formatMoment(incidentAt, zone, now);
}

/**
 * That the incident lies before the unit came under protection, where that is so and no point is known all the same. It is a hint and
 * proves nothing: a unit that was removed and added again may still have older points.
 */
export function beforeProtectionInWords(
  certainty: Certainty | undefined,
  {
    incidentAt,
    protectedSinceAt,
    zone,
  }: { incidentAt: UtcSeconds; protectedSinceAt: UtcSeconds | undefined; zone: string },
): string | undefined {
  if (protectedSinceAt === undefined || incidentAt > protectedSinceAt || pointOf(certainty) !== undefined)
    return undefined;
  return `This time lies before the protection of the unit began, on ${formatDate(protectedSinceAt, zone)}: a point before it is not to be expected.`;
}
