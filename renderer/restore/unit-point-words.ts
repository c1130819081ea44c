import type { PlanUnit, Preference } from '../../shared/contract/plans.ts';
import { isDecidedByFast } from '../../shared/domain/fast-preference.ts';
import { lives } from '../../shared/domain/knowledge/index.ts';
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

/** Whether the chosen point is gone. One chosen by hand stays chosen until somebody decides; the rule's own until it is judged anew. */
export function hasExpired({ chosen }: Pick<PlanUnit, 'chosen'>, now: UtcSeconds): boolean {
  return chosen !== undefined && !lives(chosen, now);
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
      full: `The point ${unit.chosenBy === 'hand' ? 'chosen by hand' : 'that the rule chose'} expired ${formatMoment(unit.chosen.expiresAt, zone, now)} and can’t be restored; choose another${unit.chosenBy === 'hand' ? ', or go back to the rule' : ''}`,
    };
  return {
    point,
    look: words.look,
    word: looks[words.look],
    detail: detailOf(unit, shown),
    full: isDecidedByFast(unit.fast, shown.preference) && newest.is === 'exact' ? fullOfFast(words.text) : words.full,
  };
}

function fullOfFast(time: string): string {
  return `${time}; no newer fast point exists before the incident, one that is not fast may`;
}

function detailOf(unit: PlanUnit, { zone, now, preference }: Shown): string {
  const { newest } = unit;
  if (unit.chosenBy === 'hand') return 'by hand';
  const fast = isDecidedByFast(unit.fast, preference);
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
