import type { Timing } from '../../graph/index.ts';

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** Time that a test moves by hand. */
export class HandTiming implements Timing {
  /** The host's clock, in seconds at the start. */
  startedAt = 1_772_800_000;
  timeScale = 1;
  #ms = 0;
  readonly #sleepers = new Set<Sleeper>();

  readonly now = (): number => Math.floor(this.startedAt + (this.#ms / 1000) * this.timeScale);
  readonly elapsedMs = (): number => this.#ms;
  readonly random = (): number => 0;

  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const sleeper: Sleeper = {
        untilMs: this.#ms + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      if (signal?.aborted === true) return onAbort();
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
    });

  /** Lets real seconds pass, and whoever slept so long go on. */
  async pass(seconds: number): Promise<void> {
    await settle();
    this.#ms += seconds * 1000;
    for (const sleeper of [...this.#sleepers]) if (sleeper.untilMs <= this.#ms) sleeper.wake();
    await settle();
  }
}

/** Lets everything happen that waits for no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise(resolve => setImmediate(resolve));
}
