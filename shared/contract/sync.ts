import { z } from 'zod';
import { procedure } from './procedure.ts';
import { Count, SelectionId, TenantId, UnitIds, UtcSeconds } from './values.ts';

/** Which units a question is about: named ones, a selection's, or all of the tenant's. */
const UnitsMeant = z.discriminatedUnion('type', [
  z.object({ type: z.literal('these'), unitIds: UnitIds }),
  z.object({ type: z.literal('selection'), selectionId: SelectionId }),
  z.object({ type: z.literal('all') }),
]);

/** What a technician wants to know. The planner turns it into the fewest questions. */
export const Wanted = z.discriminatedUnion('type', [
  /** The newest point of each unit now; with `fast` the newest fast point too. */
  z.object({ type: z.literal('heads'), units: UnitsMeant, fast: z.boolean() }),
  /** The newest point of each unit strictly before the time; with `fast` the newest fast point too. */
  z.object({ type: z.literal('before'), units: UnitsMeant, incidentAt: UtcSeconds, fast: z.boolean() }),
  /** Every point of one unit in `[fromAt, toAt)`. */
  z.object({ type: z.literal('window'), unitId: z.string(), fromAt: UtcSeconds, toAt: UtcSeconds }),
]);
export type Wanted = z.infer<typeof Wanted>;

/** What making it certain costs, from the planner itself. `atMost` where the answers decide how many follow. */
export const Cost = z.object({ units: Count, questions: Count, certain: z.boolean() });
export type Cost = z.infer<typeof Cost>;

export const sync = {
  /** Reads service status, policies, units and sessions of the tenant, then asks for the heads that are older than a cadence. */
  syncTenant: procedure
    .input(z.object({ tenantId: TenantId, evenIfFresh: z.boolean().default(false) }))
    .output(z.object({ units: Count, questions: Count })),
  /** What `ask` would cost now. Asks nothing; works offline. */
  cost: procedure.input(z.object({ tenantId: TenantId, wanted: Wanted })).output(Cost),
  /**
   * Asks the service for what is wanted and not yet known, and resolves when all is settled. Aborting the call stops asking;
   * what was answered stays known. Progress comes as `askProgressed` events.
   */
  ask: procedure
    .input(z.object({ tenantId: TenantId, wanted: Wanted }))
    .output(z.object({ questions: Count, unsettled: Count })),
};
