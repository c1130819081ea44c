import { initialTraits } from '../../../shared/domain/knowledge/index.ts';
import type { ServiceTraits } from '../../../shared/domain/knowledge/index.ts';
import { fromJson } from '../repositories/columns.ts';
import type { Cache } from './store.ts';

/** What is known of the service in a tenant. A trait that an earlier version did not know has its first value. */
export function loadTraits(cache: Cache, tenant: number): ServiceTraits {
  const text = cache.tenants.traits(tenant);
  return text === undefined ? initialTraits : { ...initialTraits, ...(fromJson(text) as Partial<ServiceTraits>) };
}
