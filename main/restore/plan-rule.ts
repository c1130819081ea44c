import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import type { PlanUnit, Preference } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

/** What is known of a unit's newest points before the incident. */
export interface Found {
  readonly any: Certainty;
  /** Absent where the kind knows no fast points. */
  readonly fast?: Certainty;
}

/** The point of a verdict, where it names one. */
function pointOf(certainty: Certainty | undefined): Point | undefined {
  switch (certainty?.is) {
    case 'exact':
    case 'atLeast':
      return certainty.point;
    case 'asShown':
      return certainty.point ?? undefined;
    case 'none':
    case 'notAsked':
    case undefined:
      return undefined;
  }
}

/** Whether a newer point may exist than the verdict names, as far as anyone can tell. */
export function isUncertain(certainty: Certainty): boolean {
  return certainty.is === 'atLeast' || certainty.is === 'notAsked';
}

/**
 * The verdict that decides under a preference. Where fast points are preferred it is the fast one, unless there surely is
 * none: then the newest of any kind. Fast points that nobody asked about leave the choice open.
 */
function decisive({ any, fast }: Found, preference: Preference): Certainty {
  if (preference === 'newest' || fast === undefined) return any;
  return fast.is === 'none' || (fast.is === 'asShown' && fast.point === null) ? any : fast;
}

/**
 * A plan's row for a unit, from what is known now. A point chosen by hand stays chosen as long as it lies before the incident;
 * everything else follows the rule: strictly before the incident, the newest, or the newest fast one where preferred.
 */
export function toPlanRow(
  row: PlanUnit,
  found: Found,
  rule: { readonly incidentAt: UtcSeconds; readonly preference: Preference },
): PlanUnit {
  const { chosen: before, loss: _, fast: __, ...rest } = row;
  const byHand = row.chosenBy === 'hand' && before !== undefined && before.at < rule.incidentAt;
  const verdict = decisive(found, rule.preference);
  // While nobody has asked about fast points, the newest of any kind is what is there to restore.
  const chosen = byHand ? before : (pointOf(verdict) ?? pointOf(found.any));
  // A point chosen by hand is what it is: nobody claims that it is the newest, so nothing about it is uncertain.
  const upTo = !byHand && verdict.is === 'atLeast';
  return {
    ...rest,
    newest: verdict,
    ...(found.fast === undefined ? {} : { fast: found.fast }),
    chosenBy: byHand ? 'hand' : 'rule',
    ...(chosen === undefined ? {} : { chosen, loss: { seconds: Math.max(0, rule.incidentAt - chosen.at), upTo } }),
  };
}
