import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './procedure.ts';
import { Count, PlanId, SessionId, TenantId, UnitId, UnitKind, UtcSeconds, Window } from './values.ts';

export const ArtifactCounts = z.object({
  total: Count,
  succeeded: Count,
  failed: Count,
  inProgress: Count,
  /** `added`, `scheduling`, `scheduled`. */
  waiting: Count,
});
export type ArtifactCounts = z.infer<typeof ArtifactCounts>;

export const RestoreSession = z.object({
  id: SessionId,
  tenantId: TenantId,
  /** Absent where the service's answer names a kind that this version does not know. */
  kind: UnitKind.optional(),
  /** `restoreSessionStatus`, or the service's own new word. */
  status: z.string(),
  jobType: z.string().optional(),
  createdAt: UtcSeconds.optional(),
  endedAt: UtcSeconds.optional(),
  createdBy: z.string().optional(),
  /** The plan that this console started it from; absent for sessions of others. */
  planId: PlanId.optional(),
  planName: z.string().optional(),
  destination: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  counts: ArtifactCounts,
  /** When the service was asked last, and when it will be asked next while the session runs. */
  askedAt: UtcSeconds,
  nextAskAt: UtcSeconds.optional(),
});
export type RestoreSession = z.infer<typeof RestoreSession>;

export const RestoreArtifact = z.object({
  id: z.string(),
  unitId: UnitId.optional(),
  name: z.string(),
  kind: UnitKind.optional(),
  status: z.string(),
  destination: z.string().optional(),
  pointAt: UtcSeconds.optional(),
  restorePointId: z.string().optional(),
  startedAt: UtcSeconds.optional(),
  endedAt: UtcSeconds.optional(),
  /** Where it went: the site's address or the folder's name, filled late by the service. */
  restoredTo: z.string().optional(),
  restoredItemCount: Count.optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** `request-id` of the answer that this state was read from. */
  requestId: z.string().optional(),
});
export type RestoreArtifact = z.infer<typeof RestoreArtifact>;

export const sessions = {
  /** The tenant's sessions as last read, running first, then newest first: this console's and others'. */
  list: procedure.input(z.object({ tenantId: TenantId })).output(z.array(RestoreSession)),
  /** Reads the sessions from the service now. */
  refresh: procedure.input(z.object({ tenantId: TenantId })).output(z.array(RestoreSession)),
  get: procedure.input(z.object({ tenantId: TenantId, sessionId: SessionId })).output(RestoreSession),
  /** A window of a session's artifacts, failed first. Reads them from the service where the session is not known in full. */
  listArtifacts: procedure
    .input(
      z.object({
        tenantId: TenantId,
        sessionId: SessionId,
        only: z.enum(['failed', 'inProgress', 'waiting', 'succeeded']).optional(),
        window: Window,
      }),
    )
    .output(z.object({ total: Count, offset: Count, rows: z.array(RestoreArtifact) })),
  /**
   * The report of a plan, as a stream of pieces of text below 32 KB that make one file when joined. HTML without script and
   * with everything escaped, or CSV that a spreadsheet opens without running anything. What is not known of the plan's sessions
   * is read from the service first, a minute at most; offline it is made of what is known, and says which were not read.
   */
  report: procedure
    .input(z.object({ planId: PlanId, format: z.enum(['html', 'csv']) }))
    .output(eventIterator(z.object({ fileName: z.string(), text: z.string() }))),
};
