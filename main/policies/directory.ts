import type { DirectoryEntry } from '../../shared/contract/policies.ts';
import type { ProtectionUnit, TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { asAppFailure } from '../failures.ts';
import { type DirectoryObject, fetchGroupRequest } from '../graph/index.ts';
import type { PoliciesOptions } from './policies-options.ts';

const kindsOf: Readonly<Record<DirectoryEntry['type'], readonly UnitKind[]>> = {
  user: ['drive', 'mailbox'],
  site: ['site'],
  group: [],
};

interface Options {
  readonly signal?: AbortSignal;
}

/** The tenant's directory, as far as adding to a policy needs it. Failures are AppFailures. */
export class DirectorySearch {
  readonly #options: Pick<PoliciesOptions, 'catalog' | 'graph'>;

  constructor(options: Pick<PoliciesOptions, 'catalog' | 'graph'>) {
    this.#options = options;
  }

  /** The first users, groups or sites that answer to what was typed, each with the units that the catalog knows of it. */
  async search(
    tenantId: TenantId,
    type: DirectoryEntry['type'],
    typed: string,
    options: Options = {},
  ): Promise<{ entries: DirectoryEntry[]; more: boolean }> {
    const { catalog, graph } = this.#options;
    await catalog.tenants.get(tenantId);
    const { directory } = graph.forTenant(tenantId);
    const ask = { user: directory.searchUsers, group: directory.searchGroups, site: directory.searchSites }[type];
    try {
      const { items, nextLink } = (await ask(typed, options)).value;
      return { entries: await this.#withUnits(tenantId, type, items), more: nextLink !== undefined };
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    }
  }

  /** Groups by their ids, in the order given, without those that the directory does not know. */
  async groups(tenantId: TenantId, groupIds: readonly string[], options: Options = {}): Promise<DirectoryEntry[]> {
    try {
      const parts = await this.#options.graph.forTenant(tenantId).batch(groupIds.map(fetchGroupRequest), options);
      const failed = parts.flatMap(part => (part.ok || part.error.status === 404 ? [] : [part.error]))[0];
      if (failed !== undefined) throw failed;
      return parts.flatMap(part => (part.ok ? [toEntry(part.answer.value, [])] : []));
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    }
  }

  async #withUnits(
    tenantId: TenantId,
    type: DirectoryEntry['type'],
    objects: readonly DirectoryObject[],
  ): Promise<DirectoryEntry[]> {
    const { catalog } = this.#options;
    const keys = objects.map(({ id }) => id);
    const policies = new Map((await catalog.policies.list(tenantId)).map(({ id, name }) => [id, name]));
    const units = (
      await Promise.all(kindsOf[type].map(async kind => catalog.units.byOwners(tenantId, kind, keys)))
    ).flat();
    return objects.map(object =>
      toEntry(
        object,
        units
          .filter(({ ownerKey }) => ownerKey.toLowerCase() === object.id.toLowerCase())
          .map(unit => toKnownUnit(unit, policies)),
      ),
    );
  }
}

function toEntry(
  { type, id, name, address, isEnabled }: DirectoryObject,
  units: DirectoryEntry['units'],
): DirectoryEntry {
  return {
    type,
    id,
    name,
    ...(address === undefined ? {} : { address }),
    ...(isEnabled === undefined ? {} : { enabled: isEnabled }),
    units,
  };
}

function toKnownUnit(
  { id, kind, status, policyId }: ProtectionUnit,
  policies: ReadonlyMap<string, string>,
): DirectoryEntry['units'][number] {
  const policyName = policyId === undefined ? undefined : policies.get(policyId);
  return {
    unitId: id,
    kind,
    status,
    ...(policyId === undefined ? {} : { policyId }),
    ...(policyName === undefined ? {} : { policyName }),
  };
}
