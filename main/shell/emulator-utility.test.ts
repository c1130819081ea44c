import { afterEach, expect, it, vi } from 'vitest';
import type { startEmulatorUtility } from './emulator-utility.ts';
import { PID_OF_UTILITY, standInElectron, type StandIn } from './testing/electron-stand-in.ts';

/** Starts it on a fresh Electron, as the shell does. */
async function start(): Promise<{
  readonly starting: ReturnType<typeof startEmulatorUtility>;
  readonly utility: StandIn['utilities'][number];
}> {
  const standIn = standInElectron({ userData: '/nowhere' });
  vi.resetModules();
  vi.doMock('electron', () => standIn.electron);
  const module = await import('./emulator-utility.ts');
  const starting = module.startEmulatorUtility('/profile', new URL('file:///built/emulator.js'));
  const [utility] = standIn.utilities;
  if (utility === undefined) throw new Error('nothing was forked');
  return { starting, utility };
}

const READY = JSON.stringify({
  url: 'http://127.0.0.1:5000',
  clientId: 'c',
  now: '2026-03-06T12:00:00Z',
  tenants: [{ id: '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01', domain: 'a.example', displayName: 'A', role: 'home' }],
  users: [{ userPrincipalName: 'u@a.example', homeTenantId: '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01' }],
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('says that the demo can not start where V8 gives up in it, and throws nothing here', async () => {
  const { starting, utility } = await start();
  utility.breakDown();
  utility.exit(5);
  await expect(starting).rejects.toThrow('The demo tenants could not be started (exit 5); start Backstop again.');
});

it('is killed where it does not end when it is asked to', async () => {
  const { starting, utility } = await start();
  utility.print(`${READY}\n`);
  const emulator = await starting;
  const kills = vi.spyOn(process, 'kill').mockImplementation(() => {
    utility.exit(9);
    return true;
  });
  utility.ignoresKill = true;
  vi.useFakeTimers();
  const stopped = emulator.stop();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(utility.killed).toBe(true);
  expect(kills).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  await stopped;
  expect(kills.mock.calls).toEqual([[PID_OF_UTILITY, 'SIGKILL']]);
});

it('is not killed where it ends by itself', async () => {
  const { starting, utility } = await start();
  utility.print(`${READY}\n`);
  const emulator = await starting;
  const kills = vi.spyOn(process, 'kill').mockReturnValue(true);
  vi.useFakeTimers();
  await emulator.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(kills).not.toHaveBeenCalled();
});
