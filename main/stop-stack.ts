/** What was started, to be stopped newest first: what came later may still need what came before. */
export class StopStack {
  readonly #stops: (() => unknown)[] = [];

  /** @param stop called once; may return a promise */
  push(stop: () => unknown): void {
    this.#stops.push(stop);
  }

  /**
   * Stops all of it, also what is below one that fails: a sign-in that can't be written down must not keep a database open or a
   * profile locked.
   *
   * @throws the first failure, once all are stopped
   */
  async stop(): Promise<void> {
    const failures: unknown[] = [];
    for (let next = this.#stops.pop(); next !== undefined; next = this.#stops.pop()) {
      try {
        await next();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
