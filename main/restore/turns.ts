/** Work that must not run side by side: one at a time for each key, in the order asked. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs `work` once whatever was asked before for the same key has ended, however it ended. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(key, ended);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === ended) this.#last.delete(key);
    }
  }
}
