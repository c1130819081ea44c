import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

type Listener = (tenantId: TenantId, until: UtcSeconds) => void;

/** Until when the service wants to be left alone in each tenant, as the Graph client tells; for those who show progress. */
export class Throttling {
  readonly #until = new Map<string, UtcSeconds>();
  readonly #listeners = new Set<Listener>();

  /** To be given to the Graph client as `onThrottled`. Times are the host's clock. */
  readonly note = (tenantId: TenantId, until: UtcSeconds): void => {
    this.#until.set(tenantId.toLowerCase(), until);
    for (const listener of [...this.#listeners]) listener(tenantId, until);
  };

  /** The end of the pause that was asked for last, where it is not over at `now` (the host's clock). */
  findUntil(tenantId: TenantId, now: UtcSeconds): UtcSeconds | undefined {
    const until = this.#until.get(tenantId.toLowerCase());
    return until !== undefined && until > now ? until : undefined;
  }

  /** Calls back with each pause that is asked for, until the returned function is called. */
  onThrottled(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
