import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../../../shared/contract/errors.ts';
import type { SelectionsCatalog } from '../../api/selections.ts';
import { untilDone } from '../slices.ts';
import type { Cache, Store } from '../store.ts';
import { tenantKey } from '../store.ts';
import { unitKnowledge } from '../unit-knowledge.ts';
import type { HandlersOf } from './handlers.ts';
import { limited, limitOf } from './handlers.ts';

/** @throws AppFailure SELECTION_NOT_FOUND */
export function openSelection(
  cache: Cache,
  selectionId: string,
): { readonly tenant: number; readonly tenantId: string } {
  const selection = cache.selections.find(selectionId);
  if (selection === undefined) throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
  return selection;
}

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
          for (const unitId of limited(change.unitIds)) selections.add(selectionId, tenant, unitId);
          return;
        case 'remove':
          for (const unitId of limited(change.unitIds)) selections.remove(selectionId, tenant, unitId);
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
