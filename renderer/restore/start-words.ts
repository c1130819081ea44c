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
}

/** Why the restore can't be started now, in a sentence; absent where it can. The worst reason first. */
export function whyNotStart({ plan, review, isOffline, isChecking, typedName }: StartFacts): string | undefined {
  if (isOffline)
    return `${offlineReasons.restore.replace(' Prepare a plan instead.', '')} The plan is saved and waits.`;
  if (review === undefined)
    return isChecking ? 'The plan is being checked.' : 'The plan could not be checked. Check again first.';
  if (plan.restorable === 0) return 'No unit of the plan has a point to restore to.';
  const stops = review.findings.filter(finding => finding.severity === 'stop').length;
  if (stops > 0)
    return `${formatQuantity(stops, 'finding')} under “Before you start” ${stops === 1 ? 'stops' : 'stop'} it; each says what to do.`;
  if (plan.destination === 'inPlace' && !isTypedName(typedName, review.tenantName))
    return 'Type the tenant’s name first: a restore in place can’t be undone.';
  return undefined;
}

/** `Start restore of 161 units in place` */
export function startInWords(plan: Plan): string {
  return `Start restore of ${formatQuantity(plan.restorable, 'unit')} ${plan.destination === 'inPlace' ? 'in place' : 'to a new location'}`;
}
