/** Bulk addition jobs of a policy and bulk addition requests of a restore session: `active` until all is resolved. */
import { minutes, seconds } from '../../instant.ts';
import type { Move } from './move.ts';

export type BulkStatus = 'active' | 'completed' | 'completedWithErrors';

const ended = ['completed', 'completedWithErrors'] as const satisfies readonly BulkStatus[];

export const bulkSteps = {
  /** From the creation of a job. */
  job: { from: 'active', to: ended, takes: { least: minutes(1), most: minutes(15) } },
  /** From the activation of the session: before it a request stays `active`. */
  request: { from: 'active', to: ended, takes: { least: seconds(60), most: minutes(10) } },
} as const;

/** Nothing can be asked of a job but how it stands. */
export const bulkRequestMoves = {
  delete: { from: ended, refused: { status: 403, code: 'InvalidStateForBulkRequestDeletion' } },
} as const satisfies Readonly<Record<string, Move>>;
