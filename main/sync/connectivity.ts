import type { Connectivity as ConnectivityState } from '../../shared/contract/console.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Timing } from '../graph/index.ts';

const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 60;
/** A probe that takes longer counts as lost. */
const PROBE_SECONDS = 10;

export interface ConnectivityParts {
  /** The host's network. */
  readonly fetch: typeof globalThis.fetch;
  readonly graphOrigin: string;
  readonly timing: Timing;
  readonly onChanged: (state: ConnectivityState) => void;
}

/**
 * Whether Graph can be reached, from how requests end: any answer, of whatever status, means online. A request that got none
 * is only a suspicion, since single connections break; a probe (a request for Graph's root without a token) decides. While
 * offline, it probes again and again, ever more rarely.
 */
export class Connectivity {
  readonly #parts: ConnectivityParts;
  readonly #listeners = new Set<() => void>();
  readonly #ending = new AbortController();
  #state: ConnectivityState = { state: 'online' };
  /** Counts the answers to any request: one that came during a probe says more than the probe's failure. */
  #answers = 0;
  #probing: Promise<boolean> | undefined;
  /** Ends the probing of the time offline; there only while offline. */
  #offlinePeriod: AbortController | undefined;

  constructor(parts: ConnectivityParts) {
    this.#parts = parts;
  }

  state(): ConnectivityState {
    return this.#state;
  }

  get isOnline(): boolean {
    return this.#state.state === 'online';
  }

  /** The host's network for the Graph client: tells of each request how it ended, and changes nothing about it. */
  readonly watchedFetch: typeof globalThis.fetch = async (input, init) => {
    const startedAt = this.#parts.timing.now();
    const { fetch } = this.#parts;
    try {
      const response = await fetch(input, init);
      this.#answers += 1;
      this.#online();
      return response;
    } catch (error) {
      const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
      if (signal?.aborted !== true) void this.suspect(startedAt);
      throw error;
    }
  };

  /** Something went wrong on the network (a body that broke off, a sign-in that got no answer): looks whether Graph is still there. */
  async suspect(sinceAt: UtcSeconds = this.#parts.timing.now()): Promise<void> {
    if (!this.isOnline || this.#probing !== undefined) return;
    const heard = this.#answers;
    if (!(await this.#probe()) && heard === this.#answers && this.isOnline) this.#offline(sinceAt);
  }

  /** Probes at once, without waiting for the next try; where that fails, the wait for the next begins anew. */
  async tryNow(): Promise<ConnectivityState> {
    const before = this.#state;
    const sinceAt = before.state === 'offline' ? before.sinceAt : this.#parts.timing.now();
    const heard = this.#answers;
    if (await this.#probe()) this.#online();
    else if (heard === this.#answers) {
      this.#offlinePeriod?.abort();
      this.#offlinePeriod = undefined;
      this.#offline(sinceAt);
    }
    return this.#state;
  }

  /** Calls back each time that Graph can be reached again, until the returned function is called. */
  onOnline(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends probing. */
  stop(): void {
    this.#ending.abort();
    this.#offlinePeriod?.abort();
  }

  #online(): void {
    if (this.isOnline || this.#ending.signal.aborted) return;
    this.#offlinePeriod?.abort();
    this.#offlinePeriod = undefined;
    this.#set({ state: 'online' });
    for (const listener of [...this.#listeners]) listener();
  }

  #offline(sinceAt: UtcSeconds): void {
    if (this.#ending.signal.aborted) return;
    this.#offlinePeriod = new AbortController();
    void this.#probeUntilOnline(sinceAt, this.#offlinePeriod.signal);
  }

  async #probeUntilOnline(sinceAt: UtcSeconds, over: AbortSignal): Promise<void> {
    const { timing } = this.#parts;
    for (let wait = FIRST_WAIT_SECONDS; !over.aborted; wait = Math.min(LONGEST_WAIT_SECONDS, wait * 2)) {
      // Consoles that went offline together don't come back together.
      const seconds = wait * (0.75 + timing.random() / 4);
      this.#set({ state: 'offline', sinceAt, nextTryAt: Math.ceil(timing.now() + seconds * timing.timeScale) });
      try {
        await timing.sleep(seconds * 1000, over);
      } catch {
        return; // Online again by other means, or stopped.
      }
      if (await this.#probe()) this.#online();
    }
  }

  /** One probe at a time; whoever asks meanwhile gets its result. */
  async #probe(): Promise<boolean> {
    this.#probing ??= this.#askRoot().finally(() => {
      this.#probing = undefined;
    });
    return await this.#probing;
  }

  async #askRoot(): Promise<boolean> {
    const { fetch, graphOrigin, timing } = this.#parts;
    const done = new AbortController();
    const late = new AbortController();
    timing.sleep(PROBE_SECONDS * 1000, done.signal).then(
      () => late.abort(),
      () => undefined,
    );
    const signal = AbortSignal.any([late.signal, this.#ending.signal]);
    try {
      const answer = await fetch(new URL('/v1.0/', graphOrigin), {
        method: 'HEAD',
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal,
      });
      await answer.body?.cancel();
      return true;
    } catch {
      return false; // Whatever the reason, there was no answer.
    } finally {
      done.abort();
    }
  }

  #set(state: ConnectivityState): void {
    this.#state = state;
    this.#parts.onChanged(state);
  }
}
