import type { UnitKind } from './protection-unit.ts';
import { HOUR, MINUTE, type UtcSeconds } from './time.ts';

/** A span of time that a restore is likely to take, in seconds. */
export interface RestoreEstimate {
  readonly lowSeconds: UtcSeconds;
  readonly likelySeconds: UtcSeconds;
  readonly highSeconds: UtcSeconds;
}

/** Microsoft's published times (Microsoft 365 Backup overview, "performance"), by number of units; beyond the last, 250 units an hour. */
const published: Record<'files' | 'mail', readonly (readonly [units: number, seconds: number])[]> = {
  files: [
    [1, 30 * MINUTE],
    [50, 3 * HOUR],
    [250, 4 * HOUR],
    [1_000, 10 * HOUR],
  ],
  mail: [
    [1, 2 * HOUR],
    [50, 2.5 * HOUR],
    [250, 3 * HOUR],
    [1_000, 4 * HOUR],
  ],
};
const UNITS_PER_HOUR_BEYOND = 250;

/** The figures are for standard sizes, and nothing was measured: half to twice of them is as close as an honest range gets. */
const LOW = 0.5;
const HIGH = 2;

/** How long `units` of one kind take, from Microsoft's published figures, read linearly between them. `undefined` for none. */
export function estimateRestore(kind: UnitKind, units: number): RestoreEstimate | undefined {
  if (units <= 0) return undefined;
  const likely = Math.round(publishedSeconds(published[kind === 'mailbox' ? 'mail' : 'files'], units));
  return { lowSeconds: Math.round(likely * LOW), likelySeconds: likely, highSeconds: Math.round(likely * HIGH) };
}

function publishedSeconds(table: readonly (readonly [units: number, seconds: number])[], units: number): number {
  let [lowerUnits, lowerSeconds] = table[0] ?? [1, 0];
  for (const [upperUnits, upperSeconds] of table) {
    if (units <= upperUnits) {
      const share = upperUnits === lowerUnits ? 0 : (units - lowerUnits) / (upperUnits - lowerUnits);
      return lowerSeconds + share * (upperSeconds - lowerSeconds);
    }
    [lowerUnits, lowerSeconds] = [upperUnits, upperSeconds];
  }
  return lowerSeconds + ((units - lowerUnits) / UNITS_PER_HOUR_BEYOND) * HOUR;
}
