import type { SelectionSummary, UnitFilter } from '../../../shared/contract/units.ts';
import type { TenantId, UnitId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';

type SelectionChange =
  | { readonly type: 'add'; readonly unitIds: readonly UnitId[] }
  | { readonly type: 'remove'; readonly unitIds: readonly UnitId[] }
  | { readonly type: 'addMatching'; readonly filter: UnitFilter }
  | { readonly type: 'removeMatching'; readonly filter: UnitFilter }
  | { readonly type: 'clear' };

/**
 * Named sets of one tenant's units, in memory. They survive every filter and refresh, and end with the worker. A selection
 * that is not there makes a call fail with SELECTION_NOT_FOUND.
 */
export interface SelectionsCatalog {
  open(tenantId: TenantId): Promise<SelectionSummary>;
  /** @param now service time of the tenant, for filters by tile */
  change(selectionId: string, change: SelectionChange, now: UtcSeconds): Promise<SelectionSummary>;
  summary(selectionId: string): Promise<SelectionSummary>;
  tenantOf(selectionId: string): Promise<TenantId>;
  /** Ids in the order of ids, `limit` (at most 1,000) after `after`. */
  ids(selectionId: string, page: { readonly after?: UnitId; readonly limit: number }): Promise<UnitId[]>;
  close(selectionId: string): Promise<void>;
}
