/** Browse sessions: `creating` until the backup is opened (`failed` when it can't be), gone after three days. */
import { days, seconds } from '../../instant.ts';
import type { Ticks } from '../../instant.ts';

export type BrowseStatus = 'creating' | 'created' | 'failed';

export const browseMoves = { creating: ['created', 'failed'], created: [], failed: [] } as const satisfies Readonly<
  Record<BrowseStatus, readonly BrowseStatus[]>
>;

export const openingTakes = { least: seconds(20), most: seconds(90) };
/** A backup smaller than this is open at once. */
export const smallBackup = 1_000_000;
export const browseSessionLives = days(3);

export const browseStatusAt = (
  session: { readonly readyAt: Ticks; readonly fails: boolean },
  now: Ticks,
): BrowseStatus => {
  if (now < session.readyAt) return 'creating';
  return session.fails ? 'failed' : 'created';
};
