import { z } from 'zod';
import type { Clock } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { SettingsCatalog } from '../catalog/index.ts';
import { type AnswerFacts, type Timing, toClockOffset } from '../graph/index.ts';
import type { Log } from '../host.ts';

const OFFSET_SETTING = 'serviceClockOffset';
/** The `Date` header is cut to whole seconds, and an answer is some time on its way: offsets within this of each other are one. */
const SAME_WITHIN_SECONDS = 3;

export interface ServiceClocksParts {
  readonly settings: Pick<SettingsCatalog, 'get' | 'set'>;
  readonly timing: Pick<Timing, 'now' | 'timeScale'>;
  readonly log: Log;
}

/**
 * The service time of each tenant: the host's clock, plus the offset that the `Date` headers of the tenant's answers show. The
 * offset is kept, so that it holds offline too. A tenant not asked yet goes by the offset that any other showed last: where the
 * host's clock is wrong, it is wrong for all.
 */
export class ServiceClocks {
  readonly #settings: ServiceClocksParts['settings'];
  readonly #timing: ServiceClocksParts['timing'];
  readonly #log: Log;
  readonly #offsets = new Map<string, number>();
  #latest = 0;

  /** Knows nothing yet: `openServiceClocks` brings what was kept. */
  constructor({ settings, timing, log }: ServiceClocksParts, kept: ReadonlyMap<TenantId, number>, latest: number) {
    this.#settings = settings;
    this.#timing = timing;
    this.#log = log;
    for (const [tenantId, offset] of kept) this.#offsets.set(toKey(tenantId), offset);
    this.#latest = latest;
  }

  /** The tenant's service time. */
  now(tenantId: TenantId): UtcSeconds {
    return Math.max(0, Math.floor(this.#timing.now() + this.#offsetOf(tenantId)));
  }

  /** The same, to go on from. */
  clock(tenantId: TenantId): Clock {
    return { now: this.now(tenantId), rate: this.#timing.timeScale };
  }

  /** Service time for a moment of the host's clock. */
  toServiceTime(tenantId: TenantId, hostAt: UtcSeconds): UtcSeconds {
    return Math.max(0, Math.floor(hostAt + this.#offsetOf(tenantId)));
  }

  /** Learns from an answer of the tenant. One without a `Date` teaches nothing. */
  learn(tenantId: TenantId, facts: AnswerFacts): void {
    const offset = toClockOffset(facts);
    if (offset === undefined) return;
    const known = this.#offsets.get(toKey(tenantId));
    const tolerance = SAME_WITHIN_SECONDS * Math.max(1, this.#timing.timeScale);
    if (known !== undefined && Math.abs(known - offset) <= tolerance) return;
    this.#offsets.set(toKey(tenantId), offset);
    this.#latest = offset;
    this.#keep(offset, tenantId);
    this.#keep(offset);
  }

  /** Drops what is known of a forgotten tenant; its setting goes with the tenant. */
  forget(tenantId: TenantId): void {
    this.#offsets.delete(toKey(tenantId));
  }

  #offsetOf(tenantId: TenantId): number {
    return this.#offsets.get(toKey(tenantId)) ?? this.#latest;
  }

  /** Kept in the background: the next answer brings the offset again, so a failure costs nothing but a line in the log. */
  #keep(offset: number, tenantId?: TenantId): void {
    this.#settings.set(OFFSET_SETTING, offset, tenantId).catch((error: unknown) => {
      this.#log.warn('sync.clockOffsetNotKept', { error: error instanceof Error ? error.message : typeof error });
    });
  }
}

/** The clocks, with the offsets that were kept for these tenants. */
export async function openServiceClocks(
  parts: ServiceClocksParts & { readonly tenantIds: readonly TenantId[] },
): Promise<ServiceClocks> {
  const kept = new Map<TenantId, number>();
  for (const tenantId of parts.tenantIds) {
    const offset = await loadOffset(parts.settings, tenantId);
    if (offset !== undefined) kept.set(tenantId, offset);
  }
  return new ServiceClocks(parts, kept, (await loadOffset(parts.settings)) ?? 0);
}

async function loadOffset(settings: Pick<SettingsCatalog, 'get'>, tenantId?: TenantId): Promise<number | undefined> {
  const kept = await settings.get(OFFSET_SETTING, tenantId).catch((error: unknown) => {
    // The first answer of the service tells it anew; what is in the cache must be readable without the technician's own file.
    if (error instanceof AppFailure && error.error.code === 'WORK_UNREADABLE') return undefined;
    throw error;
  });
  return z.number().optional().catch(undefined).parse(kept);
}

function toKey(tenantId: TenantId): string {
  return tenantId.toLowerCase();
}
