import type { PlanOutlook } from '../../shared/contract/plans.ts';
import { formatCount } from '../ui/number.ts';
import { formatDuration } from '../ui/time/format.ts';

type Bucket = PlanOutlook['losses'][number];

/** A bar of the histogram: its solid part is sure, its striped part only "up to". Heights are shares of the highest bar, 0 to 1. */
export interface LossBar {
  readonly label: string;
  readonly units: number;
  readonly solid: number;
  readonly striped: number;
}

/** The bars of the loss windows. A bar of anything is never so low that it can't be seen. */
export function lossBars(losses: readonly Bucket[]): LossBar[] {
  const highest = Math.max(1, ...losses.map(bucket => bucket.units));
  const lastBound = losses.findLast(bucket => bucket.upToSeconds !== undefined)?.upToSeconds;
  return losses.map((bucket, index) => {
    const share = bucket.units === 0 ? 0 : Math.max(0.06, bucket.units / highest);
    const striped = bucket.units === 0 ? 0 : (bucket.uncertain / bucket.units) * share;
    const label =
      bucket.upToSeconds === undefined
        ? `> ${lastBound === undefined ? '0 s' : shortLength(lastBound)}`
        : `${index === 0 ? '≤ ' : ''}${shortLength(bucket.upToSeconds)}`;
    return { label, units: bucket.units, solid: share - striped, striped };
  });
}

const shortLength = (seconds: number) => formatDuration(seconds);

/** The histogram in one sentence, for who can't see it. */
export function lossesInWords(losses: readonly Bucket[]): string {
  const bars = lossBars(losses).filter(bar => bar.units > 0);
  return bars.length === 0
    ? 'No loss windows yet'
    : `Units by loss window: ${bars.map(bar => `${formatCount(bar.units)} ${bar.label}`).join(', ')}`;
}
