import { type Happening, isCritical, keyOf, type NotificationSort, notificationSorts } from './happening.ts';
import { type Notice, toGatheredNotice, toNotice, toSummaryNotice } from './notice-words.ts';
import { isQuietMinute, type QuietHours } from './quiet-hours.ts';

/** What a technician wants to be told, and when. */
export interface NotificationRules {
  readonly sorts: { readonly [S in NotificationSort]: boolean };
  /** Absent: never quiet. */
  readonly quiet?: QuietHours | undefined;
  readonly criticalBreaksThrough: boolean;
}

/** Something that has not been told yet. `held`: quiet hours kept it back. */
export interface Waiting {
  readonly happening: Happening;
  readonly held: boolean;
}

/** So many restores of one sort are told one by one; more of them, and more than one tenant, in one. */
const TOLD_ALONE: { readonly [S in NotificationSort]: number } = {
  restoreFinished: 3,
  restoreFailed: 3,
  restoreWaits: 3,
  tenantUnsafe: 1,
  controlLost: 1,
};

/** Puts one in the queue; what it says anew of the same thing takes the place of what was said before. */
export function withHappening(waiting: readonly Waiting[], happening: Happening): readonly Waiting[] {
  const key = keyOf(happening);
  return [...waiting.filter(other => keyOf(other.happening) !== key), { happening, held: false }];
}

export function isWanted({ sorts }: NotificationRules, { sort }: Happening): boolean {
  return sorts[sort];
}

/** Whether a minute of the technician's day is quiet. */
export function isQuiet({ quiet }: NotificationRules, minute: number): boolean {
  return quiet !== undefined && isQuietMinute(quiet, minute);
}

/**
 * What to tell now, and what waits on. Everything that is wanted is told once: now, or in one summary after the quiet hours.
 *
 * @param minute of the technician's day
 */
export function whatToTell(
  waiting: readonly Waiting[],
  rules: NotificationRules,
  minute: number,
): { readonly tell: readonly Notice[]; readonly waiting: readonly Waiting[] } {
  const wanted = waiting.filter(({ happening }) => isWanted(rules, happening));
  if (isQuiet(rules, minute)) {
    const through = wanted.filter(({ happening }) => rules.criticalBreaksThrough && isCritical(happening));
    return {
      tell: gathered(through.map(({ happening }) => happening)),
      waiting: wanted.filter(one => !through.includes(one)).map(({ happening }) => ({ happening, held: true })),
    };
  }
  const held = wanted.filter(one => one.held).map(({ happening }) => happening);
  const fresh = wanted.filter(one => !one.held).map(({ happening }) => happening);
  return { tell: [...(held.length === 0 ? [] : [toSummaryNotice(held)]), ...gathered(fresh)], waiting: [] };
}

function gathered(happenings: readonly Happening[]): Notice[] {
  return notificationSorts.flatMap(sort => {
    const own = happenings.filter(happening => happening.sort === sort);
    const [first, ...others] = own;
    if (first === undefined) return [];
    return own.length <= TOLD_ALONE[sort] ? own.map(toNotice) : [toGatheredNotice(first, others)];
  });
}
