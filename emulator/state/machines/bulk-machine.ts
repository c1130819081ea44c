/** Bulk addition jobs of a policy and bulk addition requests of a restore session: `active` until all is resolved. */
import { minutes, seconds } from '../../instant.ts';

export type BulkStatus = 'active' | 'completed' | 'completedWithErrors';

export const bulkSteps = {
  /** From the creation of a job. */
  job: { from: 'active', to: ['completed', 'completedWithErrors'], takes: { least: minutes(1), most: minutes(15) } },
  /** From the activation of the session: before it a request stays `active`. */
  request: {
    from: 'active',
    to: ['completed', 'completedWithErrors'],
    takes: { least: seconds(60), most: minutes(10) },
  },
} as const;

/** A request can be deleted only in these. */
export const deletable: readonly string[] = bulkSteps.request.to;
