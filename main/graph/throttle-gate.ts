import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Timing } from './timing.ts';

/** @param retryAt on the host's clock */
export type OnThrottled = (tenantId: TenantId, retryAt: UtcSeconds) => void;

/** Holds a tenant's requests back while the service throttles it. Other tenants pass. */
export class ThrottleGate {
  readonly #timing: Timing;
  readonly #onThrottled: OnThrottled;
  readonly #opensAtMs = new Map<string, number>();

  constructor(timing: Timing, onThrottled: OnThrottled) {
    this.#timing = timing;
    this.#onThrottled = onThrottled;
  }

  /** Keeps the tenant's requests back for so many real seconds from now; never shortens what was asked before. */
  close(tenantId: TenantId, seconds: number): void {
    const key = tenantId.toLowerCase();
    const opensAt = this.#timing.elapsedMs() + seconds * 1000;
    if (opensAt <= (this.#opensAtMs.get(key) ?? 0)) return;
    this.#opensAtMs.set(key, opensAt);
    this.#onThrottled(tenantId, Math.ceil(this.#timing.now() + seconds * this.#timing.timeScale));
  }

  /** Resolves once the tenant may ask. Rejects with the signal's reason when that aborts. */
  async pass(tenantId: TenantId, signal?: AbortSignal): Promise<void> {
    const key = tenantId.toLowerCase();
    for (;;) {
      const left = (this.#opensAtMs.get(key) ?? 0) - this.#timing.elapsedMs();
      if (left <= 0) return;
      await this.#timing.sleep(left, signal);
    }
  }
}
