import type { ChangeProblem } from '../../shared/contract/policies.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { POLICY_WRITE_SCOPES, needsSignIn } from '../auth/index.ts';
import { toShortScope } from '../failures.ts';
import type { PoliciesOptions } from './policies-options.ts';

/** What of the tenant itself stands in the way of any change to its protection, asked afresh. */
export async function findTenantProblems(
  { auth, catalog, connectivity, sync }: Pick<PoliciesOptions, 'auth' | 'catalog' | 'connectivity' | 'sync'>,
  tenantId: TenantId,
  signal: AbortSignal | undefined,
): Promise<ChangeProblem[]> {
  const options = signal === undefined ? {} : { signal };
  const { readOnly } = await catalog.tenants.get(tenantId);
  const problems: ChangeProblem[] = [];
  if (readOnly !== undefined) problems.push({ code: 'TENANT_READ_ONLY', severity: 'stop', ...readOnly });
  if (auth.accountIn(tenantId) === undefined) return [...problems, { code: 'SIGN_IN_NEEDED', severity: 'stop' }];
  const [standing, consents] = await Promise.all([
    sync.readStanding(tenantId, options),
    auth.consentOf(tenantId, POLICY_WRITE_SCOPES, options),
  ]);
  const isUntold = standing.controller === undefined || standing.service === undefined;
  if (isUntold && !connectivity.isOnline) problems.push({ code: 'OFFLINE', severity: 'stop' });
  else if (isUntold) problems.push({ code: 'STANDING_UNKNOWN', severity: 'warning' });
  // Who is on the way out keeps full control until the date.
  const by = standing.controller?.by ?? 'unknown';
  if (by !== 'ours' && by !== 'leaving' && by !== 'unknown')
    problems.push({ code: 'NOT_CONTROLLER', severity: 'stop', controller: by });
  if (standing.service !== undefined && standing.service.status !== 'enabled')
    problems.push({ code: 'SERVICE_LOCKED', severity: 'stop', status: standing.service.status });
  const missing = consents.filter(({ consent }) => consent === 'missing');
  if (missing.length > 0)
    problems.push({
      code: 'CONSENT_MISSING',
      severity: 'stop',
      scopes: missing.map(({ scope }) => toShortScope(scope)),
    });
  else if (consents.some(each => each.consent === 'unknown' && needsSignIn(each.problem)))
    problems.push({ code: 'SIGN_IN_NEEDED', severity: 'stop' });
  return problems;
}
