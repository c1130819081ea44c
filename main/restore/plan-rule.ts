import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import type { PlanUnit, Preference } from '../../shared/contract/plans.ts';
import { isDecidedByFast } from '../../shared/domain/fast-preference.ts';
import { EXPIRY_MARGIN } from '../../shared/domain/knowledge/index.ts';
import { toLossWindow } from '../../shared/domain/restore-loss.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

/** What is known of a unit's newest points before the incident. */
export interface Found {
  readonly any: Certainty;
  /** Absent where the kind knows no fast points. */
  readonly fast?: Certainty;
}

/** The point of a verdict, where it names one, and how sure that is. */
function named(
  certainty: Certainty,
): { readonly point: Point; readonly is: 'exact' | 'atLeast' | 'asShown' } | undefined {
  switch (certainty.is) {
    case 'exact':
    case 'atLeast':
      return { point: certainty.point, is: certainty.is };
    case 'asShown':
      return certainty.point === null ? undefined : { point: certainty.point, is: certainty.is };
    case 'none':
    case 'notAsked':
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
  return fast !== undefined && isDecidedByFast(fast, preference) ? fast : any;
}

/**
 * A plan's row for a unit, from what is known now. A point chosen by hand stays chosen as long as it lies before the incident;
 * everything else follows the rule: strictly before the incident, the newest, or the newest fast one where preferred. One that has
 * expired stays chosen until somebody decides, and has no loss window: it restores nothing.
 */
export function toPlanRow(
  row: PlanUnit,
  found: Found,
  rule: { readonly incidentAt: UtcSeconds; readonly preference: Preference; readonly now: UtcSeconds },
): PlanUnit {
  const { chosen: before, loss: _, fast: __, ...rest } = row;
  const byHand = row.chosenBy === 'hand' && before !== undefined && before.at < rule.incidentAt;
  const verdict = decisive(found, rule.preference);
  // While nobody has asked about fast points, the newest of any kind is what is there to restore.
  const { point, is } = byHand ? { point: before, is: 'hand' as const } : (named(verdict) ?? named(found.any) ?? {});
  return {
    ...rest,
    newest: verdict,
    ...(found.fast === undefined ? {} : { fast: found.fast }),
    chosenBy: byHand ? 'hand' : 'rule',
    ...(point === undefined ? {} : { chosen: point }),
    ...(point === undefined || is === undefined || point.expiresAt <= rule.now + EXPIRY_MARGIN
      ? {}
      : { loss: toLossWindow(point.at, rule.incidentAt, is) }),
  };
}
