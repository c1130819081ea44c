import type { BackgroundPause, BackgroundState } from '../../shared/contract/background.ts';
import type { AskProgress } from '../../shared/contract/console.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { hasSessionEnded, toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatPart, formatQuantity } from '../ui/number.ts';

const purposes: { readonly [P in AskProgress['purpose']]: string } = {
  units: 'Reading units',
  heads: 'Asking for newest points',
  incident: 'Asking for points before the incident',
  window: 'Asking for a stretch of time',
};

interface AskSum {
  readonly count: number;
  readonly purpose: AskProgress['purpose'] | undefined;
  readonly unitsDone: number;
  readonly unitsTotal: number;
  readonly throttledUntil: UtcSeconds | undefined;
}

/** `Asking for newest points: 780 of 1,284 units`; what the service slows down says until when. */
export function askInWords(asks: AskSum, clock: (at: UtcSeconds) => string): string {
  const what = asks.purpose === undefined ? 'Asking' : purposes[asks.purpose];
  const total =
    asks.unitsTotal === 0
      ? ''
      : `: ${formatPart(asks.unitsDone, asks.unitsTotal)} ${asks.unitsTotal === 1 ? 'unit' : 'units'}`;
  const slowed =
    asks.throttledUntil === undefined ? '' : `, slowed down by the service until ${clock(asks.throttledUntil)}`;
  return `${what}${total}${slowed}`;
}

/** Whether a session runs in the service: it was activated and has not ended. A status that this version does not know has not. */
export function isRunning(session: Pick<RestoreSession, 'status'>): boolean {
  return toSessionStatus(session.status) !== 'draft' && !hasSessionEnded(session.status);
}

/** `2 restores running, 96 of 131 artifacts done`. Offline it is history: `was running at 08:42, 0 of 2 artifacts done then`. */
export function restoresInWords(
  sessions: readonly RestoreSession[],
  askedIn?: (at: UtcSeconds) => string,
): string | undefined {
  const running = sessions.filter(isRunning);
  if (running.length === 0) return undefined;
  const total = running.reduce((sum, { counts }) => sum + counts.total, 0);
  // A failed artifact is done: it will not move any more.
  const done = running.reduce((sum, { counts }) => sum + counts.succeeded + counts.failed, 0);
  const artifacts = `${formatPart(done, total)} ${total === 1 ? 'artifact' : 'artifacts'} done`;
  if (askedIn === undefined) return `${formatQuantity(running.length, 'restore')} running, ${artifacts}`;
  const askedAt = Math.min(...running.map(session => session.askedAt));
  return `${formatCount(running.length)} ${running.length === 1 ? 'restore was' : 'restores were'} running at ${askedIn(askedAt)}, ${artifacts} then`;
}

const pauseReasons: { readonly [W in Exclude<BackgroundPause['why'], 'account'>]: string } = {
  throttled: 'slowed down by the service',
  budget: 'today’s questions are used up',
  failed: 'the last try failed',
};

/**
 * What the console does by itself, as far as it matters: `Background sync: 12 of 40 tenants read, 2 paused` until all are, then only
 * that it pauses. `undefined`: nothing to say.
 *
 * @param tenantId the tenant looked at; of others nothing is said then
 */
export function backgroundInWords(
  { is, tenants }: BackgroundState,
  tenantId: string | undefined,
  clock: (at: UtcSeconds) => string,
): string | undefined {
  if (is !== 'on') return undefined;
  if (tenantId !== undefined) {
    const pause = tenants.find(tenant => tenant.tenantId === tenantId)?.pause;
    if (pause === undefined) return undefined;
    return pause.why === 'account'
      ? 'Background sync pauses: the account is not signed in'
      : `Background sync pauses until ${clock(pause.untilAt)}: ${pauseReasons[pause.why]}`;
  }
  const paused = tenants.filter(({ pause }) => pause !== undefined).length;
  const read = tenants.filter(({ isFilled }) => isFilled).length;
  const isReading = tenants.some(({ isFilled, pause }) => !isFilled && pause === undefined);
  if (!isReading) return paused === 0 ? undefined : `Background sync pauses for ${formatQuantity(paused, 'tenant')}`;
  const pauses = paused === 0 ? '' : `, ${formatCount(paused)} paused`;
  return `Background sync: ${formatPart(read, tenants.length)} tenants read${pauses}`;
}
