import { randomUUID } from 'node:crypto';
import { ORPCError, ValidationError } from '@orpc/server';
import { AppError, AppFailure } from '../../shared/contract/errors.ts';
import { problemsOf } from '../../shared/bridge/frames.ts';

/** Where an unforeseen failure is written down in full; the page gets its id alone. */
export interface BridgeLog {
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void;
  error(event: string, facts?: Readonly<Record<string, unknown>>): void;
}

export interface FailedCall {
  /** `plans.start` */
  readonly procedure: string;
  readonly signal: AbortSignal | undefined;
  readonly log: BridgeLog;
}

/**
 * Turns whatever a procedure threw into the closed union that may cross the bridge. What was not foreseen becomes UNEXPECTED
 * with an id; the log holds that id beside the stack, and nothing of it crosses.
 */
export function toAppError(thrown: unknown, call: FailedCall): AppError {
  if (thrown instanceof AppFailure) return thrown.error;
  if (thrown instanceof ORPCError) {
    const typed = thrown.code === 'APP_ERROR' ? AppError.safeParse(thrown.data) : undefined;
    if (typed?.success === true) return typed.data;
    if (thrown.code === 'BAD_REQUEST') return { code: 'BAD_REQUEST', problems: requestProblems(thrown) };
  }
  // After an abort anything may be thrown on the way out, and none of it says more than that.
  if (call.signal?.aborted === true) return { code: 'ABORTED' };
  const errorId = randomUUID();
  call.log.error('bridge.callFailed', { errorId, procedure: call.procedure, ...describe(thrown) });
  return { code: 'UNEXPECTED', errorId };
}

function requestProblems(error: ORPCError<string, unknown>): string[] {
  return error.cause instanceof ValidationError ? problemsOf(error.cause.issues) : ['the input can not be read'];
}

/** An answer that breaks the contract names the places, never the values: they may hold what does not belong into a log. */
function describe(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { thrown: typeof thrown };
  const problems = thrown.cause instanceof ValidationError ? { problems: problemsOf(thrown.cause.issues) } : {};
  const cause = thrown.cause instanceof Error ? { cause: thrown.cause.stack } : {};
  return { stack: thrown.stack, ...cause, ...problems };
}
