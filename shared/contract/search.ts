import { z } from 'zod';
import { procedure } from './procedure.ts';
import { TenantId, UnitId, UnitKind, UtcSeconds } from './values.ts';

/** A unit of some tenant that a search over all of them found. */
export const UnitHit = z.object({
  tenantId: TenantId,
  unitId: UnitId,
  kind: UnitKind,
  /** As read, or as remembered where Graph has forgotten it. */
  name: z.string(),
  address: z.string().optional(),
  status: z.string(),
  /** When a whole read of the tenant no longer saw it. */
  goneAt: UtcSeconds.optional(),
});
export type UnitHit = z.infer<typeof UnitHit>;

export const search = {
  /**
   * Units of all tenants whose name, e-mail address or URL holds every word typed; from the catalog alone, meant to be asked with each
   * letter. Those that are there come first, then the better answers. `more`: further units answer than are given.
   */
  units: procedure
    .input(z.object({ text: z.string().max(200), limit: z.int().min(1).max(200) }))
    .output(z.object({ hits: z.array(UnitHit), more: z.boolean() })),
};
