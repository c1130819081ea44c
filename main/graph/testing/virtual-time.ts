import type { Timing } from '../timing.ts';

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** Time that passes only when a test says so. The host's clock and real time run alike. */
export class VirtualTime implements Timing {
  readonly startedAt: number;
  timeScale = 1;
  /** What `random` gives. */
  chance = 0;
  #ms = 0;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startedAt = 1_772_805_600) {
    this.startedAt = startedAt;
  }

  now = () => Math.floor(this.startedAt + this.#ms / 1000);
  elapsedMs = () => this.#ms;
  random = () => this.chance;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        atMs: this.#ms + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
    });

  /** Seconds that have passed. */
  get seconds(): number {
    return this.#ms / 1000;
  }

  /** Lets so many seconds pass, waking each sleeper in its turn. */
  async advance(seconds: number): Promise<void> {
    const until = this.#ms + seconds * 1000;
    await settle();
    for (let next = this.#next(); next !== undefined && next.atMs <= until; next = this.#next()) {
      this.#ms = next.atMs;
      next.wake();
      await settle();
    }
    this.#ms = until;
    await settle();
  }

  /** Lets time pass, as much as it takes, until the work has ended. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const ended = work.finally(() => {
      isDone = true;
    });
    ended.catch(() => {});
    await settle();
    while (!isDone) {
      const next = this.#next();
      if (next === undefined) throw new Error('the work waits for something that no passing of time brings');
      this.#ms = next.atMs;
      next.wake();
      await settle();
    }
    return await work;
  }

  #next(): Sleeper | undefined {
    return [...this.#sleepers].toSorted((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise(resolve => setImmediate(resolve));
}
