import { NEVER } from '../knowledge/index.ts';
import type { Assessment, PointKind } from '../knowledge/index.ts';
import type { UnitId } from '../protection-unit.ts';
import type { UtcSeconds } from '../time.ts';

/** Something to be known: the newest point of a unit strictly before a time, or (without `before`) the newest there is. */
export interface Want {
  readonly unitId: UnitId;
  readonly kind: PointKind;
  readonly before?: UtcSeconds;
}

/** The time before which a want's point lies, for `assess` and for the rows to read: the want's own, or no bound. */
export function boundOfWant(want: Want): UtcSeconds {
  return want.before ?? NEVER;
}

/** What is known about a want: `assess` of its unit's rows before `boundOfWant(want)`. */
export type KnowledgeView = (want: Want) => Assessment;
