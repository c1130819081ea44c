import type { UnitId } from '../protection-unit.ts';
import type { UtcSeconds } from '../time.ts';
import { compareInstants } from './instant.ts';
import type { KnownPoint } from './known-row.ts';
import type { Certainty } from './newest-before.ts';
import type { Stretch } from './stretch.ts';

/** A verdict, and the unit id whose point it names. */
export interface VerdictOfId {
  readonly unitId: UnitId;
  readonly verdict: Certainty;
}

/**
 * One verdict about an owner with several unit ids, from the verdicts about each: a unit removed and protected again may have another
 * id, and its older points stay with the old one. The ids are those of the same kind and `ownerKey`; all are asked and judged
 * together.
 *
 * @param verdicts all for the same kind and the same time `before`
 * @returns the combined verdict, under the id that holds its point (the first id where there is none)
 * @throws RangeError where no verdict is given
 */
export function verdictOfOwner(verdicts: readonly VerdictOfId[], before: UtcSeconds): VerdictOfId {
  const [first] = verdicts;
  if (first === undefined) throw new RangeError('An owner has at least one unit id: give a verdict for each.');
  // What was said of the only id is said of its owner.
  if (verdicts.length === 1) return first;
  let best: { readonly unitId: UnitId; readonly point: KnownPoint } | undefined;
  for (const { unitId, verdict } of verdicts) {
    const point = pointOf(verdict);
    if (point !== undefined && (best === undefined || compareInstants(point, best.point) > 0)) best = { unitId, point };
  }
  const unproven = hullOf(verdicts, before, best?.point);
  const shownTimes = verdicts.flatMap(({ verdict }) => (verdict.certainty === 'shownAt' ? [verdict.askedAt] : []));
  if (best === undefined) {
    if (unproven !== undefined) return { unitId: first.unitId, verdict: { certainty: 'notAsked' } };
    const verdict: Certainty =
      shownTimes.length === 0
        ? { certainty: 'none' }
        : { certainty: 'shownAt', askedAt: Math.min(...shownTimes), point: undefined };
    return { unitId: first.unitId, verdict };
  }
  const { unitId, point } = best;
  if (unproven !== undefined) return { unitId, verdict: { certainty: 'atLeast', point, unproven } };
  if (shownTimes.length === 0) {
    const own = verdicts.find(one => one.unitId === unitId);
    return own ?? { unitId, verdict: { certainty: 'notAsked' } };
  }
  return { unitId, verdict: { certainty: 'shownAt', askedAt: Math.min(...shownTimes), point } };
}

function pointOf(verdict: Certainty): KnownPoint | undefined {
  return verdict.certainty === 'none' || verdict.certainty === 'notAsked' ? undefined : verdict.point;
}

/** Where, over all ids, a point newer than the best one may hide. */
function hullOf(
  verdicts: readonly VerdictOfId[],
  before: UtcSeconds,
  best: KnownPoint | undefined,
): Stretch | undefined {
  let hull: Stretch | undefined;
  for (const { verdict } of verdicts) {
    const own = doubtOf(verdict, before, best);
    if (own === undefined || (best !== undefined && own.to <= best.at)) continue;
    const from = Math.max(own.from, best?.at ?? own.from);
    hull = { from: Math.min(from, hull?.from ?? from), to: Math.max(own.to, hull?.to ?? own.to) };
  }
  return hull;
}

function doubtOf(verdict: Certainty, before: UtcSeconds, best: KnownPoint | undefined): Stretch | undefined {
  if (verdict.certainty === 'atLeast') return verdict.unproven;
  if (verdict.certainty === 'notAsked') return { from: 0, to: before };
  // What was shown as the newest before the best point was even taken says nothing about the time in between.
  if (verdict.certainty === 'shownAt' && best !== undefined && verdict.askedAt <= best.at && verdict.point !== best) {
    return { from: verdict.askedAt, to: before };
  }
  return undefined;
}
