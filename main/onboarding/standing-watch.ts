import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { MINUTE, type UtcSeconds } from '../../shared/domain/time.ts';

/** How often each tenant is looked at, in seconds of service time: two small questions each time. */
const LOOK_SECONDS = 15 * MINUTE;

export interface StandingWatchParts {
  /** The tenants, with when each was last asked how it stands. */
  readonly tenants: () => Promise<
    readonly { readonly id: TenantId; readonly service?: { readonly askedAt: UtcSeconds } | undefined }[]
  >;
  /** False while nothing can be asked in the tenant: offline, its account signed out. */
  readonly canAsk: (tenantId: TenantId) => boolean;
  /** Aborts when a look has taken too long: a tenant that is throttled or silent must not keep the others from theirs. */
  readonly patience: () => AbortSignal;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Reads how one tenant stands; what is found out is kept and told by whoever reads. */
  readonly look: (tenantId: TenantId, signal: AbortSignal) => Promise<unknown>;
  /** What a look could not do, or without a tenant a whole round; the next one tries again. */
  readonly onFailed: (tenantId: TenantId | undefined, error: unknown) => void;
}

/**
 * Looks at each tenant's controller at least every fifteen minutes, since the service tells nobody that another app takes over. A tenant that
 * a sync or a person has just asked is left alone, and so is one that could not be read, until its next turn. One tenant at a time: the
 * watch never makes a burst.
 */
export class StandingWatch {
  readonly #parts: StandingWatchParts;
  readonly #triedAt = new Map<TenantId, UtcSeconds>();
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(parts: StandingWatchParts) {
    this.#parts = parts;
  }

  /** @param everyMs real milliseconds between two rounds; each asks only whom it is time for */
  start(everyMs: number): void {
    this.#timer = setInterval(() => void this.round(), everyMs);
    this.#timer.unref();
  }

  /** Looks at every tenant whose time has come. A round that is under way is waited for. */
  async round(): Promise<void> {
    this.#round ??= this.#lookAtAll().finally(() => {
      this.#round = undefined;
    });
    await this.#round;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#end.abort();
    await this.#round;
  }

  async #lookAtAll(): Promise<void> {
    const { tenants, canAsk, now, look, onFailed, patience } = this.#parts;
    const { signal } = this.#end;
    if (signal.aborted) return;
    const known = await tenants().catch((error: unknown) => {
      onFailed(undefined, error);
      return [];
    });
    for (const { id, service } of known) {
      if (signal.aborted) return;
      if (!canAsk(id)) continue;
      const last = Math.max(service?.askedAt ?? 0, this.#triedAt.get(id) ?? 0);
      if (now(id) - last < LOOK_SECONDS) continue;
      this.#triedAt.set(id, now(id));
      try {
        await look(id, AbortSignal.any([signal, patience()]));
      } catch (error) {
        if (!signal.aborted) onFailed(id, error);
      }
    }
  }
}
