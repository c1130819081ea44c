import { z } from 'zod';
import { Certainty, Point, Span } from './certainty.ts';
import { procedure } from './procedure.ts';
import { Count, Seconds, TenantId, UnitId, UtcSeconds } from './values.ts';

/** One day's cell of the calendar: counts are of known points; `unaskedSeconds` is how much of the day nobody asked about. */
export const DaySummary = z.object({
  fromAt: UtcSeconds,
  toAt: UtcSeconds,
  points: Count,
  fastPoints: Count,
  unaskedSeconds: Seconds,
  /** Known points of the day that expire within the next day. */
  expiringPoints: Count,
});
export type DaySummary = z.infer<typeof DaySummary>;

export const restorePoints = {
  /**
   * Summaries of consecutive days. The renderer gives their bounds, n + 1 instants for n days, since only it knows the zone
   * that is looked in. From what is known; works offline.
   */
  days: procedure
    .input(z.object({ tenantId: TenantId, unitId: UnitId, bounds: z.array(UtcSeconds).min(2).max(400) }))
    .output(z.array(DaySummary)),
  /** The window's stretches, asked and not asked, in order and without gaps, with the known points in them. */
  spans: procedure
    .input(z.object({ tenantId: TenantId, unitId: UnitId, fromAt: UtcSeconds, toAt: UtcSeconds }))
    .output(z.object({ spans: z.array(Span), points: z.array(Point) })),
  /** Newest point strictly before `incidentAt`, of any kind and fast, each with its certainty, from what is known. Asks nothing. */
  newestBefore: procedure
    .input(z.object({ tenantId: TenantId, unitId: UnitId, incidentAt: UtcSeconds }))
    .output(z.object({ any: Certainty, fast: Certainty.optional() })),
};
