import { z } from 'zod';
import { HeadCertainty } from './certainty.ts';
import { procedure } from './procedure.ts';
import { Count, SelectionId, TenantId, UnitId, UnitIds, UnitKind, UtcSeconds, Window } from './values.ts';

export const UnitFilter = z.object({
  /** Part of a name or address, as typed; compared without regard to case and accents. */
  text: z.string().max(200).optional(),
  kinds: z.array(UnitKind).max(3).optional(),
  tile: z.enum(['protected', 'inError', 'withoutPoint', 'notAsked']).optional(),
  /** Only the units of this policy. */
  policyId: z.string().min(1).max(256).optional(),
  /** True: only the units that no policy holds. */
  withoutPolicy: z.boolean().optional(),
  /** Only the units of this selection. */
  selectionId: SelectionId.optional(),
});
export type UnitFilter = z.infer<typeof UnitFilter>;

/** `worst`, not descending, begins with the worst: in error, without a point, not asked, then the oldest newest point. */
export const UnitSort = z.object({
  by: z.enum(['worst', 'name', 'kind', 'policy', 'newest', 'newestFast', 'status']),
  descending: z.boolean(),
});
export type UnitSort = z.infer<typeof UnitSort>;

export const UnitRow = z.object({
  id: UnitId,
  kind: UnitKind,
  name: z.string(),
  address: z.string().optional(),
  policyName: z.string().optional(),
  status: z.string(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  newest: HeadCertainty,
  /** Absent where the kind knows no fast points (mailboxes). */
  newestFast: HeadCertainty.optional(),
  selected: z.boolean(),
});
export type UnitRow = z.infer<typeof UnitRow>;

export const UnitDetail = UnitRow.extend({
  sources: z.array(z.string()),
  protectedSinceAt: UtcSeconds.optional(),
  offboardRequestedAt: UtcSeconds.optional(),
  /** Retention as the policy answers it, each as ISO 8601: interval `R/PT10M`, period `P2W`. */
  retention: z.array(z.object({ interval: z.string(), period: z.string() })),
  lastRestore: z
    .object({
      sessionId: z.string(),
      status: z.string(),
      pointAt: UtcSeconds.optional(),
      endedAt: UtcSeconds.optional(),
    })
    .optional(),
});
export type UnitDetail = z.infer<typeof UnitDetail>;

export const SelectionSummary = z.object({
  id: SelectionId,
  count: Count,
  sites: Count,
  drives: Count,
  mailboxes: Count,
});
export type SelectionSummary = z.infer<typeof SelectionSummary>;

export const units = {
  /** A window of the tenant's units, from the catalog alone. `selectionId` marks rows as selected. */
  list: procedure
    .input(
      z.object({
        tenantId: TenantId,
        filter: UnitFilter,
        sort: UnitSort,
        window: Window,
        selectionId: SelectionId.optional(),
      }),
    )
    .output(z.object({ total: Count, offset: Count, rows: z.array(UnitRow) })),
  get: procedure.input(z.object({ tenantId: TenantId, unitId: UnitId })).output(UnitDetail),
  /** A new, empty selection of a tenant's units. It lives in main as long as the console runs. */
  openSelection: procedure.input(z.object({ tenantId: TenantId })).output(SelectionSummary),
  changeSelection: procedure
    .input(
      z.object({
        selectionId: SelectionId,
        change: z.discriminatedUnion('type', [
          z.object({ type: z.literal('add'), unitIds: UnitIds }),
          z.object({ type: z.literal('remove'), unitIds: UnitIds }),
          z.object({ type: z.literal('addMatching'), filter: UnitFilter }),
          z.object({ type: z.literal('removeMatching'), filter: UnitFilter }),
          z.object({ type: z.literal('clear') }),
        ]),
      }),
    )
    .output(SelectionSummary),
  selection: procedure.input(z.object({ selectionId: SelectionId })).output(SelectionSummary),
};
