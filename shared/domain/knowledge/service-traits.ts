import { MINUTE } from '../time.ts';
import type { UtcSeconds } from '../time.ts';
import type { PointKind } from './known-row.ts';

/** What is learnt about the service of one tenant, and bounds what its answers prove. Kept with the tenant. */
export interface ServiceTraits {
  /** A point exactly at the end of a search's period came back: ends are closed. False: not seen (nothing is documented). */
  readonly closedEnd: boolean;
  /** How many points a search answers in all, once seen to be fewer than its units; `undefined`: one for each unit. */
  readonly answersPerSearch: number | undefined;
  /** Units put under protection lately: their points take longer to show. */
  readonly unitsLatelyAdded: number;
  /** How often a point was seen to come later than was thought possible, and the asked-at of the answer that last showed it. */
  readonly settlingDoublings: number;
  readonly settlingDoubledAt: UtcSeconds | undefined;
  /** The same for fast tags. */
  readonly fastSettlingDoublings: number;
  readonly fastSettlingDoubledAt: UtcSeconds | undefined;
}

/** A change of the traits that an answer brings. */
export type TraitChange =
  | { readonly change: 'closedEndSeen' }
  | { readonly change: 'settlingDoubled'; readonly kind: PointKind; readonly askedAt: UtcSeconds }
  | { readonly change: 'answersPerSearch'; readonly answersPerSearch: number | undefined };

/** Traits of a tenant never asked before. */
export const initialTraits: ServiceTraits = {
  closedEnd: false,
  answersPerSearch: undefined,
  unitsLatelyAdded: 0,
  settlingDoublings: 0,
  settlingDoubledAt: undefined,
  fastSettlingDoublings: 0,
  fastSettlingDoubledAt: undefined,
};

/**
 * How late, in seconds after its own time, a point (or its fast tag) may appear in answers of this tenant. An hour, and 15 minutes for each 1,000 units
 * lately added (documented for new units), doubled for each time that proved too short. Tags get twice the time.
 */
export function settlingSeconds(traits: ServiceTraits, kind: PointKind): number {
  const base = 60 * MINUTE + Math.ceil(traits.unitsLatelyAdded / 1_000) * 15 * MINUTE;
  const settling = base * 2 ** traits.settlingDoublings;
  // A tag can't appear before its point: with the point's time doubled, the tag's is doubled too.
  return kind === 'any' ? settling : 2 * settling * 2 ** traits.fastSettlingDoublings;
}

/**
 * Whether a stretch that holds this time can only have been proven under the settling time in force now. Stretches proven
 * before the last doubling prove nothing against the doubled time: without this, one late hour of a tenant with 200
 * units would double it 200 times.
 */
export function isProvenUnderPresentSettling(traits: ServiceTraits, kind: PointKind, at: UtcSeconds): boolean {
  const doublings =
    kind === 'any' ? [traits.settlingDoubledAt] : [traits.settlingDoubledAt, traits.fastSettlingDoubledAt];
  const shorterBefore = settlingSeconds(traits, kind) / 2;
  return doublings.every(doubledAt => doubledAt === undefined || at >= doubledAt - shorterBefore);
}

/** The traits after the changes of an answer. */
export function withTraitChanges(traits: ServiceTraits, changes: readonly TraitChange[]): ServiceTraits {
  let changed = traits;
  for (const change of changes) changed = withTraitChange(changed, change);
  return changed;
}

function withTraitChange(traits: ServiceTraits, change: TraitChange): ServiceTraits {
  switch (change.change) {
    case 'closedEndSeen':
      return { ...traits, closedEnd: true };
    case 'settlingDoubled':
      return change.kind === 'any'
        ? { ...traits, settlingDoublings: traits.settlingDoublings + 1, settlingDoubledAt: change.askedAt }
        : {
            ...traits,
            fastSettlingDoublings: traits.fastSettlingDoublings + 1,
            fastSettlingDoubledAt: change.askedAt,
          };
    case 'answersPerSearch':
      return { ...traits, answersPerSearch: change.answersPerSearch };
  }
}
