import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import type { Happening } from '../../shared/domain/notifications/index.ts';
import { toSessionStatus } from '../../shared/domain/restore-session.ts';

/** What is told of a restore that has ended. Pure. */
export function toEndedRestore(
  { id, name, refused, restorable, tenantId }: Pick<Plan, 'id' | 'name' | 'refused' | 'restorable' | 'tenantId'>,
  sessions: readonly Pick<RestoreSession, 'counts' | 'status'>[],
  { at, tenantName }: { readonly at: number; readonly tenantName: string },
): Happening {
  const failed = sessions.reduce((sum, session) => sum + failedOf(session), 0);
  const plan = { at, tenantId, tenantName, planId: id, planName: name };
  return failed + refused > 0
    ? { sort: 'restoreFailed', ...plan, units: Math.max(restorable, failed + refused), failed, refused }
    : { sort: 'restoreFinished', ...plan, units: restorable };
}

/** A session may fail as a whole, with artifacts that never say so themselves. */
function failedOf({ counts: { failed, succeeded, total }, status }: Pick<RestoreSession, 'counts' | 'status'>): number {
  return toSessionStatus(status) === 'failed' ? Math.max(failed, total - succeeded) : failed;
}
