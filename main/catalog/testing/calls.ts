import type { CatalogCalls } from '../catalog.ts';
import { mirrorTenants } from '../worker/store.ts';
import type { Store } from '../worker/store.ts';
import { callsOn } from './memory-calls.ts';
import { storeInMemory } from './memory-files.ts';
import { anAddedTenant, OTHER_TENANT, TENANT } from './units.ts';

/** The catalog's calls over files in memory, with two tenants added. */
export function callsInMemory(): CatalogCalls & { readonly store: Store } {
  const store = storeInMemory();
  store.work.tenants.add(anAddedTenant(TENANT, 'Contoso'));
  store.work.tenants.add(anAddedTenant(OTHER_TENANT, 'Fabrikam'));
  mirrorTenants(store.cache, store.work);
  return { ...callsOn(store), store };
}

export const NOW = 1_790_000_000;
