import type { AppError } from '../../shared/contract/errors.ts';
import type { Plan, PlanReview } from '../../shared/contract/plans.ts';
import { formatQuantity } from '../ui/number.ts';
import { offlineReasons } from '../ui/offline-reason.ts';
import { isTypedName } from '../ui/typed-name.ts';

interface StartFacts {
  readonly plan: Plan;
  /** The last review; absent while the first is being made. */
  readonly review: PlanReview | undefined;
  readonly isOffline: boolean;
  readonly isChecking: boolean;
  readonly typedName: string;
  /** The tenant's domain, which names it as well as its name does. */
  readonly domain: string;
}

/** Why the restore can't be started now, in a sentence; absent where it can. The worst reason first. */
export function whyNotStart({
  plan,
  review,
  isOffline,
  isChecking,
  typedName,
  domain,
}: StartFacts): string | undefined {
  if (isOffline)
    return `${offlineReasons.restore.replace(' Prepare a plan instead.', '')} The plan is saved and waits.`;
  if (review === undefined)
    return isChecking ? 'The plan is being checked.' : 'The plan could not be checked. Check again first.';
  if (plan.restorable === 0) return 'No unit of the plan has a point to restore to.';
  const stops = review.findings.filter(finding => finding.severity === 'stop').length;
  if (stops > 0)
    return `${formatQuantity(stops, 'finding')} under “Before you start” ${stops === 1 ? 'stops' : 'stop'} it; each says what to do.`;
  if (plan.destination === 'inPlace' && !isTypedName(typedName, review.tenantName, domain))
    return 'Type the tenant’s name or domain first: a restore in place can’t be undone.';
  return undefined;
}

/** `Start restore of 161 units in place` */
export function startInWords(plan: Plan): string {
  return `Start restore of ${formatQuantity(plan.restorable, 'unit')} ${plan.destination === 'inPlace' ? 'in place' : 'to a new location'}`;
}

/**
 * What to say of a start that the last check stopped because the service named other points: by then the plan holds the new ones, so a
 * review made after it finds nothing. Absent where something else stopped it, which the new review names.
 */
export function changedPointsInWords(error: AppError): { readonly what: string; readonly next: string } | undefined {
  if (error.code !== 'START_BLOCKED' || !error.findings.includes('POINTS_CHANGED')) return undefined;
  return {
    what: 'The points changed, so the restore was not started.',
    next: 'Asked again just before the start, the service named another point for some of the units. The plan holds the new points now; look at them, then start again.',
  };
}
