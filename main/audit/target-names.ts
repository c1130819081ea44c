import { AppFailure } from '../../shared/contract/errors.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { AuditRow, Catalog } from '../catalog/index.ts';

export interface TargetSources {
  readonly plans: Pick<Catalog['plans'], 'get' | 'list'>;
  readonly policies: Pick<Catalog['policies'], 'list'>;
  readonly units: Pick<Catalog['units'], 'byIds'>;
}

/** What a row's target is called here, where that is known. */
export type TargetNameOf = (row: Pick<AuditRow, 'tenantId' | 'target'>) => string | undefined;

/** A target of one kind and id: `plan 3f0f…`. */
const TARGET = /^(plan|policy|unit) (\S+)$/;

/** Names of the plans, policies and units that these rows are about, from what the catalog knows now. */
export async function readTargetNames(catalog: TargetSources, rows: readonly AuditRow[]): Promise<TargetNameOf> {
  const names = new Map<string, string>();
  const put = (tenantId: TenantId, kind: string, id: string, name: string): void =>
    void names.set(`${tenantId} ${kind} ${id}`, name);
  for (const [tenantId, byKind] of idsByTenant(rows)) {
    const [plans, policies, units] = await Promise.all([
      Promise.all([...(byKind.get('plan') ?? [])].map(async id => ({ id, name: await findPlanName(catalog, id) }))),
      byKind.has('policy') ? catalog.policies.list(tenantId).catch(forgotten) : [],
      byKind.has('unit') ? catalog.units.byIds(tenantId, [...(byKind.get('unit') ?? [])]).catch(forgotten) : [],
    ]);
    for (const { id, name } of plans) if (name !== undefined) put(tenantId, 'plan', id, name);
    for (const { id, name } of policies) put(tenantId, 'policy', id, name);
    for (const { id, name } of units) put(tenantId, 'unit', id, name);
  }
  return ({ tenantId, target }) => names.get(`${tenantId} ${target}`);
}

/** Targets of the plans and policies of these tenants whose name is meant. */
export async function findTargets(
  { plans, policies }: TargetSources,
  tenantIds: readonly TenantId[],
  isMeant: (name: string) => boolean,
): Promise<string[]> {
  const found = (await plans.list({ now: 0 })).map(({ id, name }) => ({ target: `plan ${id}`, name }));
  for (const tenantId of tenantIds)
    found.push(...(await policies.list(tenantId)).map(({ id, name }) => ({ target: `policy ${id}`, name })));
  return found.filter(({ name }) => isMeant(name)).map(({ target }) => target);
}

function idsByTenant(rows: readonly AuditRow[]): Map<TenantId, Map<string, Set<string>>> {
  const found = new Map<TenantId, Map<string, Set<string>>>();
  for (const { tenantId, target } of rows) {
    const [, kind, id] = TARGET.exec(target) ?? [];
    if (kind === undefined || id === undefined) continue;
    const byKind = found.get(tenantId) ?? new Map<string, Set<string>>();
    found.set(tenantId, byKind.set(kind, (byKind.get(kind) ?? new Set()).add(id)));
  }
  return found;
}

/** A plan that was deleted has no name any more. */
async function findPlanName({ plans }: TargetSources, planId: string): Promise<string | undefined> {
  try {
    return (await plans.get(planId, 0)).name;
  } catch (error) {
    if (error instanceof AppFailure && error.error.code === 'PLAN_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Of a tenant that was forgotten nothing has a name. */
function forgotten(error: unknown): never[] {
  if (error instanceof AppFailure && error.error.code === 'TENANT_NOT_ADDED') return [];
  throw error;
}
