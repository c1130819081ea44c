import { AppFailure } from '../../shared/contract/errors.ts';

interface Run<T> {
  readonly done: Promise<T>;
  readonly end: AbortController;
  waiting: number;
}

/** Work that several callers want at once and that is done once for all of them. */
export class SharedRuns<T> {
  readonly #runs = new Map<string, Run<T>>();

  /**
   * Joins the run of this name, or begins it. A caller whose signal aborts leaves with ABORTED; once all have left, the run's own
   * signal aborts.
   */
  async join(name: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal?.aborted === true) throw new AppFailure({ code: 'ABORTED' });
    const run = this.#runs.get(name) ?? this.#begin(name, work);
    run.waiting++;
    return await new Promise<T>((resolve, reject) => {
      const onAbort = () => {
        if (--run.waiting === 0) {
          // Whoever comes now begins anew, rather than to join a run that is ending.
          if (this.#runs.get(name) === run) this.#runs.delete(name);
          run.end.abort();
        }
        reject(new AppFailure({ code: 'ABORTED' }));
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      run.done.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
    });
  }

  #begin(name: string, work: (signal: AbortSignal) => Promise<T>): Run<T> {
    const end = new AbortController();
    const run: Run<T> = { done: work(end.signal), end, waiting: 0 };
    this.#runs.set(name, run);
    const forget = () => {
      if (this.#runs.get(name) === run) this.#runs.delete(name);
    };
    run.done.then(forget, forget);
    return run;
  }
}
