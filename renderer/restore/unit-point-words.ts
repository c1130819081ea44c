import type { PlanUnit, Preference } from '../../shared/contract/plans.ts';
import { MINUTE } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { lossInWords, lossOfCertainty } from '../ui/certainty/loss-words.ts';
import { pointWords } from '../ui/certainty/words.ts';
import type { CertaintyLook } from '../ui/certainty/words.ts';
import { formatDuration, formatMoment } from '../ui/time/format.ts';

/** What stands in a row of the second step: the chosen point, its look, and what is behind the word of certainty. */
export interface UnitPointWords {
  readonly point: string;
  readonly look: CertaintyLook;
  readonly word: string;
  /** `4 h 2 min not asked` */
  readonly detail: string;
  readonly full: string;
}

interface Shown {
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly preference: Preference;
}

const looks: { readonly [L in CertaintyLook]: string } = {
  exact: 'Exact',
  atLeast: 'At least',
  notAsked: 'Not yet asked',
  none: 'None exists',
  asShown: 'As shown',
};

/** Expiry is judged with a minute's margin, as the review does. */
const EXPIRY_MARGIN = MINUTE;

/** Whether the chosen point is gone: only one chosen by hand stays chosen then, the rule drops it by itself. */
export function hasExpired({ chosen }: Pick<PlanUnit, 'chosen'>, now: UtcSeconds): boolean {
  return chosen !== undefined && chosen.expiresAt <= now + EXPIRY_MARGIN;
}

/**
 * Whether the verdict that decides is about fast points alone: then "exact" says only that no newer *fast* one exists. Where there
 * surely is no fast one, main decides by the newest of any kind.
 */
export function isOfFast({ fast }: Pick<PlanUnit, 'fast'>, preference: Preference): boolean {
  if (preference !== 'fast' || fast === undefined) return false;
  return !(fast.is === 'none' || (fast.is === 'asShown' && fast.point === null));
}

/** Words a unit of the plan. A point chosen by hand is what it is; its certainty is still that of "the newest before". */
export function unitInWords(unit: PlanUnit, shown: Shown): UnitPointWords {
  const { newest } = unit;
  const { zone, now } = shown;
  const words = pointWords(newest, { zone, now });
  const point =
    unit.chosen === undefined
      ? newest.is === 'none'
        ? '–'
        : 'not known'
      : formatMoment(unit.chosen.at, zone, now).replace(/ [^ ]+$/, '');
  if (unit.chosen !== undefined && hasExpired(unit, now))
    return {
      point,
      look: 'none',
      word: 'Expired',
      detail: 'choose another point',
      full: `The point chosen by hand expired ${formatMoment(unit.chosen.expiresAt, zone, now)} and can’t be restored; choose another, or go back to the rule`,
    };
  return {
    point,
    look: words.look,
    word: looks[words.look],
    detail: detailOf(unit, shown),
    full: isOfFast(unit, shown.preference) && newest.is === 'exact' ? fullOfFast(words.text) : words.full,
  };
}

function fullOfFast(time: string): string {
  return `${time}; no newer fast point exists before the incident, one that is not fast may`;
}

function detailOf(unit: PlanUnit, { zone, now, preference }: Shown): string {
  const { newest } = unit;
  if (unit.chosenBy === 'hand') return 'by hand';
  const fast = isOfFast(unit, preference);
  switch (newest.is) {
    case 'exact':
      return fast ? 'newest fast' : '';
    case 'atLeast':
      return `${formatDuration(newest.unproven.toAt - newest.unproven.fromAt)} not asked`;
    case 'asShown':
      return `at ${formatMoment(newest.askedAt, zone, now)}`;
    case 'notAsked':
      return unit.chosen === undefined ? '' : 'about fast points';
    case 'none':
      return '';
  }
}

/** What is lost from the chosen point to the incident. Of a point that is gone nothing can be said: it restores nothing. */
export function lossOfUnit(unit: PlanUnit, { incidentAt, now }: { incidentAt: UtcSeconds; now: UtcSeconds }): string {
  if (hasExpired(unit, now)) return '–';
  return unit.loss === undefined ? lossOfCertainty(unit.newest, incidentAt) : lossInWords(unit.loss);
}
