import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { pointWords } from '../ui/certainty/words.ts';
import type { CertaintyLook } from '../ui/certainty/words.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { formatDuration, formatMoment } from '../ui/time/format.ts';
import { countKinds } from '../ui/unit-words.ts';
import type { Missing } from './wizard.ts';

/** `120 OneDrive, 32 sites, 12 mailboxes` of a plan. */
export function kindsInWords({ unitsByKind }: Plan): string {
  return countKinds({ sites: unitsByKind.site, drives: unitsByKind.drive, mailboxes: unitsByKind.mailbox });
}

/** Units for which asking could find a newer point, or any. */
export function uncertainOf({ certainty }: Plan): number {
  return certainty.atLeast + certainty.notAsked + certainty.asShown;
}

/** `newest before; 2 changed by hand` */
export function ruleInWords({ preference, chosenByHand }: Plan): string {
  return `${preference === 'fast' ? 'fast preferred' : 'newest before'}; ${formatCount(chosenByHand)} changed by hand`;
}

/** `147 exact, 4 at least`: how certain the points are, only what there is. */
export function certaintyInWords({ certainty }: Plan): string {
  const parts = [
    [certainty.exact, 'exact'],
    [certainty.asShown, 'as shown'],
    [certainty.atLeast, 'at least'],
    [certainty.notAsked, 'not yet asked'],
    [certainty.none, 'without any'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(', ');
}

/** Why one can't go on from a step, and what to do. */
export const missingWords: { readonly [M in Missing]: string } = {
  units: 'The plan has no unit. Choose some first.',
  incidentTime: 'Say first when the incident was.',
  points: 'No unit has a known point before this time. Ask the service, or choose another time.',
  destination: 'Choose first where to restore to.',
};

/** What stands in a row of the second step: the chosen point, its look, and what is behind the word of certainty. */
export interface UnitPointWords {
  readonly point: string;
  readonly look: CertaintyLook;
  readonly word: string;
  /** `4 h 2 min not asked` */
  readonly detail: string;
  readonly full: string;
}

const looks: { readonly [L in CertaintyLook]: string } = {
  exact: 'Exact',
  atLeast: 'At least',
  notAsked: 'Not yet asked',
  none: 'None exists',
  asShown: 'As shown',
};

/** Words a unit of the plan. A point chosen by hand is what it is; its certainty is still that of "the newest before". */
export function unitInWords(unit: PlanUnit, { zone, now }: { zone: string; now: UtcSeconds }): UnitPointWords {
  const { newest } = unit;
  const words = pointWords(newest, { zone, now });
  const point =
    unit.chosen === undefined
      ? newest.is === 'none'
        ? '–'
        : 'not known'
      : formatMoment(unit.chosen.at, zone, now).replace(/ [^ ]+$/, '');
  const detail =
    unit.chosenBy === 'hand'
      ? 'by hand'
      : newest.is === 'atLeast'
        ? `${formatDuration(newest.unproven.toAt - newest.unproven.fromAt)} not asked`
        : newest.is === 'asShown'
          ? `at ${formatMoment(newest.askedAt, zone, now)}`
          : newest.is === 'notAsked' && unit.chosen !== undefined
            ? 'about fast points'
            : '';
  return { point, look: words.look, word: looks[words.look], detail, full: words.full };
}

/** `14 units are still uncertain; you can go on with what is known.` */
export function uncertainInWords(plan: Plan): string {
  const count = uncertainOf(plan);
  if (plan.incidentAt === undefined || count === 0) return '';
  if (plan.restorable === 0) return missingWords.points;
  return `${formatQuantity(count, 'unit')} ${count === 1 ? 'is' : 'are'} still uncertain; you can go on with what is known.`;
}

/** `one session a workload: 3 sessions, each with one destination`; of one workload `one session, with one destination`. */
export function sessionsInWords({ unitsByKind }: Pick<Plan, 'unitsByKind'>): string {
  const kinds = Object.values(unitsByKind).filter(count => count > 0).length;
  if (kinds === 1) return 'one session, with one destination';
  return kinds === 0 ? '' : `one session a workload: ${formatQuantity(kinds, 'session')}, each with one destination`;
}
