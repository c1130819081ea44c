/** What must hold before a restore session is changed. The state comes last: other faults of a request are told first. */
import { sessionMoves } from '../state/machines/session-machine.ts';
import type { Session } from '../state/session-store.ts';
import type { GraphContext } from './exchange.ts';
import { requireState } from './graph-error.ts';
import { stateOf } from './restore-sessions.ts';

const words = { patch: 'patched', addBulkRequest: 'added to', activate: 'activated', delete: 'deleted' } as const;

/** Throws 403 `RestoreSessionActionNotAllowed` unless the session is a draft. */
export const requireMove = (context: GraphContext, session: Session, move: keyof typeof sessionMoves): void =>
  requireState(
    sessionMoves[move],
    stateOf(context, session).status,
    `Restore session can only be ${words[move]} in Draft state.`,
  );
