import type { PlanReview } from '../../shared/contract/plans.ts';
import { HOUR, MINUTE } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

type KindRow = PlanReview['perKind'][number];
type Estimate = NonNullable<KindRow['estimate']>;

/** The hours that an axis shows, and the seconds at its right end: whole hours, few enough to read. */
export function estimateAxis(estimates: readonly Estimate[]): {
  readonly endSeconds: number;
  readonly ticks: readonly number[];
} {
  const longest = Math.max(HOUR, ...estimates.map(estimate => estimate.highSeconds));
  const step = [1, 2, 4, 6, 12, 24].map(hours => hours * HOUR).find(seconds => longest / seconds <= 4) ?? 48 * HOUR;
  const count = Math.ceil(longest / step);
  return { endSeconds: count * step, ticks: Array.from({ length: count }, (_, index) => (index + 1) * step) };
}

/** When all sessions are likely done, since they run side by side: the longest decides. Absent without an estimate. */
export function allDone(
  rows: readonly KindRow[],
  startAt: UtcSeconds,
): { lowAt: UtcSeconds; likelyAt: UtcSeconds; highAt: UtcSeconds } | undefined {
  const estimates = rows.flatMap(row => row.estimate ?? []);
  if (estimates.length === 0) return undefined;
  const longest = (pick: (estimate: Estimate) => number) => startAt + Math.max(...estimates.map(pick));
  return {
    lowAt: longest(each => each.lowSeconds),
    likelyAt: longest(each => each.likelySeconds),
    highAt: longest(each => each.highSeconds),
  };
}

/** `2 h (1½–4½ h)`: halves and quarters are as fine as an estimate is. Below an hour in tens of minutes. */
export function estimateInWords({ lowSeconds, likelySeconds, highSeconds }: Estimate): string {
  return highSeconds < 2 * HOUR
    ? `${minutes(likelySeconds)} min (${minutes(lowSeconds)}–${minutes(highSeconds)} min)`
    : `${hours(likelySeconds)} h (${hours(lowSeconds)}–${hours(highSeconds)} h)`;
}

function minutes(seconds: number): string {
  return String(Math.max(5, Math.round(seconds / (5 * MINUTE)) * 5));
}

const quarters = ['', '¼', '½', '¾'] as const;

function hours(seconds: number): string {
  const rounded = Math.max(1, Math.round((seconds / HOUR) * 4));
  const whole = Math.floor(rounded / 4);
  const quarter = quarters[rounded % 4] ?? '';
  return whole === 0 ? quarter : `${String(whole)}${quarter}`;
}
