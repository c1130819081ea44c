import type { Plan } from '../../shared/contract/plans.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { countKinds, kindWords } from '../ui/unit-words.ts';
import type { Missing } from './wizard.ts';

/** `120 OneDrive, 32 sites, 12 mailboxes` of a plan. */
export function kindsInWords({ unitsByKind }: Plan): string {
  return countKinds({ sites: unitsByKind.site, drives: unitsByKind.drive, mailboxes: unitsByKind.mailbox });
}

/**
 * `32 sites`: the units of one kind that are restored; `Sites` alone where some of the plan's units are left out and it has several
 * kinds, since the plan does not tell of which kind those are.
 */
export function kindAtWhere(
  { unitsByKind, units, restorable }: Pick<Plan, 'unitsByKind' | 'units' | 'restorable'>,
  kind: UnitKind,
): string {
  const isOnlyKind = unitsByKind[kind] === units;
  if (restorable < units && !isOnlyKind) return kindWords[kind].many;
  const count = isOnlyKind ? restorable : unitsByKind[kind];
  return countKinds({
    sites: kind === 'site' ? count : 0,
    drives: kind === 'drive' ? count : 0,
    mailboxes: kind === 'mailbox' ? count : 0,
  });
}

/** `11 of 13 units; 2 without a point to restore to are left out.` Absent where none is. */
export function leftOutInWords({ units, restorable }: Pick<Plan, 'units' | 'restorable'>): string | undefined {
  const leftOut = units - restorable;
  if (leftOut === 0) return undefined;
  return `${formatCount(restorable)} of ${formatQuantity(units, 'unit')}; ${formatCount(leftOut)} without a point to restore to ${leftOut === 1 ? 'is' : 'are'} left out.`;
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
export function missingInWords(missing: Missing, plan: Plan): string {
  switch (missing) {
    case 'units':
      return 'The plan has no unit. Choose some first.';
    case 'incidentTime':
      return 'Say first when the incident was.';
    case 'incidentUnsaved':
      return 'The incident time as typed is not in the plan. Correct it first, under “When”.';
    case 'points':
      return plan.certainty.none === plan.units
        ? 'No unit has any point before this time. Choose a later one.'
        : 'No unit has a known point before this time. Ask the service, or choose another time.';
    case 'destination':
      return 'Choose first where to restore to.';
  }
}

/**
 * `14 units are still uncertain; you can go on with what is known.`
 *
 * @param uncertain units for which asking could find a newer point, or any, as main counts them
 */
export function uncertainInWords(plan: Plan, uncertain: number): string {
  if (plan.incidentAt === undefined || uncertain === 0 || plan.restorable === 0) return '';
  return `${formatQuantity(uncertain, 'unit')} ${uncertain === 1 ? 'is' : 'are'} still uncertain; you can go on with what is known.`;
}

/** `one session a workload: 3 sessions, each with one destination`; of one workload `one session, with one destination`. */
export function sessionsInWords({ unitsByKind }: Pick<Plan, 'unitsByKind'>): string {
  const kinds = Object.values(unitsByKind).filter(count => count > 0).length;
  if (kinds === 1) return 'one session, with one destination';
  return kinds === 0 ? '' : `one session a workload: ${formatQuantity(kinds, 'session')}, each with one destination`;
}
