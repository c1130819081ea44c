import type { BackgroundSettings, ConsoleEvent } from '../../../shared/contract/console.ts';
import type { Timing } from '../../graph/index.ts';
import { silentLog, syncOnEmulator, type SyncOnEmulator } from '../../sync/testing/sync-on-emulator.ts';
import type { EmulatorProcess } from '../../testing/emulator-process.ts';
import { BackgroundSync } from '../index.ts';

export interface BackgroundOnEmulator {
  readonly world: SyncOnEmulator;
  readonly background: BackgroundSync;
  /** Lets so much service time pass as fast as the work allows: no real time is waited for. */
  live(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** A console's background sync over a real catalog and an emulator, in a time that passes only while it has nothing to do. */
export async function backgroundOnEmulator(
  emulator: EmulatorProcess,
  settings: BackgroundSettings,
  options: Parameters<typeof syncOnEmulator>[1] = {},
): Promise<BackgroundOnEmulator> {
  const listeners: ((event: ConsoleEvent) => void)[] = [];
  const world = await syncOnEmulator(emulator, {
    ...options,
    onEvent: event => {
      options.onEvent?.(event);
      listeners.forEach(hear => hear(event));
    },
  });
  let until = 0;
  let onLived: (() => void) | undefined;
  let turns = 0;
  let isIdle: () => void = () => undefined;
  const idle = async (): Promise<void> => {
    while (turns > 0)
      await new Promise<void>(resolve => {
        isIdle = resolve;
      });
  };
  /** Lets time pass in place of waiting, once no turn is under way. */
  const untilNextLook: Timing['sleep'] = async (milliseconds, signal) => {
    await idle();
    signal?.throwIfAborted();
    const left = until - world.timing.now();
    if (left > 0) return await world.advance(Math.max(1, Math.min(left, Math.ceil(milliseconds / 1_000))));
    onLived?.();
    await world.timing.sleep(milliseconds, signal);
  };
  const background = new BackgroundSync({
    ...world,
    sync: {
      personsAtWork: false,
      isBusy: tenantId => world.sync.isBusy(tenantId),
      inBackground: async (tenantId, given, work) => {
        turns += 1;
        try {
          return await world.sync.inBackground(tenantId, given, work);
        } finally {
          turns -= 1;
          if (turns === 0) isIdle();
        }
      },
    },
    settings: async () => settings,
    isSignedIn: () => true,
    isWanted: true,
    untilNextLook,
    log: silentLog,
    emit: event => world.events.push(event),
  });
  listeners.push(event => background.note(event));
  let isStarted = false;
  return {
    world,
    background,
    live: async seconds => {
      until = world.timing.now() + seconds;
      const lived = new Promise<void>(resolve => {
        onLived = resolve;
      });
      if (isStarted) background.wake();
      else background.start();
      isStarted = true;
      await lived;
      onLived = undefined;
    },
    close: async () => {
      await background.stop();
      await world.close();
    },
  };
}
