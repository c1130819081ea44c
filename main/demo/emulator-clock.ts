import { z } from 'zod';
import { toUtcSeconds, type UtcSeconds } from '../../shared/domain/time.ts';

const State = z.object({ now: z.string(), timeScale: z.number().min(0) });

/** Real seconds between two looks at the emulator's clock. It may be moved from outside at any moment; this is how late we may notice. */
const LOOK_SECONDS = 1;

/**
 * The demo's clock: the emulator's, which begins at the real time and runs at a rate of its own. Between two looks it is
 * carried on from the last one by the machine's monotonic time. An emulator that does not answer is offline, and time goes on.
 */
export class EmulatorClock {
  readonly #stateUrl: URL;
  readonly #fetch: typeof globalThis.fetch;
  #looks: NodeJS.Timeout | undefined;
  #looking = false;
  #seenAt = 0;
  #seenNow: UtcSeconds = 0;
  #rate = 1;

  private constructor(emulatorUrl: string, fetch: typeof globalThis.fetch) {
    this.#stateUrl = new URL('/_emulator/state', emulatorUrl);
    this.#fetch = fetch;
  }

  /** Looks once before it is handed out, and then about every second until `stop`. Throws where the first look fails. */
  static async start(emulatorUrl: string, fetch: typeof globalThis.fetch = globalThis.fetch): Promise<EmulatorClock> {
    const clock = new EmulatorClock(emulatorUrl, fetch);
    await clock.look();
    clock.#looks = setInterval(() => {
      // The next look tells as much as this one would have.
      clock.look().catch(() => undefined);
    }, LOOK_SECONDS * 1_000);
    clock.#looks.unref();
    return clock;
  }

  /** Whole UTC seconds, floored. */
  now(): UtcSeconds {
    const elapsed = (performance.now() - this.#seenAt) / 1_000;
    return Math.floor(this.#seenNow + elapsed * this.#rate);
  }

  /** Service seconds in a real one, as last seen. */
  get rate(): number {
    return this.#rate;
  }

  stop(): void {
    clearInterval(this.#looks);
  }

  /** Asks the emulator for its time now; one question at a time. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const response = await this.#fetch(this.#stateUrl, { signal: AbortSignal.timeout(5_000) });
      const state = State.parse(await response.json());
      const now = toUtcSeconds(state.now);
      if (now === undefined) throw new Error(`The emulator's time can't be read: ${state.now}`);
      this.#seenNow = now;
      this.#seenAt = performance.now();
      this.#rate = state.timeScale;
    } finally {
      this.#looking = false;
    }
  }
}
