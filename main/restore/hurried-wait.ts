/** Waits that somebody may cut short. Whoever hurries while nobody waits hurries the next wait: it was about what is still to be tried. */
export class HurriedWait {
  readonly #sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  #isHurried = false;
  #end: () => void = () => {};

  /** @param sleep waits in real time; rejects when the signal aborts */
  constructor(sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>) {
    this.#sleep = sleep;
  }

  /** Rejects when the signal aborts. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#isHurried)
      await Promise.race([
        this.#sleep(milliseconds, signal),
        new Promise<void>(resolve => {
          this.#end = resolve;
        }),
      ]);
    this.#isHurried = false;
  }

  hurry(): void {
    this.#isHurried = true;
    this.#end();
  }
}
