import type { AppError } from '../../shared/contract/errors.ts';
import { growingPause } from '../../shared/domain/background/index.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

/** Why a tenant is left alone, and until when, on the host's clock. */
export type TenantPause = { readonly untilAt: UtcSeconds } & (
  | { readonly why: 'throttled' }
  | { readonly why: 'failed'; readonly error: AppError }
);

/** Real seconds of the first pause and of the longest. Each failure in a row doubles it. */
const lengths = {
  throttled: { first: 30, longest: 3_600 },
  failed: { first: 60, longest: 21_600 },
} as const;

/** Which tenants are left alone after a failure. One tenant's failures never touch another's pauses. Lost with the process: then each is tried once. */
export class TenantPauses {
  readonly #of = new Map<string, { readonly failures: number; readonly pause: TenantPause }>();
  readonly #now: () => UtcSeconds;
  readonly #timeScale: number;

  /** @param timeScale seconds of the host's clock in a real second */
  constructor(now: () => UtcSeconds, timeScale: number) {
    this.#now = now;
    this.#timeScale = timeScale;
  }

  /** The tenant failed once more. @param leastUntil where the service has said until when at least */
  add(tenantId: TenantId, reason: { why: 'throttled' } | { why: 'failed'; error: AppError }, leastUntil = 0): void {
    const key = tenantId.toLowerCase();
    const failures = (this.#of.get(key)?.failures ?? 0) + 1;
    const { first, longest } = lengths[reason.why];
    const untilAt = this.#now() + Math.ceil(growingPause(failures, first, longest) * this.#timeScale);
    this.#of.set(key, { failures, pause: { ...reason, untilAt: Math.max(untilAt, leastUntil) } });
  }

  /** The pause that is not over. */
  find(tenantId: TenantId): TenantPause | undefined {
    const pause = this.#of.get(tenantId.toLowerCase())?.pause;
    return pause !== undefined && pause.untilAt > this.#now() ? pause : undefined;
  }

  /** The tenant works again: the next failure is a first one. */
  clear(tenantId: TenantId): void {
    this.#of.delete(tenantId.toLowerCase());
  }

  /** The network is there again: a tenant that could not be reached may have missed it alone. */
  clearUnreached(): void {
    for (const [key, { pause }] of this.#of)
      if (pause.why === 'failed' && pause.error.code === 'OFFLINE') this.#of.delete(key);
  }

  clearAll(): void {
    this.#of.clear();
  }
}
