import type { UnitId } from '../protection-unit.ts';
import type { UtcSeconds } from '../time.ts';

/** A want that any search ending in `[from, to]` settles. `want` is the caller's own number for it. */
export interface Packable {
  readonly unitId: UnitId;
  readonly from: UtcSeconds;
  readonly to: UtcSeconds;
  readonly want: number;
}

/** One search: where it ends, its units, and the wants that it settles. */
export interface Pack {
  readonly end: UtcSeconds;
  readonly unitIds: readonly UnitId[];
  readonly wants: readonly number[];
}

/**
 * The fewest searches that settle all wants of one kind, each for at most `capacity` units.
 *
 * The want with the earliest time must be asked no later than that time, and nothing is gained by asking it sooner; the other places of
 * that search go to the wants it settles too, those with the earliest times first, as those have the fewest other chances.
 */
export function packSearches(wants: readonly Packable[], capacity: number): readonly Pack[] {
  const packs: Pack[] = [];
  let left = wants.toSorted((a, b) => a.to - b.to || a.from - b.from);
  for (let [earliest] = left; earliest !== undefined; [earliest] = left) {
    const end = earliest.to;
    const unitIds = new Set<UnitId>();
    const settled: number[] = [];
    const later: Packable[] = [];
    for (const want of left) {
      // All wants left have `to >= end`. A unit has one place in a search, which settles all its wants that the end suits.
      if (want.from <= end && (unitIds.has(want.unitId) || unitIds.size < capacity)) {
        unitIds.add(want.unitId);
        settled.push(want.want);
      } else later.push(want);
    }
    packs.push({ end, unitIds: [...unitIds], wants: settled });
    left = later;
  }
  return packs;
}
