import { randomUUID } from 'node:crypto';
import type { SelectionsCatalog } from '../../api/selections.ts';
import { openSelection } from '../open-selection.ts';
import { untilDone } from '../slices.ts';
import type { Cache, Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { unitKnowledge } from '../unit-knowledge.ts';
import type { HandlersOf } from './handlers.ts';
import { limited, limitOf } from './handlers.ts';

/** A new, empty selection. @returns its id */
export function newSelection(cache: Cache, tenantId: string): string {
  const id = randomUUID();
  cache.selections.open(id, tenantKey(cache, tenantId));
  return id;
}

export const selectionsCalls = (store: Store): HandlersOf<SelectionsCatalog> => ({
  open: tenantId => store.cache.selections.summary(newSelection(store.cache, tenantId)),
  *change(selectionId, change, now) {
    const { cache } = store;
    const { selections } = cache;
    const { tenant } = openSelection(cache, selectionId);
    if (change.type === 'addMatching' || change.type === 'removeMatching') {
      if (change.filter.selectionId !== undefined) openSelection(cache, change.filter.selectionId);
      yield* untilDone(() => unitKnowledge(cache).refreshEnded(tenant, now));
    }
    cache.db.transaction(() => {
      switch (change.type) {
        case 'add':
          selections.add(selectionId, tenant, limited(change.unitIds));
          return;
        case 'remove':
          selections.remove(selectionId, tenant, limited(change.unitIds));
          return;
        case 'addMatching':
          selections.addMatching(selectionId, tenant, change.filter);
          return;
        case 'removeMatching':
          selections.removeMatching(selectionId, tenant, change.filter);
          return;
        case 'clear':
          selections.clear(selectionId);
      }
    });
    return selections.summary(selectionId);
  },
  summary: selectionId => {
    openSelection(store.cache, selectionId);
    return store.cache.selections.summary(selectionId);
  },
  tenantOf: selectionId => openSelection(store.cache, selectionId).tenantId,
  ids: (selectionId, { after, limit }) => {
    openSelection(store.cache, selectionId);
    return store.cache.selections.ids(selectionId, after ?? '', limitOf(limit)).map(row => row.id);
  },
  close: selectionId => {
    store.cache.selections.close(selectionId);
  },
});
