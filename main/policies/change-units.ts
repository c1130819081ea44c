import { AppFailure } from '../../shared/contract/errors.ts';
import type { OwnerToAdd, UnitsMeant, UnitsToAdd } from '../../shared/contract/policies.ts';
import type { ProtectionUnit, TenantId, UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { addressKey } from './address-key.ts';
import type { Imports } from './imports.ts';
import type { OwnerLists } from './owner-lists.ts';
import type { PoliciesOptions } from './policies-options.ts';
import type { ChangeItem, LeftOutItem } from './prepared.ts';

const IDS_A_CALL = 1_000;

/** Units that are to come into a policy, sorted into those that can and those that can't. */
export interface AdditionsFound {
  readonly items: readonly ChangeItem[];
  readonly leftOut: readonly LeftOutItem[];
  /** Names of the policies that hold some of those left out. */
  readonly otherPolicies: readonly string[];
  /** Wrong lines of the import. */
  readonly wrongLines: number;
}

/** Looks up in the catalog which units a change is about. */
export class ChangeUnits {
  readonly #options: Pick<PoliciesOptions, 'catalog' | 'now'>;
  readonly #imports: Imports;
  readonly #ownerLists: OwnerLists;

  constructor(options: Pick<PoliciesOptions, 'catalog' | 'now'>, imports: Imports, ownerLists: OwnerLists) {
    this.#options = options;
    this.#imports = imports;
    this.#ownerLists = ownerLists;
  }

  /** The units named, in the order of ids. @throws AppFailure SELECTION_NOT_FOUND */
  async meant(tenantId: TenantId, units: UnitsMeant): Promise<ProtectionUnit[]> {
    return units.type === 'these'
      ? await this.#byIds(tenantId, units.unitIds)
      : await this.#byIds(tenantId, await this.#selected(tenantId, units.selectionId));
  }

  /** All present units of a policy. */
  async ofPolicy(tenantId: TenantId, policyId: string): Promise<ProtectionUnit[]> {
    return await this.#byIds(tenantId, await this.#matching(tenantId, { policyId }));
  }

  /**
   * What is to be added, each compared with what the catalog knows.
   *
   * @param policyId the policy that they come into; absent where it is still to be made
   * @throws AppFailure SELECTION_NOT_FOUND, IMPORT_NOT_FOUND, OWNER_LIST_NOT_FOUND
   */
  async toAdd(
    tenantId: TenantId,
    kind: UnitKind,
    policyId: string | undefined,
    units: UnitsToAdd,
  ): Promise<AdditionsFound> {
    switch (units.type) {
      case 'owners':
        return await this.#sorted(tenantId, policyId, await this.#ofOwners(tenantId, kind, units.owners), 0);
      case 'ownerList': {
        const owners = this.#ownerLists.ownersOf(units.ownerListId, tenantId, kind);
        return await this.#sorted(tenantId, policyId, await this.#ofOwners(tenantId, kind, owners), 0);
      }
      case 'selection': {
        const found = await this.meant(tenantId, { type: 'selection', selectionId: units.selectionId });
        const wanted = found.map(unit => ({ item: toItem(unit), unit }));
        return await this.#sorted(
          tenantId,
          policyId,
          wanted.filter(({ item }) => item.kind === kind),
          0,
          wanted.filter(({ item }) => item.kind !== kind).map(({ item }) => ({ item, because: 'UNITS_OF_OTHER_KIND' })),
        );
      }
      case 'import': {
        const { entries, wrong } = this.#imports.entriesOf(units.importId, tenantId, kind);
        return await this.#sorted(tenantId, policyId, await this.#ofEntries(tenantId, kind, entries), wrong);
      }
    }
  }

  async #ofOwners(tenantId: TenantId, kind: UnitKind, owners: readonly OwnerToAdd[]): Promise<Wanted[]> {
    const known = await this.#byOwners(
      tenantId,
      kind,
      owners.map(({ key }) => key),
    );
    // Named twice it is added once.
    const single = new Map(owners.map(owner => [owner.key.toLowerCase(), owner]));
    return [...single.values()].map(({ key, name, address }) => {
      const unit = known.get(key.toLowerCase());
      return {
        item: {
          kind,
          name,
          ownerKey: key,
          ...(address === undefined ? {} : { address }),
          ...(unit === undefined ? {} : { unitId: unit.id }),
        },
        unit,
      };
    });
  }

  async #ofEntries(
    tenantId: TenantId,
    kind: UnitKind,
    entries: readonly { readonly line: number; readonly text: string; readonly isKey: boolean }[],
  ): Promise<Wanted[]> {
    // An address has no index of its own: all units of the kind are walked once, whatever the number of lines.
    const byName = new Map<string, ProtectionUnit>();
    const ids = await this.#matching(tenantId, { kinds: [kind] });
    for (const unit of await this.#byIds(tenantId, ids)) {
      byName.set(unit.ownerKey.toLowerCase(), unit);
      if (unit.address !== undefined) byName.set(addressKey(unit.address), unit);
    }
    return entries.map(({ line, text, isKey }) => {
      const unit = byName.get(isKey ? text.toLowerCase() : addressKey(text));
      return {
        item: {
          kind,
          line,
          name: unit?.name ?? text,
          ...(isKey ? { ownerKey: text } : { address: text }),
          ...(unit === undefined ? {} : { unitId: unit.id }),
        },
        unit,
      };
    });
  }

  async #sorted(
    tenantId: TenantId,
    policyId: string | undefined,
    wanted: readonly Wanted[],
    wrongLines: number,
    before: readonly LeftOutItem[] = [],
  ): Promise<AdditionsFound> {
    const items: ChangeItem[] = [];
    const leftOut = [...before];
    const holders = new Set<string>();
    for (const { item, unit } of wanted) {
      const held = unit === undefined || unit.status === 'removeRequested' ? undefined : unit.policyId;
      if (held === undefined) items.push(item);
      else if (held === policyId) leftOut.push({ item, because: 'UNITS_IN_THIS_POLICY' });
      else {
        holders.add(held);
        leftOut.push({ item, because: 'UNITS_IN_OTHER_POLICY' });
      }
    }
    const policies = holders.size === 0 ? [] : await this.#options.catalog.policies.list(tenantId);
    const otherPolicies = [...holders].map(id => policies.find(policy => policy.id === id)?.name ?? id);
    return { items, leftOut, otherPolicies, wrongLines };
  }

  async #byOwners(tenantId: TenantId, kind: UnitKind, keys: readonly string[]): Promise<Map<string, ProtectionUnit>> {
    const found = new Map<string, ProtectionUnit>();
    // Ids come in lower case from the service; people may name them in any.
    const spelled = [...new Set(keys.flatMap(key => [key, key.toLowerCase()]))];
    for (let from = 0; from < spelled.length; from += IDS_A_CALL) {
      const page = await this.#options.catalog.units.byOwners(tenantId, kind, spelled.slice(from, from + IDS_A_CALL));
      for (const unit of page) found.set(unit.ownerKey.toLowerCase(), unit);
    }
    return found;
  }

  async #byIds(tenantId: TenantId, ids: readonly UnitId[]): Promise<ProtectionUnit[]> {
    const units: ProtectionUnit[] = [];
    for (let from = 0; from < ids.length; from += IDS_A_CALL)
      units.push(...(await this.#options.catalog.units.byIds(tenantId, ids.slice(from, from + IDS_A_CALL))));
    return units;
  }

  async #selected(tenantId: TenantId, selectionId: string): Promise<UnitId[]> {
    const { selections } = this.#options.catalog;
    if ((await selections.tenantOf(selectionId)) !== tenantId)
      throw new AppFailure({ code: 'SELECTION_NOT_FOUND', selectionId });
    return await allPages(async page => selections.ids(selectionId, page));
  }

  async #matching(
    tenantId: TenantId,
    filter: { readonly policyId?: string; readonly kinds?: UnitKind[] },
  ): Promise<UnitId[]> {
    const { catalog, now } = this.#options;
    return await allPages(async page => catalog.units.idsMatching({ tenantId, filter, now: now(tenantId), ...page }));
  }
}

interface Wanted {
  readonly item: ChangeItem;
  readonly unit: ProtectionUnit | undefined;
}

export function toItem(unit: ProtectionUnit): ChangeItem {
  return {
    kind: unit.kind,
    name: unit.name,
    ownerKey: unit.ownerKey,
    unitId: unit.id,
    ...(unit.address === undefined ? {} : { address: unit.address }),
  };
}

async function allPages(
  read: (page: { readonly after?: UnitId; readonly limit: number }) => Promise<UnitId[]>,
): Promise<UnitId[]> {
  const ids: UnitId[] = [];
  for (;;) {
    const after = ids.at(-1);
    const page = await read({ limit: IDS_A_CALL, ...(after === undefined ? {} : { after }) });
    ids.push(...page);
    if (page.length < IDS_A_CALL) return ids;
  }
}
