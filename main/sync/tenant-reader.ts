import { type TenantId, type UnitKind, unitKinds } from '../../shared/domain/protection-unit.ts';
import { longestRetentionSeconds } from '../../shared/domain/retention-period.ts';
import type { Catalog, ProtectionPolicy, ReadUnit } from '../catalog/index.ts';
import type { FetchedPolicy, FetchedUnit, TenantGraph } from '../graph/index.ts';
import type { Log } from '../host.ts';
import type { ServiceClocks } from './service-clock.ts';

/** All of the Graph client that reading a tenant needs. */
interface ReadingGraph {
  forTenant(tenantId: TenantId): {
    readonly policies: Pick<TenantGraph['policies'], 'list'>;
    readonly units: Pick<TenantGraph['units'], 'list'>;
  };
}

export interface TenantReaderParts {
  readonly catalog: {
    readonly policies: Pick<Catalog['policies'], 'list' | 'replaceAll'>;
    readonly units: Pick<Catalog['units'], 'beginRead' | 'putPage' | 'endRead'>;
    readonly knowledge: Pick<Catalog['knowledge'], 'lowerExpiries'>;
    readonly tenants: Pick<Catalog['tenants'], 'setSyncedAt'>;
  };
  readonly graph: ReadingGraph;
  readonly clocks: Pick<ServiceClocks, 'now' | 'learn'>;
  readonly log: Log;
}

/** Reads a tenant's policies and units from the service into the catalog, page by page. Throws GraphError, or AppFailure of the catalog. */
export class TenantReader {
  readonly #parts: TenantReaderParts;

  constructor(parts: TenantReaderParts) {
    this.#parts = parts;
  }

  /** All policies. Where one keeps points for a shorter time than before, what is known of its units' points is cut to that. */
  async readPolicies(tenantId: TenantId, signal: AbortSignal): Promise<void> {
    const { graph, catalog, clocks } = this.#parts;
    const policies: ProtectionPolicy[] = [];
    for await (const page of graph.forTenant(tenantId).policies.list({ signal })) {
      clocks.learn(tenantId, page);
      policies.push(...page.value.items.map(toPolicy));
    }
    // Expiries are lowered before the new retention is kept: stopped in between, the next sync sees the change again.
    const known = new Map(
      (await catalog.policies.list(tenantId)).map(policy => [policy.id, longestRetentionSeconds(policy.retention)]),
    );
    for (const { id: policyId, retention } of policies) {
      const retentionSeconds = longestRetentionSeconds(retention);
      if (retentionSeconds === undefined || known.get(policyId) === retentionSeconds) continue;
      await catalog.knowledge.lowerExpiries({ tenantId, policyId, retentionSeconds, now: clocks.now(tenantId) });
    }
    await catalog.policies.replaceAll(tenantId, policies);
  }

  /**
   * All units of the three kinds, side by side.
   *
   * @param policiesRead settles once the policies are written, or could not be read: a unit that has come under another policy
   * is judged by that policy's retention, so no unit is written before
   * @param onPage told after each page, with the units read so far
   * @returns how many units there are
   */
  async readUnits(
    tenantId: TenantId,
    signal: AbortSignal,
    policiesRead: Promise<unknown>,
    onPage: (read: number) => void,
  ): Promise<number> {
    const { catalog, clocks } = this.#parts;
    const at = clocks.now(tenantId);
    let read = 0;
    const counts = await settleAll(
      unitKinds.map(async kind =>
        this.#readKind(tenantId, kind, at, signal, policiesRead, page => {
          read += page;
          onPage(read);
        }),
      ),
    );
    await catalog.tenants.setSyncedAt(tenantId, at);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async #readKind(
    tenantId: TenantId,
    kind: UnitKind,
    at: number,
    signal: AbortSignal,
    policiesRead: Promise<unknown>,
    onPage: (units: number) => void,
  ): Promise<number> {
    const { catalog, graph, clocks, log } = this.#parts;
    const reading = await catalog.units.beginRead({ tenantId, kind, at });
    let unreadable = 0;
    let units = 0;
    for await (const page of graph.forTenant(tenantId).units.list(kind, { signal })) {
      clocks.learn(tenantId, page);
      const { items } = page.value;
      await Promise.allSettled([policiesRead]);
      await catalog.units.putPage(reading, items.map(toReadUnit));
      units += items.length;
      unreadable += page.value.unreadable.length;
      onPage(items.length);
    }
    if (unreadable > 0) {
      // One of them may be a unit that is known: nothing may be taken for gone.
      log.warn('sync.unreadableUnits', { tenantId, kind, unreadable });
      return units;
    }
    return (await catalog.units.endRead(reading)).units;
  }
}

/** Waits for all, also where one fails: nothing may write on after the caller has gone on. @throws the first failure */
async function settleAll<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map(result => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function toPolicy({ graph: _, createdBy: _by, lastModifiedAt, ...policy }: FetchedPolicy): ProtectionPolicy {
  return { ...policy, ...(lastModifiedAt === undefined ? {} : { modifiedAt: lastModifiedAt }) };
}

/** The name is left out where the service has forgotten it, so that the remembered one is shown. */
function toReadUnit({ graph, name, ...unit }: FetchedUnit): ReadUnit {
  const isNamed = [graph['siteName'], graph['displayName']].some(given => typeof given === 'string' && given !== '');
  return isNamed ? { ...unit, name } : unit;
}
