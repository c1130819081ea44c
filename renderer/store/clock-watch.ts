import type { QueryClient } from '@tanstack/react-query';
import { keys } from './query-keys.ts';

/** A moment by the two clocks of this machine: the one that people set, and the one that only counts on while the machine is awake. */
export interface TwoClocks {
  /** `Date.now()` */
  readonly wallMillis: number;
  /** `performance.now()` */
  readonly awakeMillis: number;
}

/** A clock that is corrected bit by bit, or a timer that comes late, drifts less than this in a look's time. */
const DRIFT_MILLIS = 2_000;
/** How often the two clocks are compared. */
const LOOK_MILLIS = 1_000;
/** How often main's clocks are read again without any reason: they may have been moved where this window can't see it. */
const REREAD_MILLIS = 30_000;

/** Whether the machine slept or its clock was set between two looks, so that a clock read before has stood still or is wrong. */
export function hasJumped(before: TwoClocks, after: TwoClocks): boolean {
  const wall = after.wallMillis - before.wallMillis;
  const awake = after.awakeMillis - before.awakeMillis;
  return Math.abs(wall - awake) > DRIFT_MILLIS;
}

/** The part of a key that names a tenant's overview, which holds the tenant's service clock. */
export const OVERVIEW = 'overview';

/** Reads the host's clock and each shown tenant's anew. Both are main's: this window only carries them on between two reads. */
export function rereadClocks(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: keys.consoleState, exact: true });
  void queryClient.invalidateQueries({
    queryKey: keys.tenants,
    predicate: ({ queryKey }) => queryKey[2] === OVERVIEW,
  });
}

function look(): TwoClocks {
  return { wallMillis: Date.now(), awakeMillis: performance.now() };
}

/** Keeps the carried-on clocks true until the signal is aborted: after a sleep or a jump at once, else every half minute. */
export function watchClocks(queryClient: QueryClient, signal: AbortSignal): void {
  let last = look();
  let rereadAt = last.awakeMillis;
  const reread = (): void => {
    rereadAt = performance.now();
    rereadClocks(queryClient);
  };
  const timer = setInterval(() => {
    const now = look();
    if (hasJumped(last, now) || now.awakeMillis - rereadAt >= REREAD_MILLIS) reread();
    last = now;
  }, LOOK_MILLIS);
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') reread();
  };
  document.addEventListener('visibilitychange', onVisible);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
  });
}
