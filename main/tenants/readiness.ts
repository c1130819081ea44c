import type { Controller, ReadinessItem, ServiceState } from '../../shared/contract/tenants.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { READ_SCOPES, RESTORE_WRITE_SCOPES, type ScopeConsent, type SignInProblem } from '../auth/index.ts';
import { toAppError, toShortScope } from '../failures.ts';
import { GraphError } from '../graph/index.ts';
import type { ServiceStanding } from '../sync/index.ts';
import { restorableKinds } from '../../shared/domain/backup-roles.ts';

type Check = ReadinessItem['check'];

/** Scopes whose consent is looked at, in the order of `ReadinessItem`'s checks. */
export const CHECKED_SCOPES: readonly string[] = [...READ_SCOPES, ...RESTORE_WRITE_SCOPES];

const checkOfScope: ReadonlyMap<string, Check> = new Map([
  ['BackupRestore-Control.Read.All', 'consentControl'],
  ['BackupRestore-Configuration.Read.All', 'consentConfiguration'],
  ['BackupRestore-Search.Read.All', 'consentSearch'],
  ['BackupRestore-Restore.Read.All', 'consentRestoreRead'],
  ['BackupRestore-Restore.ReadWrite.All', 'consentRestoreWrite'],
]);

/** What was found out about a tenant, each thing for itself. */
export interface ReadinessFacts {
  readonly tenantId: TenantId;
  readonly clientId: string;
  readonly consents: readonly ScopeConsent[];
  /** Role template ids of the signed-in user; absent where they could not be told. */
  readonly roleIds?: readonly string[];
  readonly standing: ServiceStanding;
}

/** The readiness check's lines, always all of them and in the same order. Pure. */
export function toReadinessItems(facts: ReadinessFacts): ReadinessItem[] {
  return [
    ofSignIn(facts),
    ...facts.consents.flatMap(consent => ofConsent(consent)),
    ofRole(facts.roleIds),
    ofController(facts),
    ofServiceStatus(facts),
    ofBilling(facts),
  ];
}

/** What stands in the way of signing in to the tenant at all, as opposed to single consents. */
export function findSignInProblem(consents: readonly ScopeConsent[]): SignInProblem | undefined {
  if (consents.some(({ consent }) => consent !== 'unknown')) return undefined;
  return consents.flatMap(one => (one.consent === 'unknown' ? [one.problem] : []))[0];
}

function ofSignIn({ consents, clientId }: ReadinessFacts): ReadinessItem {
  const problem = findSignInProblem(consents);
  if (problem === undefined) return { check: 'signIn', result: 'ok' };
  const isAboutApp = problem.kind === 'appUnknownInTenant' || problem.kind === 'notSignedInHere';
  const subject = isAboutApp ? { subject: clientId } : {};
  // Nothing was found out where the sign-in service itself could not be asked.
  const isAsked = !['offline', 'unavailable', 'throttled'].includes(problem.kind);
  return { check: 'signIn', result: isAsked ? 'failed' : 'notChecked', fact: toFact(problem), ...subject };
}

function ofConsent(consent: ScopeConsent): ReadinessItem[] {
  const subject = toShortScope(consent.scope);
  const check = checkOfScope.get(subject);
  if (check === undefined) return [];
  switch (consent.consent) {
    case 'granted':
      return [{ check, result: 'ok', subject }];
    case 'missing':
      return [{ check, result: 'failed', fact: toFact(consent.problem), subject }];
    case 'unknown':
      return [{ check, result: 'notChecked', fact: toFact(consent.problem), subject }];
  }
}

/** A role that is missing is a warning: which roles a GDAP relationship carries over is not documented in full. */
function ofRole(roleIds: readonly string[] | undefined): ReadinessItem {
  if (roleIds === undefined) return { check: 'role', result: 'notChecked' };
  const kinds = restorableKinds(roleIds);
  if (kinds.length === 3) return { check: 'role', result: 'ok' };
  if (kinds.length === 0) return { check: 'role', result: 'warning', fact: 'noRole' };
  return { check: 'role', result: 'warning', fact: kinds.includes('mailbox') ? 'mailboxesOnly' : 'sitesAndDrivesOnly' };
}

const resultOfController: Readonly<Record<Controller['by'], ReadinessItem['result']>> = {
  ours: 'ok',
  pending: 'warning',
  leaving: 'warning',
  anotherApp: 'failed',
  microsoft: 'failed',
  nobody: 'failed',
  unknown: 'notChecked',
};

function ofController({ standing, tenantId }: ReadinessFacts): ReadinessItem {
  const { controller, apps, status } = standing;
  if (controller === undefined) return notTold('controller', apps.ok ? status : apps, tenantId);
  const inControl = apps.ok
    ? apps.value.find(app => app.status === 'active' || app.status === 'pendingInactive')
    : undefined;
  const name =
    controller.by === 'anotherApp'
      ? (inControl?.applicationName ?? inControl?.applicationId ?? inControl?.id)
      : undefined;
  return {
    check: 'controller',
    result: resultOfController[controller.by],
    fact: controller.by,
    ...(name === undefined ? {} : { subject: name }),
  };
}

function ofServiceStatus({ standing: { service, status }, tenantId }: ReadinessFacts): ReadinessItem {
  if (service === undefined) return notTold('serviceStatus', status, tenantId);
  return {
    check: 'serviceStatus',
    result: resultOfStatus(service.status),
    fact: service.status,
    ...(service.disableReason === undefined ? {} : { subject: service.disableReason }),
  };
}

function resultOfStatus(status: string): ReadinessItem['result'] {
  switch (status) {
    case 'enabled':
      return 'ok';
    case 'disabled':
    case 'restoreLocked':
      return 'failed';
    // `protectionChangeLocked` still restores; what a word of the future means nobody knows.
    default:
      return 'warning';
  }
}

/** Graph tells of billing only where it is the reason that the service is off, or about to be. */
function ofBilling({ standing: { service, status }, tenantId }: ReadinessFacts): ReadinessItem {
  if (service === undefined) return notTold('billing', status, tenantId);
  if (service.disableReason === 'invalidBillingProfile')
    return { check: 'billing', result: 'failed', fact: service.disableReason };
  if (service.gracePeriodUntilAt !== undefined) return { check: 'billing', result: 'warning', fact: 'gracePeriod' };
  return isOn(service)
    ? { check: 'billing', result: 'ok' }
    : { check: 'billing', result: 'notChecked', fact: service.status };
}

function isOn({ status }: ServiceState): boolean {
  return status === 'enabled';
}

/** The service refused: that is a finding. Anything else that kept it from answering says nothing about the tenant. */
function notTold(
  check: Check,
  asked: { readonly ok: true } | { readonly ok: false; readonly error: unknown },
  tenantId: TenantId,
): ReadinessItem {
  if (asked.ok) return { check, result: 'notChecked' };
  const { error } = asked;
  if (error instanceof GraphError && error.outcome === 'refused' && error.status === 403)
    return { check, result: 'failed', fact: error.code };
  const known = toAppError(error, { tenantId });
  return { check, result: 'notChecked', ...(known === undefined ? {} : { fact: known.code }) };
}

/** The AADSTS number where there is one, as it can be searched for; else our word for the problem. */
function toFact(problem: SignInProblem): string {
  return problem.errorNo === undefined ? problem.kind : `AADSTS${problem.errorNo}`;
}
