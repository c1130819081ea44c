import { AppFailure } from '../../../shared/contract/errors.ts';
import type { Cache } from './store.ts';

/** @throws AppFailure SELECTION_NOT_FOUND */
export function openSelection(
  cache: Cache,
  selectionId: string,
): { readonly tenant: number; readonly tenantId: string } {
  const selection = cache.selections.find(selectionId);
  if (selection === undefined) throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
  return selection;
}
