import { type AppError, AppFailure } from '../../shared/contract/errors.ts';
import type {
  AdditionJob,
  InclusionRule,
  PolicyDetail,
  PolicyList,
  PolicySummary,
} from '../../shared/contract/policies.ts';
import { findRuleForm } from '../../shared/domain/inclusion-rule.ts';
import type { TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { ProtectionPolicy, ReadUnit, UnitsOfPolicy } from '../catalog/index.ts';
import { asAppFailure } from '../failures.ts';
import {
  type Actor,
  type FetchedBulkAdditionJob,
  type FetchedPolicy,
  type FetchedRule,
  type FetchedUnit,
  fetchUnitRequest,
  itemsOf,
} from '../graph/index.ts';
import type { PoliciesOptions } from './policies-options.ts';

/** A policy of more units is not read unit by unit with it: the tenant's sync does that. */
const UNITS_READ_ALONG = 2_000;
/** Units that are read again one by one after a change. */
const UNITS_READ_SINGLY = 1_000;
const UNITS_A_WRITE = 200;
const FAILED_SHOWN = 50;

/** What the service said of one policy beside what the catalog keeps. */
interface Told {
  readonly createdBy?: string;
  readonly modifiedBy?: string;
  readonly serviceCounts?: PolicyDetail['serviceCounts'];
  readonly rules?: readonly InclusionRule[];
  readonly jobs?: readonly AdditionJob[];
}

interface Options {
  readonly signal?: AbortSignal;
}

/** A tenant's policies: as the catalog knows them, and asked afresh. Failures are AppFailures. */
export class PolicyReader {
  readonly #options: PoliciesOptions;
  /** When the policies of a tenant were read last, beside its syncs. */
  readonly #readAt = new Map<TenantId, UtcSeconds>();
  /** By tenant and policy. */
  readonly #told = new Map<TenantId, Map<string, Told>>();

  constructor(options: PoliciesOptions) {
    this.#options = options;
  }

  async list(tenantId: TenantId): Promise<PolicyList> {
    const { catalog } = this.#options;
    const [tenant, policies, counts] = await Promise.all([
      catalog.tenants.get(tenantId),
      catalog.policies.list(tenantId),
      catalog.units.countsOfPolicies(tenantId),
    ]);
    const readAt = this.#readAtOf(tenantId, tenant.syncedAt);
    const without = (kind: UnitKind): number =>
      counts.find(count => count.policyId === undefined && count.kind === kind)?.units ?? 0;
    return {
      policies: policies.map(policy => toSummary(policy, counts)),
      ...(readAt === undefined ? {} : { readAt }),
      ...(tenant.syncedAt === undefined ? {} : { unitsReadAt: tenant.syncedAt }),
      withoutPolicy: { site: without('site'), drive: without('drive'), mailbox: without('mailbox') },
    };
  }

  async fetchList(tenantId: TenantId, options: Options = {}): Promise<PolicyList> {
    await this.readPolicies(tenantId, options);
    return await this.list(tenantId);
  }

  /** @throws AppFailure POLICY_NOT_FOUND */
  async get(tenantId: TenantId, policyId: string): Promise<PolicyDetail> {
    return await this.#detail(tenantId, policyId, []);
  }

  /**
   * Reads the policy with its rules, jobs and, where they are not too many, its units.
   *
   * @throws AppFailure POLICY_NOT_FOUND, those of signing in and of the network
   */
  async fetch(tenantId: TenantId, policyId: string, { signal }: Options = {}): Promise<PolicyDetail> {
    const options = toOptions(signal);
    const policy = await this.readPolicy(tenantId, policyId, options);
    const { kind } = policy;
    if (kind === undefined) return await this.#detail(tenantId, policyId, []);
    const unread: PolicyDetail['unread'] = [];
    const part = async (name: PolicyDetail['unread'][number]['part'], work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        const known = this.#options.toAppError(error, tenantId);
        if (known === undefined || known.code === 'ABORTED') throw error;
        unread.push({ part: name, error: known satisfies AppError });
      }
    };
    await Promise.all([
      part('rules', async () => this.readRules(tenantId, kind, policyId, options)),
      part('jobs', async () => this.readJobs(tenantId, kind, policyId, options)),
      part('units', async () => this.readUnitsOfPolicy(tenantId, kind, policyId, options)),
    ]);
    this.#options.emit({ type: 'policiesChanged', tenantId });
    return await this.#detail(tenantId, policyId, unread);
  }

  /** All policies of the tenant, afresh. */
  async readPolicies(tenantId: TenantId, { signal }: Options = {}): Promise<void> {
    await this.#asked(tenantId, async () => this.#options.sync.readPolicies(tenantId, toOptions(signal)));
    this.#readAt.set(tenantId, this.#options.now(tenantId));
    this.#options.emit({ type: 'policiesChanged', tenantId });
  }

  /** One policy, afresh, with what only its own page says. @throws AppFailure POLICY_NOT_FOUND */
  async readPolicy(tenantId: TenantId, policyId: string, options: Options = {}): Promise<ProtectionPolicy> {
    const { catalog, graph } = this.#options;
    await this.readPolicies(tenantId, options);
    const policy = (await catalog.policies.list(tenantId)).find(({ id }) => id === policyId);
    if (policy === undefined) {
      this.#told.get(tenantId)?.delete(policyId);
      throw new AppFailure({ code: 'POLICY_NOT_FOUND', policyId });
    }
    const { value } = await this.#asked(tenantId, async () =>
      graph.forTenant(tenantId).policies.fetch(policyId, options),
    );
    this.#tell(tenantId, policyId, toTold(value));
    return policy;
  }

  async readRules(
    tenantId: TenantId,
    kind: UnitKind,
    policyId: string,
    options: Options = {},
  ): Promise<InclusionRule[]> {
    const rules: InclusionRule[] = [];
    await this.#asked(tenantId, async () => {
      const listed = this.#options.graph.forTenant(tenantId).inclusionRules.list(kind, policyId, options);
      for await (const rule of itemsOf(listed)) rules.push(toRule(rule));
    });
    this.#tell(tenantId, policyId, { rules });
    return rules;
  }

  async readJobs(tenantId: TenantId, kind: UnitKind, policyId: string, options: Options = {}): Promise<AdditionJob[]> {
    const jobs: AdditionJob[] = [];
    await this.#asked(tenantId, async () => {
      const listed = this.#options.graph.forTenant(tenantId).bulkAdditionJobs.list(kind, policyId, options);
      for await (const job of itemsOf(listed)) jobs.push(toJob(job));
    });
    this.#tell(tenantId, policyId, { jobs });
    return jobs;
  }

  /** The units that the policy holds, unless they are many; those that have left it are asked for one by one. */
  async readUnitsOfPolicy(tenantId: TenantId, kind: UnitKind, policyId: string, options: Options = {}): Promise<void> {
    const { catalog, graph, now } = this.#options;
    const before: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await catalog.units.idsMatching({
        tenantId,
        filter: { policyId },
        now: now(tenantId),
        limit: 1_000,
        ...(after === undefined ? {} : { after }),
      });
      before.push(...page);
      after = page.at(-1);
      if (page.length < 1_000 || before.length > UNITS_READ_ALONG) break;
    }
    if (before.length > UNITS_READ_ALONG) return;
    const seen = new Set<string>();
    await this.#asked(tenantId, async () => {
      for await (const page of graph.forTenant(tenantId).units.listOfPolicy(kind, policyId, options)) {
        await this.putUnits(tenantId, page.value.items);
        for (const { id } of page.value.items) seen.add(id);
        if (seen.size > UNITS_READ_ALONG) break;
      }
    });
    if (seen.size <= UNITS_READ_ALONG)
      await this.readUnits(
        tenantId,
        kind,
        before.filter(id => !seen.has(id)),
        options,
      );
    this.#options.emit({ type: 'unitsChanged', tenantId });
  }

  /** These units, afresh, at most a thousand of them; those that the service does not find stay as they are known. */
  async readUnits(
    tenantId: TenantId,
    kind: UnitKind,
    unitIds: readonly string[],
    options: Options = {},
  ): Promise<void> {
    const wanted = unitIds.slice(0, UNITS_READ_SINGLY);
    if (wanted.length === 0) return;
    const parts = await this.#asked(tenantId, async () =>
      this.#options.graph.forTenant(tenantId).batch(
        wanted.map(id => fetchUnitRequest(id, kind)),
        options,
      ),
    );
    await this.putUnits(
      tenantId,
      parts.flatMap(part => (part.ok ? [part.answer.value] : [])),
    );
    this.#options.emit({ type: 'unitsChanged', tenantId });
  }

  async putUnits(tenantId: TenantId, units: readonly FetchedUnit[]): Promise<void> {
    for (let from = 0; from < units.length; from += UNITS_A_WRITE)
      await this.#options.catalog.units.put(tenantId, units.slice(from, from + UNITS_A_WRITE).map(toReadUnit));
  }

  /** Drops what is kept of a tenant that is forgotten. */
  forget(tenantId: TenantId): void {
    this.#readAt.delete(tenantId);
    this.#told.delete(tenantId);
  }

  async #detail(tenantId: TenantId, policyId: string, unread: PolicyDetail['unread']): Promise<PolicyDetail> {
    const { policies, readAt } = await this.list(tenantId);
    const policy = policies.find(({ id }) => id === policyId);
    if (policy === undefined) throw new AppFailure({ code: 'POLICY_NOT_FOUND', policyId });
    const { rules, jobs, ...told } = this.#told.get(tenantId)?.get(policyId) ?? {};
    return {
      policy,
      ...(readAt === undefined ? {} : { readAt }),
      ...told,
      ...(rules === undefined ? {} : { rules: [...rules] }),
      ...(jobs === undefined ? {} : { jobs: [...jobs] }),
      unread,
    };
  }

  #readAtOf(tenantId: TenantId, syncedAt: UtcSeconds | undefined): UtcSeconds | undefined {
    const own = this.#readAt.get(tenantId);
    return own === undefined || syncedAt === undefined ? (own ?? syncedAt) : Math.max(own, syncedAt);
  }

  #tell(tenantId: TenantId, policyId: string, told: Told): void {
    const ofTenant = this.#told.get(tenantId) ?? new Map<string, Told>();
    this.#told.set(tenantId, ofTenant.set(policyId, { ...ofTenant.get(policyId), ...told }));
  }

  async #asked<T>(tenantId: TenantId, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    }
  }
}

