import type { UtcSeconds } from '../time.ts';
import { claimOf, shownBy } from './claim.ts';
import type { Claim } from './claim.ts';
import {
  carriesProof,
  isChanged,
  isProvenAt,
  proofOf,
  proofOfTwins,
  setProof,
  toDraft,
  toRow,
  voidAll,
} from './draft-row.ts';
import type { Draft } from './draft-row.ts';
import { compareInstants } from './instant.ts';
import { FLOOR_AT, NEVER } from './known-row.ts';
import type { KnownRow, PointKind } from './known-row.ts';
import { outcomeOf, showsClosedEnd } from './question.ts';
import type { AnswerOutcome, UnitAnswer } from './question.ts';
import { isExpiring, selfCheck } from './self-check.ts';
import type { SelfCheck } from './self-check.ts';
import { withTraitChanges } from './service-traits.ts';
import type { ServiceTraits, TraitChange } from './service-traits.ts';
import type { ShownRecord } from './shown-record.ts';
import type { Stretch } from './stretch.ts';

/** What an answer changes in the knowledge of one unit. Apply in this order, in one transaction: void, delete, upsert. */
export interface KnowledgeChanges {
  readonly outcome: AnswerOutcome;
  /** The self-check failed: set `anyTo` (`fastTo`) of **all** rows of the unit, the floor row too, to their `at`. */
  readonly voided: SelfCheck['voided'];
  readonly deletes: readonly Pick<KnownRow, 'at' | 'id'>[];
  readonly upserts: readonly KnownRow[];
  readonly shown: readonly ShownRecord[];
  readonly traitChanges: readonly TraitChange[];
}

/**
 * The rows that `applyAnswer` must be given: all of the unit with `from <= at < to`, and below `from` three things where
 * they exist: the rows of the nearest second, those fast rows of the nearest second that has one, and the floor row.
 *
 * @returns `undefined` where the answer says nothing about the unit: no rows are needed
 */
export function rangeTouchedBy(answer: UnitAnswer, traits: ServiceTraits): Stretch | undefined {
  let from = Infinity;
  let to = -Infinity;
  for (const point of answer.points) {
    from = Math.min(from, point.at);
    to = Math.max(to, point.at + 1);
  }
  for (const kind of ['any', 'fast'] as const) {
    const claim = claimOf(answer, kind, traits);
    if (claim === undefined || claim.from > claim.to) continue;
    from = Math.min(from, claim.from - 1);
    to = Math.max(to, claim.to);
  }
  return from < to ? { from, to } : undefined;
}

/**
 * What one answer proves, adds and takes away, for one unit. Answers of a unit are applied in the order of `askedAt`.
 *
 * @param rows as `rangeTouchedBy` names them, in any order; more rows do no harm
 */
export function applyAnswer(rows: readonly KnownRow[], answer: UnitAnswer, traits: ServiceTraits): KnowledgeChanges {
  const drafts = rows.map(toDraft);
  const traitChanges: TraitChange[] = [];
  if (showsClosedEnd(answer) && !traits.closedEnd) traitChanges.push({ change: 'closedEndSeen' });

  const check = selfCheck(drafts, answer, traits);
  traitChanges.push(...check.doubled);
  if (check.voided.any) voidAll(drafts, 'any');
  if (check.voided.fast) voidAll(drafts, 'fast');

  takeIn(drafts, answer);

  const traitsNow = withTraitChanges(traits, check.doubled);
  for (const kind of ['any', 'fast'] as const) {
    const claim = claimOf(answer, kind, traitsNow);
    if (claim !== undefined && claim.from <= claim.to) prove(drafts, answer, kind, claim);
  }
  const shown = (['any', 'fast'] as const)
    .map(kind => shownBy(answer, kind, traitsNow))
    .filter(record => record !== undefined);

  return {
    outcome: outcomeOf(answer),
    voided: check.voided,
    deletes: drafts.filter(d => d.deleted && d.was !== undefined).map(({ at, id }) => ({ at, id })),
    upserts: drafts.filter(d => !d.deleted && isChanged(d)).map(toRow),
    shown,
    traitChanges,
  };
}

