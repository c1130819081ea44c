/** What must hold before a restore session is changed. The state comes last: other faults of a request are told first. */
import { serviceStatusAt } from '../state/machines/service-machine.ts';
import type { Session } from '../state/session-store.ts';
import type { GraphContext } from './exchange.ts';
import { GraphError, notAllowed } from './graph-error.ts';
import { stateOf } from './restore-sessions.ts';

/** Restores are refused while the service is off or locked for restores. */
export const requireRestoresAllowed = ({ tenant, now }: GraphContext): void => {
  const status = serviceStatusAt(tenant.settings.serviceStatus, now);
  if (status === 'disabled' || status === 'restoreLocked') {
    throw notAllowed(`Restores are not allowed while the service status is ${status}.`);
  }
};

export const requireDraft = (context: GraphContext, session: Session, action: string): void => {
  if (stateOf(context, session).status !== 'draft') {
    throw new GraphError(
      403,
      'RestoreSessionActionNotAllowed',
      `Restore session can only be ${action} in Draft state.`,
    );
  }
};
