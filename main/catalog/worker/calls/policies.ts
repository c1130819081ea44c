import type { PoliciesCatalog } from '../../api/policies.ts';
import type { Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import type { HandlersOf } from './handlers.ts';

export const policiesCalls = (store: Store): HandlersOf<PoliciesCatalog> => ({
  replaceAll: (tenantId, policies) => ({
    retentionChanged: store.cache.policies.replaceAll(tenantKey(store.cache, tenantId), policies),
  }),
  list: tenantId => store.cache.policies.list(tenantKey(store.cache, tenantId)),
});
