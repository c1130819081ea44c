import type { UtcSeconds } from '../../shared/domain/time.ts';

/**
 * Real time, whatever rate the host's own clock runs at: tokens, time-outs and back-off belong to Entra ID, which knows
 * nothing of the demo's fast time.
 */
export interface RealClock {
  /** Whole UTC seconds, floored. */
  now(): UtcSeconds;
  /** Calls `then` once, `milliseconds` from now, unless the returned function is called before. */
  after(milliseconds: number, then: () => void): () => void;
}

/** The machine's clock. A waiting timer doesn't keep the process alive. */
export const systemClock: RealClock = {
  now: () => Math.floor(Date.now() / 1000),
  after: (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
