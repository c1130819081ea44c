import type { KnownRow } from './known-row.ts';
import { isFloor } from './known-row.ts';

/**
 * After a policy's change the stored expiries are lowered to its new retention, never raised: a longer retention is
 * believed once the service shows a point with it. In SQL: `exp = min(exp, t + retention)` for rows above the floor.
 *
 * @param retentionSeconds the longest period for which the policy keeps points
 * @returns only the rows that change
 */
export function withRetention(rows: Iterable<KnownRow>, retentionSeconds: number): readonly KnownRow[] {
  const changed: KnownRow[] = [];
  for (const row of rows) {
    const expiresAt = row.at + retentionSeconds;
    if (!isFloor(row) && expiresAt < row.expiresAt) changed.push({ ...row, expiresAt });
  }
  return changed;
}
