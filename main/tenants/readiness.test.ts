import { describe, expect, test } from 'vitest';
import type { ReadinessItem } from '../../shared/contract/tenants.ts';
import type { ScopeConsent, SignInProblem } from '../auth/index.ts';
import { GraphError } from '../graph/index.ts';
import type { ServiceStanding } from '../sync/index.ts';
import { CHECKED_SCOPES, type ReadinessFacts, toReadinessItems } from './readiness.ts';

const tenantId = 'aaaaaaaa-0000-4000-8000-000000000001';
const clientId = '11111111-0000-4000-8000-000000000001';
const BACKUP_ADMINISTRATOR = '1707125e-0aa2-4d4d-8655-a7c786c76a25';

const granted = (): ScopeConsent[] => CHECKED_SCOPES.map(scope => ({ scope, consent: 'granted' }));
const unknown = (problem: SignInProblem): ScopeConsent[] =>
  CHECKED_SCOPES.map(scope => ({ scope, consent: 'unknown', problem }));
const service = { status: 'enabled', askedAt: 1_772_800_000 };
const standing: ServiceStanding = {
  status: { ok: true, value: { status: 'enabled', graph: {} } },
  apps: { ok: true, value: [{ id: clientId, status: 'active', graph: {} }] },
  service,
  controller: { by: 'ours' },
};
const facts = (over: Partial<ReadinessFacts> = {}): ReadinessFacts => ({
  tenantId,
  clientId,
  consents: granted(),
  roleIds: [BACKUP_ADMINISTRATOR],
  standing,
  ...over,
});

const check = (which: ReadinessItem['check'], given: ReadinessFacts) =>
  toReadinessItems(given).find(item => item.check === which);

test('a tenant in which all is in place', () => {
  expect(toReadinessItems(facts()).map(({ check: which, result }) => [which, result])).toEqual([
    ['signIn', 'ok'],
    ['consentControl', 'ok'],
    ['consentConfiguration', 'ok'],
    ['consentSearch', 'ok'],
    ['consentRestoreRead', 'ok'],
    ['consentRestoreWrite', 'ok'],
    ['role', 'ok'],
    ['controller', 'ok'],
    ['serviceStatus', 'ok'],
    ['billing', 'ok'],
  ]);
});

describe('signing in', () => {
  test.each<[SignInProblem, Partial<ReadinessItem>]>([
    [
      { kind: 'noGdapAccess', errorNo: 50020 },
      { result: 'failed', fact: 'AADSTS50020' },
    ],
    [
      { kind: 'conditionalAccess', errorNo: 53003 },
      { result: 'failed', fact: 'AADSTS53003' },
    ],
    [{ kind: 'interactionRequired' }, { result: 'failed', fact: 'interactionRequired' }],
    [
      { kind: 'wrongTenantToken', wrong: 'tenant' },
      { result: 'failed', fact: 'wrongTenantToken' },
    ],
    [
      { kind: 'appUnknownInTenant', errorNo: 700016 },
      { result: 'failed', fact: 'AADSTS700016', subject: clientId },
    ],
    [{ kind: 'notSignedInHere' }, { result: 'failed', fact: 'notSignedInHere', subject: clientId }],
    [
      { kind: 'unavailable', status: 502 },
      { result: 'notChecked', fact: 'unavailable' },
    ],
  ])('%o says so, and that no consent could be looked at', (problem, expected) => {
    const given = facts({ consents: unknown(problem) });
    expect(check('signIn', given)).toEqual({ check: 'signIn', ...expected });
    for (const which of ['consentControl', 'consentRestoreWrite'] as const)
      expect(check(which, given)?.result).toBe('notChecked');
  });

  test('works where consent alone is missing, each scope for itself', () => {
    const problem = { kind: 'consentMissing', scopes: [], declined: false, errorNo: 65001 } as const;
    const consents = granted().map((one): ScopeConsent =>
      one.scope.endsWith('ReadWrite.All') ? { scope: one.scope, consent: 'missing', problem } : one,
    );
    const given = facts({ consents });
    expect(check('signIn', given)?.result).toBe('ok');
    expect(check('consentRestoreRead', given)?.result).toBe('ok');
    expect(check('consentRestoreWrite', given)).toEqual({
      check: 'consentRestoreWrite',
      result: 'failed',
      fact: 'AADSTS65001',
      subject: 'BackupRestore-Restore.ReadWrite.All',
    });
  });
});

