/** What must hold before a restore session is changed. The state comes last: other faults of a request are told first. */
import type { Session } from '../state/session-store.ts';
import type { GraphContext } from './exchange.ts';
import { GraphError } from './graph-error.ts';
import { stateOf } from './restore-sessions.ts';

export const requireDraft = (context: GraphContext, session: Session, action: string): void => {
  if (stateOf(context, session).status !== 'draft') {
    throw new GraphError(
      403,
      'RestoreSessionActionNotAllowed',
      `Restore session can only be ${action} in Draft state.`,
    );
  }
};
