import type { GapFilter, GapOrder } from '../../shared/contract/gaps.ts';
import { fold } from '../catalog/index.ts';
import { type KnownGap, policyOfGap, rankOf } from './known-gaps.ts';

type Compare = (a: KnownGap, b: KnownGap) => number;

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName: Compare = (a, b) => compareText(a.sortName, b.sortName);
const kindOrder = ['site', 'drive', 'mailbox'];
const kindsOf = ({ gap }: KnownGap): string => gap.kinds.map(kind => kindOrder.indexOf(kind)).join('');
const policyName = ({ gap }: KnownGap): string => {
  const policy = policyOfGap(gap);
  return policy === undefined ? '' : fold(policy.name ?? policy.id);
};

const orders: { readonly [B in GapOrder['by']]: Compare } = {
  worst: (a, b) => rankOf(a) - rankOf(b) || a.since - b.since,
  name: byName,
  kind: (a, b) => compareText(kindsOf(a), kindsOf(b)),
  gap: (a, b) => rankOf(a) - rankOf(b),
  policy: (a, b) => compareText(policyName(a), policyName(b)),
};

/**
 * The gaps that a filter leaves, in the order asked for; names, then ids, settle what is alike.
 *
 * @param chosen the ids of the filter's selection, where it names one
 */
export function findGaps(
  gaps: readonly KnownGap[],
  filter: GapFilter,
  order: GapOrder,
  chosen?: ReadonlySet<string>,
): KnownGap[] {
  const text = fold(filter.text?.trim() ?? '');
  const isAsked = ({ gap, folded }: KnownGap): boolean =>
    (filter.sort === undefined ? gap.sort !== 'leftOut' || chosen !== undefined : gap.sort === filter.sort) &&
    (filter.kind === undefined || gap.kinds.includes(filter.kind)) &&
    (text === '' || folded.includes(text)) &&
    (chosen === undefined || chosen.has(gap.id));
  const compare = orders[order.by];
  const direction = order.descending ? -1 : 1;
  return gaps
    .filter(isAsked)
    .toSorted((a, b) => direction * compare(a, b) || byName(a, b) || compareText(a.gap.id, b.gap.id));
}
