import { grantOf, spendOn, unpaced } from '../../../../shared/domain/background/index.ts';
import type { BackgroundCatalog, BackgroundProgress } from '../../api/background.ts';
import type { Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import type { HandlersOf } from './handlers.ts';

export const backgroundCalls = (store: Store): HandlersOf<BackgroundCatalog> => ({
  list: () =>
    store.cache.tenants.keys().map(({ key, id }): BackgroundProgress => {
      const { background } = store.cache;
      const spent = background.spent(key);
      return {
        tenantId: id,
        pace: background.pace(key) ?? unpaced,
        landmarks: background.landmarks(key),
        ...(spent === undefined ? {} : { spent }),
      };
    }),
  reserve: ({ tenantId, now, questions, budget }) => {
    const { background } = store.cache;
    const tenant = tenantKey(store.cache, tenantId);
    const spent = background.spent(tenant);
    const granted = grantOf(spent, budget, now, questions);
    if (granted > 0) background.setSpent(tenant, spendOn(spent, now, granted));
    return granted;
  },
  spend: ({ tenantId, now, questions }) => {
    const { background } = store.cache;
    const tenant = tenantKey(store.cache, tenantId);
    background.setSpent(tenant, spendOn(background.spent(tenant), now, questions));
  },
  keep: ({ tenantId, now, pace, asked }) => {
    const { background, db } = store.cache;
    const tenant = tenantKey(store.cache, tenantId);
    db.transaction(() => {
      background.setPace(tenant, pace);
      if (asked !== undefined) background.addLandmark(tenant, asked, now);
    });
  },
});