/** Takes the points of the answer into the rows; later answers win over earlier ones. */
function takeIn(drafts: Draft[], answer: UnitAnswer): void {
  for (const point of answer.points) {
    const known = drafts.find(draft => draft.id === point.id && draft.at === point.at);
    if (known === undefined) {
      // Inside a proven stretch only a point about to expire is met here (see the self-check); it is not worth a row.
      if (isProvenAt(drafts, 'any', point)) continue;
      const { at, ticks, id, expiresAt } = point;
      const fast = point.fast && !isProvenAt(drafts, 'fast', point);
      drafts.push({
        at,
        ticks,
        id,
        expiresAt,
        fast,
        anyTo: proofOfTwins(drafts, 'any', point),
        fastTo: fast ? proofOfTwins(drafts, 'fast', point) : at,
        seenAt: answer.askedAt,
        was: undefined,
        deleted: false,
      });
      continue;
    }
    if (known.seenAt > answer.askedAt) continue;
    known.seenAt = answer.askedAt;
    known.ticks = point.ticks;
    known.expiresAt = point.expiresAt;
    if (known.fast && !point.fast) loseTag(drafts, known);
    else if (!known.fast && point.fast && !isProvenAt(drafts, 'fast', known)) {
      known.fastTo = proofOfTwins(drafts, 'fast', known);
      known.fast = true;
    }
  }
}

/** A point that is no longer fast carries no proof; what it carried passes to the fast row whose proof reaches it. */
function loseTag(drafts: readonly Draft[], row: Draft): void {
  for (const below of drafts) {
    if (below.at < row.at && carriesProof(below, 'fast') && below.fastTo > row.at) {
      below.fastTo = Math.max(below.fastTo, row.fastTo);
    }
  }
  row.fast = false;
  row.fastTo = row.at;
}

/** Enters a claim: takes away what it disproves, and raises the proofs of the rows that it joins. */
function prove(drafts: Draft[], answer: UnitAnswer, kind: PointKind, claim: Claim): void {
  const returned = new Set(answer.points.map(point => point.id));
  const { above } = claim;
  const isCovered = (draft: Draft): boolean =>
    carriesProof(draft, kind) &&
    draft.at !== FLOOR_AT &&
    ((draft.at >= claim.from && draft.at < claim.to) ||
      (above !== undefined && draft.at === above.at && compareInstants(draft, above) > 0));
  const missing = drafts.filter(draft => isCovered(draft) && !returned.has(draft.id));
  // An answer applied out of order may not take away what a later one showed alive; then it proves nothing either.
  if (missing.some(draft => draft.seenAt > answer.askedAt && !isExpiring(draft, answer.askedAt))) return;

  // Below the claim only the nearest second counts: a row further down never reaches farther than the rows between.
  const below = drafts.reduce(
    (nearest, draft) => (carriesProof(draft, kind) && draft.at < claim.from ? Math.max(nearest, draft.at) : nearest),
    FLOOR_AT,
  );
  const joins = (draft: Draft): boolean =>
    carriesProof(draft, kind) &&
    (isCovered(draft) ||
      (above !== undefined && compareInstants(draft, above) === 0) ||
      (draft.at === below && proofOf(draft, kind) >= claim.from));
  const joined = drafts.filter(joins);
  // The rows' own proofs go on from within the claim, so together they reach the farthest of them.
  const to = Math.max(claim.to, ...joined.map(draft => proofOf(draft, kind)));

  for (const draft of missing) {
    if (kind === 'any') draft.deleted = true;
    else {
      draft.fast = false;
      draft.fastTo = draft.at;
    }
  }
  for (const draft of joined) if (carriesProof(draft, kind)) setProof(draft, kind, Math.max(proofOf(draft, kind), to));
  if (claim.fromFloor) raiseFloor(drafts, answer.askedAt, kind, to);
}

function raiseFloor(drafts: Draft[], askedAt: UtcSeconds, kind: PointKind, to: UtcSeconds): void {
  let floor = drafts.find(draft => draft.at === FLOOR_AT);
  if (floor === undefined) {
    floor = {
      at: FLOOR_AT,
      ticks: 0,
      id: '',
      expiresAt: NEVER,
      fast: false,
      anyTo: FLOOR_AT,
      fastTo: FLOOR_AT,
      seenAt: askedAt,
      was: undefined,
      deleted: false,
    };
    drafts.push(floor);
  }
  setProof(floor, kind, Math.max(proofOf(floor, kind), to));
  floor.seenAt = Math.max(floor.seenAt, askedAt);
}