export function toOptions(signal: AbortSignal | undefined): Options {
  return signal === undefined ? {} : { signal };
}

function toSummary(policy: ProtectionPolicy, counts: readonly UnitsOfPolicy[]): PolicySummary {
  const own = counts.filter(({ policyId }) => policyId === policy.id);
  const sum = (of: (count: UnitsOfPolicy) => number): number => own.reduce((total, count) => total + of(count), 0);
  return {
    ...policy,
    retention: [...policy.retention],
    units: {
      total: sum(each => each.units),
      protected: sum(each => each.protected),
      inError: sum(each => each.inError),
    },
  };
}

/** The name is left out where the service has forgotten it, so that the remembered one is shown. */
function toReadUnit({
  graph,
  name,
  createdBy: _by,
  lastModifiedAt: _at,
  lastModifiedBy: _last,
  ...unit
}: FetchedUnit): ReadUnit {
  const isNamed = [graph['siteName'], graph['displayName']].some(given => typeof given === 'string' && given !== '');
  return isNamed ? { ...unit, name } : unit;
}

function toTold({ createdBy, lastModifiedBy, counts }: FetchedPolicy): Told {
  const made = toName(createdBy);
  const modified = toName(lastModifiedBy);
  return {
    ...(made === undefined ? {} : { createdBy: made }),
    ...(modified === undefined ? {} : { modifiedBy: modified }),
    ...(counts === undefined
      ? {}
      : {
          serviceCounts: {
            total: counts.total ?? 0,
            completed: counts.completed ?? 0,
            failed: counts.failed ?? 0,
            inProgress: counts.inProgress ?? 0,
          },
        }),
  };
}

