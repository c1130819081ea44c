import type { UtcSeconds } from '../time.ts';
import { MINUTE } from '../time.ts';
import type { RestorePointId } from '../protection-unit.ts';
import type { PointKind } from './known-row.ts';

/** How often the service takes points of a unit, as documented; what was shown counts as current for so long. */
export const CADENCE = 10 * MINUTE;

/**
 * What one answer showed, before the service had settled: at `askedAt` the newest point of this kind before `to` was
 * `pointId`, and none was shown in `[from, to)`. Without `pointId` none was shown at all (`from` is 0, the floor).
 *
 * A record with `to >= askedAt` had no bound in the past: it is the unit's **head**.
 */
export interface ShownRecord {
  readonly kind: PointKind;
  readonly askedAt: UtcSeconds;
  readonly from: UtcSeconds;
  readonly to: UtcSeconds;
  readonly pointId?: RestorePointId;
}

/** Whether the record tells of the newest point there was, not of the newest before some earlier time. */
export function isHead(record: ShownRecord): boolean {
  return record.to >= record.askedAt;
}

/** Whether the record is younger than one cadence at `now` (service time). */
export function isFresh(record: ShownRecord, now: UtcSeconds): boolean {
  return now - record.askedAt < CADENCE;
}

/**
 * The records of one unit worth keeping after an answer added some: the latest head of each kind, however old, and
 * those younger than a cadence; of two with the same kind and bound the later.
 */
export function mergeShown(
  kept: readonly ShownRecord[],
  added: readonly ShownRecord[],
  now: UtcSeconds,
): readonly ShownRecord[] {
  const byBound = new Map<string, ShownRecord>();
  for (const record of [...kept, ...added]) {
    if (!isHead(record) && !isFresh(record, now)) continue;
    const key = `${record.kind} ${isHead(record) ? 'head' : record.to}`;
    const rival = byBound.get(key);
    if (rival === undefined || rival.askedAt <= record.askedAt) byBound.set(key, record);
  }
  return [...byBound.values()];
}
