import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { AppFailure } from '../../shared/contract/errors.ts';

/** What is under way in each tenant, so that it can be ended together: when the tenant is forgotten, or the console stops. */
export class TenantWork {
  readonly #running = new Map<string, Set<{ readonly end: AbortController; readonly done: Promise<unknown> }>>();
  readonly #closed = new Set<string>();
  #isStopped = false;

  /**
   * Does work of a tenant under a signal of its own, which the caller's, `closeWhile` and `stop` abort.
   *
   * @throws AppFailure ABORTED where no work of the tenant may begin
   */
  async run<T>(
    tenantId: TenantId,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const key = tenantId.toLowerCase();
    if (this.#isStopped || this.#closed.has(key) || signal?.aborted === true) throw new AppFailure({ code: 'ABORTED' });
    const end = new AbortController();
    const done = work(signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]));
    const entry = { end, done: done.catch(() => undefined) };
    const entries = this.#running.get(key) ?? new Set();
    this.#running.set(key, entries.add(entry));
    try {
      return await done;
    } finally {
      entries.delete(entry);
      if (entries.size === 0) this.#running.delete(key);
    }
  }

  /** Whether no work of the tenant may begin. */
  isClosed(tenantId: TenantId): boolean {
    return this.#closed.has(tenantId.toLowerCase());
  }

  /** Ends the tenant's work, waits for its end, and lets none begin while `during` runs. */
  async closeWhile<T>(tenantId: TenantId, during: () => Promise<T>): Promise<T> {
    const key = tenantId.toLowerCase();
    this.#closed.add(key);
    try {
      await this.#end(key);
      return await during();
    } finally {
      this.#closed.delete(key);
    }
  }

  /** Ends everything, for good. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#running.keys()].map(async key => this.#end(key)));
  }

  async #end(key: string): Promise<void> {
    const entries = [...(this.#running.get(key) ?? [])];
    for (const { end } of entries) end.abort();
    await Promise.all(entries.map(async ({ done }) => done));
  }
}
