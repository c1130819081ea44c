import type { UtcSeconds } from '../../shared/domain/time.ts';

/** Clock, waiting and chance, put together so that tests need no waiting. */
export interface Timing {
  /** The host's clock in UTC seconds; in the demo it runs at the emulator's rate. */
  now(): UtcSeconds;
  /** Real milliseconds since some fixed moment; never runs backwards. Time-outs and back-off count in these. */
  elapsedMs(): number;
  /** Resolves after so many real milliseconds. Rejects with the signal's reason as soon as that aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
  /** Seconds of service time in a real second: 1, but for the demo. */
  readonly timeScale: number;
}

// setTimeout treats anything longer as 1 ms.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Real time, over the host's clock. */
export function realTiming(now: () => UtcSeconds, timeScale = 1): Timing {
  return {
    now,
    elapsedMs: () => performance.now(),
    sleep: async (ms, signal) => {
      for (let left = ms; left > 0; left -= LONGEST_TIMER_MS) await sleepOnce(Math.min(left, LONGEST_TIMER_MS), signal);
    },
    random: Math.random,
    timeScale,
  };
}

function sleepOnce(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
