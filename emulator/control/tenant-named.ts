/** Finds the tenant that a control request means. */
import type { DirectoryTenant } from '../directory.ts';
import type { Tenant } from '../state/tenant.ts';
import type { World } from '../state/world.ts';
import { ControlRefusal } from './control-refusal.ts';

/** By id or domain. Throws a 404. */
export const tenantNamed = (world: World, name: string | undefined): { tenant: Tenant; entry: DirectoryTenant } => {
  const entry = name === undefined ? undefined : world.directory.findTenant(name);
  const tenant = entry === undefined ? undefined : world.findTenant(entry.id);
  if (entry === undefined || tenant === undefined) {
    throw new ControlRefusal(404, `There is no tenant ${name ?? '(none named)'}.`);
  }
  return { tenant, entry };
};