function toName(actor: Actor | undefined): string | undefined {
  return actor?.userEmail ?? actor?.userName ?? actor?.applicationName ?? actor?.userId ?? actor?.applicationId;
}

function toRule(rule: FetchedRule): InclusionRule {
  const createdBy = toName(rule.createdBy);
  const form = rule.expression === undefined ? undefined : findRuleForm(rule.expression);
  return {
    id: rule.id,
    type: rule.isAutoApplyEnabled === undefined ? 'unknown' : rule.isAutoApplyEnabled ? 'dynamic' : 'static',
    status: rule.status,
    expression: rule.expression ?? '',
    ...(form === undefined ? {} : { form }),
    ...(rule.createdAt === undefined ? {} : { createdAt: rule.createdAt }),
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(rule.lastModifiedAt === undefined ? {} : { modifiedAt: rule.lastModifiedAt }),
    ...(rule.error === undefined ? {} : { error: rule.error }),
  };
}

function toJob(job: FetchedBulkAdditionJob): AdditionJob {
  const createdBy = toName(job.createdBy);
  const failed = job.errorDetails ?? [];
  return {
    id: job.id,
    name: job.name,
    status: job.status,
    ...(job.createdAt === undefined ? {} : { createdAt: job.createdAt }),
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(job.error === undefined ? {} : { error: job.error }),
    failed: failed.length,
    firstFailed: failed.slice(0, FAILED_SHOWN).map(({ code, message, target }) => ({
      code,
      message,
      ...(target === undefined ? {} : { entry: target }),
    })),
  };
}
