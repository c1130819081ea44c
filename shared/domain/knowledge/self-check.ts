import type { UtcSeconds } from '../time.ts';
import { isProvenAt } from './draft-row.ts';
import type { Draft } from './draft-row.ts';
import { EXPIRY_MARGIN } from './known-row.ts';
import type { PointKind } from './known-row.ts';
import type { SeenPoint, UnitAnswer } from './question.ts';
import { isProvenUnderPresentSettling } from './service-traits.ts';
import type { ServiceTraits, TraitChange } from './service-traits.ts';

/** A point about to expire may be shown by one of two questions asked side by side; its absence in the other means nothing. */
export const isExpiring = (point: Pick<SeenPoint, 'expiresAt'>, askedAt: UtcSeconds): boolean =>
  point.expiresAt <= askedAt + EXPIRY_MARGIN;

/** What the self-check of an answer found. */
export interface SelfCheck {
  /** The kinds for which all proofs of the unit fall. */
  readonly voided: { readonly any: boolean; readonly fast: boolean };
  readonly doubled: readonly TraitChange[];
}

/**
 * A new point (or tag) inside a proven stretch means that the settling time was too short: what was built on it falls.
 */
export function selfCheck(drafts: readonly Draft[], answer: UnitAnswer, traits: ServiceTraits): SelfCheck {
  const voided = { any: false, fast: false };
  const disproved = { any: false, fast: false };
  for (const point of answer.points) {
    if (isExpiring(point, answer.askedAt)) continue;
    const known = drafts.find(draft => draft.id === point.id && draft.at === point.at);
    const isLate = {
      any: known === undefined && isProvenAt(drafts, 'any', point),
      fast: point.fast && known?.fast !== true && isProvenAt(drafts, 'fast', point),
    };
    for (const kind of ['any', 'fast'] as const) {
      if (!isLate[kind]) continue;
      voided[kind] = true;
      if (isProvenUnderPresentSettling(traits, kind, point.at)) disproved[kind] = true;
    }
  }
  // A late point disproves the proofs about fast points that rest on points having settled; a late tag only those about tags.
  if (voided.any) voided.fast = true;
  const kind: PointKind | undefined = disproved.any ? 'any' : disproved.fast ? 'fast' : undefined;
  return { voided, doubled: kind === undefined ? [] : [{ change: 'settlingDoubled', kind, askedAt: answer.askedAt }] };
}