describe('the role', () => {
  test.each<[readonly string[], Partial<ReadinessItem>]>([
    [['62E90394-69F5-4237-9190-012177145E10'], { result: 'ok' }],
    [['f28a1f50-f6e7-4571-818b-6a12f2af6b6c', '29232cdf-9323-42fd-ade2-1d097af3e4de'], { result: 'ok' }],
    [['f28a1f50-f6e7-4571-818b-6a12f2af6b6c'], { result: 'warning', fact: 'sitesAndDrivesOnly' }],
    [['29232cdf-9323-42fd-ade2-1d097af3e4de'], { result: 'warning', fact: 'mailboxesOnly' }],
    [[], { result: 'warning', fact: 'noRole' }],
  ])('%o', (roleIds, expected) => {
    expect(check('role', facts({ roleIds }))).toEqual({ check: 'role', ...expected });
  });

  test('is not checked where no token tells', () => {
    const { roleIds: _, ...without } = facts();
    expect(check('role', without)).toEqual({ check: 'role', result: 'notChecked' });
  });
});

describe('the controller', () => {
  test.each([
    ['pending', 'warning'],
    ['leaving', 'warning'],
    ['anotherApp', 'failed'],
    ['microsoft', 'failed'],
    ['nobody', 'failed'],
    ['unknown', 'notChecked'],
  ] as const)('%s: %s', (by, result) => {
    expect(check('controller', facts({ standing: { ...standing, controller: { by } } }))).toMatchObject({
      result,
      fact: by,
    });
  });

  test('another app is named as far as it can be', () => {
    const apps = {
      ok: true,
      value: [{ id: 'x', applicationName: 'Other Vendor', status: 'active', graph: {} }],
    } as const;
    const given = facts({ standing: { ...standing, apps, controller: { by: 'anotherApp' } } });
    expect(check('controller', given)).toMatchObject({ subject: 'Other Vendor' });
  });
});

describe('the service', () => {
  test.each([
    ['protectionChangeLocked', 'warning'],
    ['restoreLocked', 'failed'],
    ['disabled', 'failed'],
    ['aNewWord', 'warning'],
  ])('%s: %s', (status, result) => {
    const given = facts({ standing: { ...standing, service: { ...service, status } } });
    expect(check('serviceStatus', given)).toMatchObject({ result, fact: status });
  });

  test('billing is what the service says of it, and no more', () => {
    const billing = (over: object) =>
      check('billing', facts({ standing: { ...standing, service: { ...service, ...over } } }));
    expect(billing({ status: 'disabled', disableReason: 'invalidBillingProfile' })).toMatchObject({ result: 'failed' });
    expect(billing({ gracePeriodUntilAt: 1_772_900_000 })).toMatchObject({ result: 'warning', fact: 'gracePeriod' });
    expect(billing({ status: 'disabled', disableReason: 'userRequested' })).toMatchObject({ result: 'notChecked' });
  });

  test('a refusal is a finding; what never reached the service is none', () => {
    const failing = (error: GraphError): ServiceStanding => ({
      status: { ok: false, error },
      apps: { ok: false, error },
    });
    const refused = new GraphError('x', { status: 403, code: 'accessDenied', outcome: 'refused' });
    const lost = new GraphError('x', { status: 0, code: 'clientNetworkLost', outcome: 'nothing-done' });
    for (const which of ['controller', 'serviceStatus', 'billing'] as const) {
      expect(check(which, facts({ standing: failing(refused) }))).toEqual({
        check: which,
        result: 'failed',
        fact: 'accessDenied',
      });
      expect(check(which, facts({ standing: failing(lost) }))).toEqual({
        check: which,
        result: 'notChecked',
        fact: 'OFFLINE',
      });
    }
  });
});
