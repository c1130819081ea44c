import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmulatorProcess, startEmulatorProcess } from '../testing/emulator-process.ts';
import { SEARCH, syncOnEmulator, type SyncOnEmulator } from './testing/sync-on-emulator.ts';

/** Who controls a tenant, and in what state its service is, as a service tells it that was made from the documents. */
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
  opened = await syncOnEmulator(emulator);
});
afterAll(async () => {
  await opened.close();
  await emulator.stop();
});

test.each([
  ['self', 'ours'],
  ['pending', 'pending'],
  ['leaving', 'leaving'],
  ['other', 'anotherApp'],
  ['firstParty', 'microsoft'],
  // Enabled, it is in somebody's hand whom neither answer names.
  ['none', 'unknown'],
  ['none', 'nobody', 'disabled'],
])('a tenant whose controller is %s: %s', async (controller, by, serviceStatus = 'enabled') => {
  await emulator.control('PATCH', `/tenants/${opened.tenantId}`, { controller, serviceStatus });
  const standing = await opened.sync.readStanding(opened.tenantId);
  expect(standing.controller).toMatchObject({ by });
  expect((await opened.catalog.tenants.get(opened.tenantId)).controller).toMatchObject({ by });
});

test.each(['enabled', 'protectionChangeLocked', 'restoreLocked', 'disabled'])('a service that is %s', async status => {
  await emulator.control('PATCH', `/tenants/${opened.tenantId}`, { controller: 'self', serviceStatus: status });
  expect((await opened.sync.readStanding(opened.tenantId)).service).toMatchObject({ status });
  expect((await opened.catalog.tenants.get(opened.tenantId)).service).toMatchObject({ status });
});

test('a tenant that waits for our control is read, and its points are left alone', async () => {
  await emulator.control('PATCH', `/tenants/${opened.tenantId}`, { controller: 'pending', serviceStatus: 'enabled' });
  const { value, of } = await opened.counting(async () =>
    opened.sync.syncTenant(opened.tenantId, { evenIfFresh: true }),
  );
  expect(value).toEqual({ units: 20, questions: 0 });
  expect(of(SEARCH)).toBe(0);
});
