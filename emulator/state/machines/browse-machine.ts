/** Browse sessions: `creating` until the backup is opened (`failed` when it can't be), gone after three days. */
import { days, seconds } from '../../instant.ts';
import type { Ticks } from '../../instant.ts';
import type { Move } from './move.ts';

export type BrowseStatus = 'creating' | 'created' | 'failed';

/** Each status and those that can follow it. */
export const browseStates = {
  creating: ['created', 'failed'],
  created: [],
  failed: [],
} as const satisfies Readonly<Record<BrowseStatus, readonly BrowseStatus[]>>;

/** No page says how a session that is not open answers: guesses. `restore` is the choice of one of its items. */
export const browseMoves = {
  browse: { from: ['created'], refused: { status: 403, code: 'notAllowed' } },
  restore: { from: ['created'], refused: { status: 400, code: 'InvalidArtifactRequest' } },
} as const satisfies Readonly<Record<string, Move>>;

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
