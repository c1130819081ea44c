import type { TenantId } from '../protection-unit.ts';
import type { UtcSeconds } from '../time.ts';
import type { Landmark } from './landmarks.ts';
import { landmarkKey } from './landmarks.ts';
import type { Pace } from './pace.ts';

/** What decides about the next turn of a tenant. Times are its service time. */
export interface TurnFacts {
  readonly tenantId: TenantId;
  readonly now: UtcSeconds;
  readonly addedAt: UtcSeconds;
  /** When its units were read last, by whomever. */
  readonly syncedAt?: UtcSeconds | undefined;
  readonly pace: Pace;
  /** The least seconds from one round over the newest points to the next. */
  readonly cadence: number;
  /** Landmarks that can be asked, the first wanted first; empty where none are wanted. */
  readonly landmarks: readonly Landmark[];
  /** Keys of those that were asked. */
  readonly asked: ReadonlySet<string>;
}

/** A turn that is due. `overdue`: how often its own interval has passed since it was due. */
export type Turn = { readonly tenantId: TenantId; readonly overdue: number } & (
  | { readonly for: 'heads' }
  | { readonly for: 'landmark'; readonly landmark: Landmark }
);

/** Before all that was ever asked comes what never was, in the order in which the tenants were added. */
const NEVER_ASKED = 1e9;

/** When the next turn for the newest points is due; what a person has synced meanwhile counts. */
export function headsDueAt({
  addedAt,
  cadence,
  pace,
  syncedAt,
}: Pick<TurnFacts, 'addedAt' | 'cadence' | 'pace' | 'syncedAt'>): UtcSeconds {
  if (pace.headsAfter !== undefined || pace.nextHeadsAt === undefined) return pace.nextHeadsAt ?? addedAt;
  return Math.max(pace.nextHeadsAt, syncedAt === undefined ? 0 : syncedAt + cadence);
}

/** The tenant's next turn, where one is due: the newest points first, then the first landmark that was not asked. */
export function dueTurn(facts: TurnFacts): Turn | undefined {
  const { asked, cadence, landmarks, now, pace, tenantId } = facts;
  const dueAt = headsDueAt(facts);
  if (pace.headsAt === undefined) {
    const waited = Math.max(0, now - facts.addedAt);
    return { tenantId, for: 'heads', overdue: NEVER_ASKED + waited };
  }
  if (dueAt <= now) {
    const interval = Math.max(cadence, (pace.nextHeadsAt ?? dueAt) - pace.headsAt);
    return { tenantId, for: 'heads', overdue: (now - dueAt) / interval };
  }
  // Of what nobody has read to its end the newest points come first.
  if (!pace.isFilled || (pace.nextLandmarksAt ?? 0) > now) return undefined;
  const landmark = landmarks.find(one => !asked.has(landmarkKey(one)));
  if (landmark === undefined) return undefined;
  return { tenantId, for: 'landmark', landmark, overdue: (now - (pace.nextLandmarksAt ?? facts.addedAt)) / cadence };
}

/** The turns to begin now, at most so many: newest points before landmarks, then whichever is most overdue. */
export function pickTurns(due: readonly Turn[], slots: number): readonly Turn[] {
  const rank = (turn: Turn): number => (turn.for === 'heads' ? 0 : 1);
  return due.toSorted((a, b) => rank(a) - rank(b) || b.overdue - a.overdue).slice(0, Math.max(0, slots));
}
