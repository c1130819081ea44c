import type { Tenant } from '../../shared/contract/tenants.ts';
import { DAY, MINUTE } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { formatDuration } from '../ui/time/format.ts';
import type { Tone } from '../ui/unit-words.ts';
import { holders, isControlLost, takeover } from './controller-words.ts';

/** How a tenant stands, worst first. */
export const levels = ['critical', 'atRisk', 'watch', 'protected'] as const;
export type Level = (typeof levels)[number];

export const levelWords: { readonly [L in Level]: { word: string; tone: Tone } } = {
  critical: { word: 'Critical', tone: 'bad' },
  atRisk: { word: 'At risk', tone: 'warning' },
  watch: { word: 'Watch', tone: 'neutral' },
  protected: { word: 'Protected', tone: 'good' },
};

export interface TenantState {
  readonly level: Level;
  readonly reason: string;
  /** What follows, or the next fact; never the reason again. */
  readonly consequence: string;
}

/** Data older than this says little of today. */
const OLD_AFTER = DAY;
/** How long a lost control is the first thing to say of a tenant; later it is how things are. */
const CHANGE_SAID_FOR = 7 * DAY;
/** Data younger than this needs no word of its age. */
export const FRESH_FOR = 15 * MINUTE;

/** Whether a tenant was synced so lately that what is shown may be taken for the present. */
export function isFresh({ syncedAt }: Pick<Tenant, 'syncedAt'>, now: UtcSeconds): boolean {
  return syncedAt !== undefined && now - syncedAt < FRESH_FOR;
}

type Locked = Pick<Tenant, 'service'>;

/** Whether the service refuses restores of this tenant. */
export function isRestoreLocked(tenant: Locked): boolean {
  return tenant.service?.status.toLowerCase() === 'restorelocked';
}

const disableReasons: { readonly [reason: string]: string } = {
  invalidbillingprofile: 'billing profile invalid',
  userrequested: 'the customer asked for it',
  controllerserviceappdeleted: 'the controlling app was removed',
};

/** Why the service is locked, in words; the service's own where it is a new one. */
export function disableReasonInWords(reason: string | undefined): string | undefined {
  if (reason === undefined || reason.toLowerCase() === 'none') return undefined;
  return disableReasons[reason.toLowerCase()] ?? reason;
}

/** The state of a tenant with its reason, from what is known of it. Pure; `date` writes a moment as a day. */
export function tenantState(tenant: Tenant, now: UtcSeconds, date: (at: UtcSeconds) => string): TenantState {
  const { controller, service } = tenant;
  const status = service?.status.toLowerCase();
  const why = disableReasonInWords(service?.disableReason);
  if (status === 'restorelocked')
    return {
      level: 'critical',
      reason: `Restore-locked${why === undefined ? '' : `: ${why}`}`,
      consequence: `No restore is possible${service?.gracePeriodUntilAt === undefined ? '' : `; grace period ends ${date(service.gracePeriodUntilAt)}`}`,
    };
  const change = tenant.controllerChange;
  if (change !== undefined && now - change.noticedAt < CHANGE_SAID_FOR && isControlLost(change))
    return {
      level: 'atRisk',
      reason: `Control passed from Backstop to ${holders[change.to.by]}`,
      consequence: `Noticed on ${date(change.noticedAt)}; ask the customer whether it is meant`,
    };
  switch (controller.by) {
    case 'anotherApp':
      return {
        level: 'watch',
        reason: 'Another app controls Backup Storage here',
        consequence: takeover.anotherApp,
      };
    case 'microsoft':
      return {
        level: 'watch',
        reason: 'Microsoft’s own tool controls Backup Storage here',
        consequence: takeover.anotherApp,
      };
    case 'nobody':
      return {
        level: 'watch',
        reason: 'Nobody controls Backup Storage here',
        consequence: takeover.nobody,
      };
    case 'pending':
      return {
        level: 'watch',
        reason:
          controller.fromAt === undefined
            ? 'Read-only until control passes to Backstop'
            : `Read-only until control passes to Backstop ${date(controller.fromAt)}`,
        consequence: 'Until then nothing can be restored from here',
      };
    case 'leaving':
      return {
        level: 'atRisk',
        reason:
          controller.untilAt === undefined
            ? 'Control passes to another app'
            : `Control passes to another app on ${date(controller.untilAt)}`,
        consequence: 'Until then restores work as before',
      };
    case 'unknown':
      return service === undefined
        ? { level: 'watch', reason: 'Not yet read', consequence: 'Sync it, or look at its readiness' }
        : {
            level: 'watch',
            reason: 'Who controls Backup Storage here can’t be told',
            consequence: 'What the service answers does not say it; look at its readiness',
          };
    case 'ours':
      break;
  }
  if (status === 'protectionchangelocked')
    return {
      level: 'atRisk',
      reason: `Protection changes locked${service?.gracePeriodUntilAt === undefined ? '' : ` until ${date(service.gracePeriodUntilAt)}`}`,
      consequence: `Restores still work${why === undefined ? '' : `; ${why}`}`,
    };
  if (status === 'disabled')
    return {
      level: 'critical',
      reason: `Backup Storage is switched off${why === undefined ? '' : `: ${why}`}`,
      consequence: 'No new restore points are made',
    };
  if (status !== undefined && status !== 'enabled')
    return {
      level: 'watch',
      reason: `The service answers “${service?.status ?? ''}”`,
      consequence: 'This version does not know that word',
    };
  if (tenant.syncedAt === undefined)
    return { level: 'watch', reason: 'Not yet read', consequence: 'Its units are unknown until the first sync' };
  const age = now - tenant.syncedAt;
  if (age > OLD_AFTER)
    return {
      level: 'atRisk',
      reason: `Not synced for ${formatDuration(age)}`,
      consequence: 'Everything shown is as old as that',
    };
  const missing = tenant.units - tenant.protectedUnits;
  if (missing > 0)
    return {
      level: 'watch',
      reason: `${formatQuantity(missing, 'unit')} of ${formatCount(tenant.units)} not protected`,
      consequence: 'Being added, being removed, or in error',
    };
  return {
    level: 'protected',
    reason: tenant.units === 0 ? 'No unit is under a protection policy' : 'Every unit is protected',
    consequence: isFresh(tenant, now) ? '' : `As of ${formatDuration(age)} ago`,
  };
}

/** Worst first; equals by name. */
export function byWorst<T extends { state: TenantState; tenant: Pick<Tenant, 'displayName'> }>(
  rows: readonly T[],
): T[] {
  return rows.toSorted(
    (a, b) =>
      levels.indexOf(a.state.level) - levels.indexOf(b.state.level) ||
      a.tenant.displayName.localeCompare(b.tenant.displayName),
  );
}
