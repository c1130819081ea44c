import { randomUUID } from 'node:crypto';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { OwnerToAdd } from '../../shared/contract/policies.ts';
import type { TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';

/** An owner, and the kinds of policy that could take it in. */
export interface ListedOwner extends OwnerToAdd {
  readonly kinds: readonly UnitKind[];
}

/** Lists kept at once; the oldest goes for a new one. */
const AT_MOST = 20;

/** Owners that were found elsewhere and are to come into a policy: any number of them, so they stay in main and are named by an id. */
export class OwnerLists {
  readonly #lists = new Map<string, { readonly tenantId: TenantId; readonly owners: readonly ListedOwner[] }>();

  /** Keeps a list. @returns its id */
  open(tenantId: TenantId, owners: readonly ListedOwner[]): string {
    const [oldest] = this.#lists.keys();
    if (this.#lists.size >= AT_MOST && oldest !== undefined) this.#lists.delete(oldest);
    const id = randomUUID();
    this.#lists.set(id, { tenantId, owners });
    return id;
  }

  /** Those of the list that a policy of this kind could take in. @throws AppFailure OWNER_LIST_NOT_FOUND */
  ownersOf(ownerListId: string, tenantId: TenantId, kind: UnitKind): OwnerToAdd[] {
    const list = this.#lists.get(ownerListId);
    if (list?.tenantId !== tenantId) throw new AppFailure({ code: 'OWNER_LIST_NOT_FOUND', ownerListId });
    return list.owners.flatMap(({ kinds, ...owner }) => (kinds.includes(kind) ? [owner] : []));
  }

  forget(tenantId: TenantId): void {
    for (const [id, list] of this.#lists) if (list.tenantId === tenantId) this.#lists.delete(id);
  }
}
