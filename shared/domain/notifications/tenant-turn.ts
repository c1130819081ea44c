import { type ControllerFacts, isControlLost } from '../control.ts';
import { type TenantLevel, tenantLevels } from '../tenant-state.ts';
import type { UtcSeconds } from '../time.ts';

/** What was last seen of a tenant, kept on disk: what has been told is not told again after a restart, and what has not is. */
export interface SeenTenant {
  readonly level: TenantLevel;
  /** When the last change of the controller was noticed. */
  readonly controlNoticedAt?: UtcSeconds | undefined;
}

export interface TenantNow {
  readonly level: TenantLevel;
  readonly controllerChange?:
    | { readonly from: ControllerFacts; readonly to: ControllerFacts; readonly noticedAt: UtcSeconds }
    | undefined;
}

/**
 * Whether a tenant turned unsafe since it was seen last, or its control was lost; nothing at the first sight. A loss of control tells the
 * worse level too. Pure.
 */
export function turnOf(
  before: SeenTenant | undefined,
  { level, controllerChange }: TenantNow,
): { readonly turn: 'unsafe' | 'controlLost' | undefined; readonly seen: SeenTenant } {
  const seen: SeenTenant = {
    level,
    ...(controllerChange === undefined ? {} : { controlNoticedAt: controllerChange.noticedAt }),
  };
  if (before === undefined) return { turn: undefined, seen };
  const isNews = controllerChange !== undefined && controllerChange.noticedAt !== before.controlNoticedAt;
  if (isNews && isControlLost(controllerChange)) return { turn: 'controlLost', seen };
  const gotWorse = tenantLevels.indexOf(level) < tenantLevels.indexOf(before.level);
  return { turn: gotWorse && isUnsafe(level) ? 'unsafe' : undefined, seen };
}

export function isUnsafe(level: TenantLevel): level is 'critical' | 'atRisk' {
  return level === 'critical' || level === 'atRisk';
}

/**
 * The time at which a tenant is judged: now, less the time that the console was closed since the tenant was read. That data grew old while
 * nobody could read any is no turn for the worse.
 */
export function judgedAt({
  now,
  syncedAt,
  startedAt,
}: {
  readonly now: UtcSeconds;
  readonly syncedAt: UtcSeconds;
  readonly startedAt: UtcSeconds;
}): UtcSeconds {
  return now - Math.max(0, startedAt - syncedAt);
}
