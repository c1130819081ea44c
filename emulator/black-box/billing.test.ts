import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOf, day, hour, startAdministrator } from './administrator.ts';
import type { Administrator } from './administrator.ts';
import { entries, part, textOf } from './emulator-client.ts';

let admin: Administrator;
beforeEach(async () => {
  admin = await startAdministrator();
});
afterEach(() => admin.stop());

const status = async () => part((await admin.ask('GET', '')).body, 'serviceStatus');
const policies = async () => entries((await admin.ask('GET', '/protectionPolicies')).body['value']);
const enable = () => admin.ask('POST', '/enable', { appOwnerTenantId: admin.client.ready.tenants[0]?.id });
const activate = async () => {
  const [first] = await admin.artifacts('mailbox', 1);
  return admin.ask('POST', `/restoreSessions/${await admin.draft('mailbox', [first?.artifact ?? {}])}/activate`);
};

describe('billing that goes bad', () => {
  test('locks changes of protection at once, deactivates the policies and leaves restores until its date', async () => {
    const [unitId = ''] = await admin.client.unitsWithPoints('mailbox', 1);
    const before = await policies();
    expect(before.every(policy => policy['status'] !== 'inactive')).toBe(true);
    await admin.change({ billing: 'invalid' });
    expect(await status()).toMatchObject({
      status: 'protectionChangeLocked',
      disableReason: 'invalidBillingProfile',
      gracePeriodDateTime: '2026-04-05T14:00:00Z',
      restoreAllowedTillDateTime: '2026-04-05T14:00:00Z',
    });
    expect(new Set((await policies()).map(policy => policy['status']))).toEqual(new Set(['updating']));
    expect(codeOf(await admin.ask('POST', '/exchangeProtectionPolicies', { displayName: 'New' }))).toBe(
      '403 notAllowed',
    );
    await admin.advance(2 * hour);
    expect(new Set((await policies()).map(policy => policy['status']))).toEqual(new Set(['inactive']));
    expect((await admin.ask('GET', `/protectionUnits/${unitId}`)).body['status']).toBe('unprotected');
    await admin.advance(10 * day);
    // Backups have stopped: the newest point is as old as the lock.
    const [newest] = await admin.client.newestPoints([unitId]);
    const point = await admin.ask('GET', `/restorePoints/${newest?.id ?? ''}`);
    expect(textOf(point.body, 'protectionDateTime') < '2026-03-06T14:00:00Z').toBe(true);
    expect((await activateOf(unitId)).status).toBe(200);
    await admin.advance(21 * day);
    expect(await status()).toMatchObject({ status: 'restoreLocked', disableReason: 'invalidBillingProfile' });
    expect(codeOf(await activateOf(unitId))).toBe('403 notAllowed');
  });

  const activateOf = async (unitId: string) => {
    const [newest] = await admin.client.newestPoints([unitId]);
    const artifact = { restorePoint: { id: newest?.id }, destinationType: 'inPlace' };
    const created = await admin.ask('POST', '/exchangeRestoreSessions', { mailboxRestoreArtifacts: [artifact] });
    return created.status === 201
      ? admin.ask('POST', `/restoreSessions/${textOf(created.body, 'id')}/activate`)
      : created;
  };

  test('is cured 24 to 48 hours after enable has found it healthy; policies are activated by hand', async () => {
    await admin.change({ billing: 'invalid' });
    expect(codeOf(await enable())).toBe('402 InvalidBillingProfile');
    await admin.change({ billing: 'healthy' });
    expect((await enable()).body['status']).toBe('protectionChangeLocked');
    await admin.advance(23 * hour);
    expect(part(await status(), 'status')).toBe('protectionChangeLocked');
    // Asked again, it begins no second wait.
    expect((await enable()).body['status']).toBe('protectionChangeLocked');
    await admin.advance(25 * hour);
    expect(await status()).toMatchObject({
      status: 'enabled',
      disableReason: 'none',
      gracePeriodDateTime: null,
      restoreAllowedTillDateTime: null,
    });
    const [policy] = await policies();
    expect(policy?.['status']).toBe('inactive');
    expect((await admin.ask('POST', `/protectionPolicies/${textOf(policy, 'id')}/activate`)).status).toBe(202);
    await admin.advance(2 * hour);
    expect((await admin.ask('GET', `/protectionPolicies/${textOf(policy, 'id')}`)).body['status']).toMatch(/^active/);
  });

  test('even after restores were locked', async () => {
    await admin.change({ billing: 'invalid' });
    await admin.advance(31 * day);
    expect(part(await status(), 'status')).toBe('restoreLocked');
    await admin.change({ billing: 'healthy' });
    await enable();
    await admin.advance(2 * day);
    expect(part(await status(), 'status')).toBe('enabled');
  });
});

test('an unreadable billing profile refuses enable and locks nothing', async () => {
  await admin.change({ billing: 'unreadable' });
  expect(codeOf(await enable())).toBe('403 UnableToReadBillingProfile');
  expect(part(await status(), 'status')).toBe('enabled');
  expect((await activate()).status).toBe(200);
});

test('the service app of a controller leaves a grace period of seven days behind, then restores end', async () => {
  const own = `/serviceApps/${admin.client.ready.clientId}`;
  expect((await admin.ask('DELETE', own)).status).toBe(204);
  expect(await status()).toMatchObject({
    status: 'protectionChangeLocked',
    disableReason: 'userRequested',
    gracePeriodDateTime: '2026-03-13T14:00:00Z',
  });
  // In it the application can neither read policies nor restore.
  expect(codeOf(await admin.ask('GET', '/protectionPolicies'))).toBe('403 accessDenied');
  await admin.advance(7 * day);
  expect(part(await status(), 'status')).toBe('restoreLocked');
  await admin.ask('POST', '/serviceApps');
  await admin.ask('POST', `${own}/activate`, { effectiveDateTime: '2026-03-30T00:00:00Z' });
  expect((await enable()).body['status']).toBe('enabled');
});
