import { type GapsSummary, gapSorts } from '../../shared/contract/gaps.ts';
import { leftOutClasses } from '../../shared/domain/gaps.ts';
import type { Gap } from './known-gaps.ts';

const zeroes = <K extends string>(names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map(name => [name, 0])) as Record<K, number>;

/** How many gaps of each sort, and of which users and sites. */
export function countGaps(gaps: readonly Gap[]): Pick<GapsSummary, 'counts' | 'total' | 'unprotected' | 'leftOut'> {
  const counts = zeroes(gapSorts);
  const leftOut = zeroes(leftOutClasses);
  const unprotected = { users: 0, sites: 0, drives: 0, mailboxes: 0 };
  for (const gap of gaps) {
    counts[gap.sort] += 1;
    if (gap.sort === 'leftOut') leftOut[gap.because] += 1;
    if (gap.sort !== 'unprotected') continue;
    if (gap.type === 'site') unprotected.sites += 1;
    else unprotected.users += 1;
    if (gap.kinds.includes('drive')) unprotected.drives += 1;
    if (gap.kinds.includes('mailbox')) unprotected.mailboxes += 1;
  }
  return { counts, leftOut, unprotected, total: gaps.length - counts.leftOut };
}
