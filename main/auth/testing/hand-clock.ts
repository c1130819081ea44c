import type { RealClock } from '../real-clock.ts';

/** A clock that moves by hand only. It begins at the machine's time, which MSAL reads for itself. */
export class HandClock implements RealClock {
  #milliseconds = Date.now();
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return Math.floor(this.#milliseconds / 1000);
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#milliseconds + milliseconds, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  advance(seconds: number): void {
    this.#milliseconds += seconds * 1000;
    const due = this.#timers.filter(timer => timer.at <= this.#milliseconds);
    this.#timers = this.#timers.filter(timer => timer.at > this.#milliseconds);
    for (const timer of due) timer.run();
  }

  get waiting(): number {
    return this.#timers.length;
  }
}
