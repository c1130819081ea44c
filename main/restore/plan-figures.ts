import type { LossBucket } from '../../shared/contract/plans.ts';
import { DAY, HOUR, MINUTE, WEEK } from '../../shared/domain/time.ts';
import type { z } from 'zod';

/** Upper bounds of the histogram's buckets, in seconds; one more bucket takes what is longer. */
const BOUNDS = [10 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, DAY, WEEK] as const;

/** One loss window: its length in seconds, and whether it is only "at most". */
export interface Loss {
  readonly seconds: number;
  readonly upTo: boolean;
}

/** Counts loss windows by length. */
export function toLossBuckets(losses: readonly Loss[]): z.infer<typeof LossBucket>[] {
  const buckets = [...BOUNDS, undefined].map(upToSeconds => ({
    ...(upToSeconds === undefined ? {} : { upToSeconds }),
    units: 0,
    uncertain: 0,
  }));
  for (const { seconds, upTo } of losses) {
    const index = BOUNDS.findIndex(bound => seconds <= bound);
    const bucket = buckets.at(index);
    if (bucket === undefined) continue;
    bucket.units += 1;
    if (upTo) bucket.uncertain += 1;
  }
  return buckets;
}

/** The middle value (the lower of two), or `undefined` of none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
