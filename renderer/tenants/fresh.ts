import { FRESH_FOR } from '../../shared/domain/tenant-state.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

/** Whether a tenant was synced so lately that what is shown may be taken for the present. */
export function isFresh({ syncedAt }: { readonly syncedAt?: UtcSeconds | undefined }, now: UtcSeconds): boolean {
  return syncedAt !== undefined && now - syncedAt < FRESH_FOR;
}
