import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '../../shared/domain/time.ts';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import { syncOnEmulator, type SyncOnEmulator } from './testing/sync-on-emulator.ts';

/** How long points are kept follows the policy that a unit is under, as a service tells it that was made from the documents. */
let emulator: EmulatorProcess;
let opened: SyncOnEmulator;

beforeAll(async () => {
  emulator = await startEmulatorProcess(
    '--seed',
    '3',
    '--tenants',
    '1',
    '--units',
    '20',
    '--now',
    '2026-03-06T12:00:00Z',
  );
  await emulator.control('POST', '/clock', { freeze: true });
  opened = await syncOnEmulator(emulator);
});
afterAll(async () => {
  await opened.close();
  await emulator.stop();
});

test('a unit that has come under a new policy is kept by it, also where the policies are read late', async () => {
  const { sync, catalog, clocks, tenantId } = opened;
  await sync.syncTenant(tenantId, { evenIfFresh: false });
  const now = clocks.now(tenantId);
  const { rows } = await catalog.units.list({
    tenantId,
    now,
    filter: { kinds: ['site'] },
    sort: { by: 'newest', descending: true },
    window: { offset: 0, limit: 1 },
  });
  const unitId = rows[0]?.id ?? '';
  const keptFor = async () => {
    const { newest } = await catalog.units.get({ tenantId, unitId, now });
    return 'point' in newest ? newest.point.expiresAt - newest.point.at : undefined;
  };
  expect(await keptFor()).toBeGreaterThan(10 * DAY);

  const retentionSettings = [{ interval: 'R/PT10M', period: 'P3D' }];
  await emulator.control('POST', `/tenants/${tenantId}/entities`, {
    collection: 'sharePointProtectionPolicies',
    value: [{ id: 'short', displayName: 'Short', status: 'active', retentionSettings }],
  });
  await emulator.control('POST', `/tenants/${tenantId}/entities`, {
    collection: 'siteProtectionUnits',
    value: [{ id: unitId, policyId: 'short' }],
  });
  const route = '/solutions/backupRestore/protectionPolicies';
  await emulator.control('POST', '/faults', { match: { route }, effect: 'delay', ms: 400 });
  await sync.syncTenant(tenantId, { evenIfFresh: false });
  expect(await keptFor()).toBe(3 * DAY);
});
