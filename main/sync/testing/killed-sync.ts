/**
 * A process that asks for all heads of a tenant and kills itself, with SIGKILL, as soon as the first answers are written. Its
 * arguments: the emulator's ready line, the profile's folder.
 */
import type { EmulatorProcess, ReadyLine } from '../../testing/emulator-process.ts';
import { syncOnEmulator } from './sync-on-emulator.ts';

const [line = '', profile = ''] = process.argv.slice(2);
const ready = JSON.parse(line) as ReadyLine;
const tenant = ready.tenants.find(({ role }) => role === 'customer');
if (tenant === undefined) throw new Error('The emulator has no customer tenant.');

const emulator: EmulatorProcess = {
  ready,
  tenant,
  control: async (method, path) => JSON.parse(await (await fetch(`${ready.url}/_emulator${path}`, { method })).text()),
  stop: async () => undefined,
};
const { sync, tenantId } = await syncOnEmulator(emulator, {
  profile,
  onEvent: ({ type }) => {
    if (type === 'pointsChanged') process.kill(process.pid, 'SIGKILL');
  },
});
await sync.syncTenant(tenantId, { evenIfFresh: false });
