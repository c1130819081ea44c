import { describe, expect, it } from 'vitest';
import {
  aFloor,
  aList,
  aPoint,
  aRow,
  aSearch,
  DAY_ZERO as D,
  LONG_AFTER,
  told,
} from '../../testing/knowledge-factories.ts';
import { HOUR } from '../time.ts';
import { applyAnswer, rangeTouchedBy } from './apply-answer.ts';
import type { KnowledgeChanges } from './apply-answer.ts';
import { initialTraits, withTraitChanges } from './service-traits.ts';
import type { ServiceTraits } from './service-traits.ts';

/** The written rows as `id: anyTo` (or `fastTo`), to compare at a glance. */
const proofs = (changes: KnowledgeChanges, kind: 'anyTo' | 'fastTo' = 'anyTo'): Record<string, number> =>
  Object.fromEntries(changes.upserts.map(row => [row.id, row[kind]]));
const apply = (
  rows: Parameters<typeof applyAnswer>[0],
  answer: Parameters<typeof applyAnswer>[1],
  traits: ServiceTraits = initialTraits,
) => applyAnswer(rows, answer, traits);

describe('an answer adds', () => {
  it('the point found, with what is proven above it, and when it was seen', () => {
    const changes = apply([], told(aSearch(D), [aPoint(D - 100, { ticks: 7 })]));
    expect(changes.upserts).toEqual([aRow(D - 100, { ticks: 7, anyTo: D, fastTo: D - 100, seenAt: LONG_AFTER })]);
  });

  it('all points of a list, each with the proof above it', () => {
    const changes = apply([], told(aList(D), [aPoint(D - 10), aPoint(D - 20, { fast: true })]));
    expect(proofs(changes)).toEqual({ [`p${D - 10}`]: D, [`p${D - 20}`]: D });
    // Fast proofs hang on fast points only.
    expect(proofs(changes, 'fastTo')).toEqual({ [`p${D - 10}`]: D - 10, [`p${D - 20}`]: D });
  });

  it('the floor, when nothing was found from the beginning of time', () => {
    const changes = apply([], told(aSearch(D), []));
    expect(changes.upserts).toEqual([{ ...aFloor(D), seenAt: LONG_AFTER }]);
    expect(apply([], told(aSearch(D, { kind: 'fast' }), [])).upserts).toMatchObject([{ at: 0, anyTo: 0, fastTo: D }]);
  });

  it('a newer expiry and a new tag of a known point', () => {
    const changes = apply([aRow(D - 5)], told(aList(D), [aPoint(D - 5, { expiresAt: LONG_AFTER + 77, fast: true })]));
    expect(changes.upserts).toEqual([
      aRow(D - 5, { expiresAt: LONG_AFTER + 77, fast: true, anyTo: D, fastTo: D, seenAt: LONG_AFTER }),
    ]);
  });

  it('nothing older than what is known', () => {
    const known = aRow(D - 5, { seenAt: LONG_AFTER + 1, expiresAt: D + 9_999_999 });
    const changes = apply([known], told(aSearch(D, { kind: 'fast' }), [aPoint(D - 5, { fast: true })]));
    expect(changes.upserts).toEqual([]);
  });

  it('a shown record for each kind it speaks of', () => {
    const changes = apply([], told(aSearch(undefined), [], { askedAt: D }));
    expect(changes.shown.map(record => record.kind)).toEqual(['any', 'fast']);
  });
});

describe('a claim joins', () => {
  it('rows inside it, and the row below whose proof reaches it', () => {
    const below = aRow(D - 300, { anyTo: D - 180 });
    const inside = aRow(D - 150);
    const list = told(aList(D), [aPoint(D - 100), aPoint(D - 150), aPoint(D - 200)]);
    const reaching = aRow(D - 200, { anyTo: D - 180 });
    expect(proofs(apply([below, reaching, inside], list))).toEqual({
      [`p${D - 100}`]: D,
      [`p${D - 150}`]: D,
      [`p${D - 200}`]: D,
    });
    const oldest = aSearch(D, { prefer: 'oldest', start: '2026-09-21T13:00:00Z' });
    const from = Date.parse('2026-09-21T13:00:00Z') / 1000;
    const joined = aRow(from - 50, { anyTo: from + 1 });
    const short = aRow(from - 50, { anyTo: from });
    const answer = told(oldest, [aPoint(from + 400)]);
    expect(proofs(apply([joined], answer))).toEqual({ [joined.id]: from + 400, [`p${from + 400}`]: from + 400 });
    // One second is missing between them: the piece adjoins nothing and is dropped.
    expect(proofs(apply([short], answer))).toEqual({ [`p${from + 400}`]: from + 400 });
  });

  it('the floor row as any other, but reaches the floor only by a search without a result from there', () => {
    const oldest = aSearch(D, { prefer: 'oldest' });
    expect(proofs(apply([aFloor(D - 900)], told(oldest, [aPoint(D - 100)])))).toMatchObject({ '': D - 100 });
    expect(proofs(apply([aFloor(0)], told(oldest, [aPoint(D - 100)])))).toEqual({ [`p${D - 100}`]: D - 100 });
    const since = aSearch(D, { start: '2026-09-01T00:00:00Z' });
    expect(apply([aFloor(0)], told(since, [])).upserts).toEqual([]);
  });

  it('what rows inside it had proven beyond it', () => {
    const above = aRow(D - 50, { anyTo: D + 500 });
    const changes = apply([above], told(aList(D), [aPoint(D - 50), aPoint(D - 90)]));
    expect(proofs(changes)).toMatchObject({ [`p${D - 90}`]: D + 500 });
  });

  it('never lowers a proof', () => {
    const known = aRow(D - 100, { anyTo: D + 900 });
    expect(proofs(apply([known], told(aSearch(D), [aPoint(D - 100)])))).toEqual({ [known.id]: D + 900 });
  });

  it('the fast row below it across rows that are not fast', () => {
    const start = '2026-09-21T13:00:00Z';
    const from = Date.parse(start) / 1000;
    const fast = aRow(from - 10, { fast: true, fastTo: from + 5 });
    const other = aRow(from - 5);
    const answer = told(aSearch(D, { start, kind: 'fast' }), []);
    expect(proofs(apply([fast, other], answer), 'fastTo')).toEqual({ [fast.id]: D });
  });

  it('only points of its second that are not earlier than the one found', () => {
    const earlier = aRow(D - 100, { id: 'early', ticks: 1 });
    const changes = apply([earlier], told(aSearch(D), [aPoint(D - 100, { id: 'late', ticks: 9 })]));
    // Between the two another point may lie.
    expect(proofs(changes)).toEqual({ late: D });
  });

  it('twins of the same tick alike', () => {
    const twin = aRow(D - 100, { id: 'twin' });
    expect(proofs(apply([twin], told(aSearch(D), [aPoint(D - 100)])))).toEqual({ twin: D, [`p${D - 100}`]: D });
    const proven = aRow(D - 100, { id: 'twin', anyTo: D });
    expect(proofs(apply([proven], told(aSearch(D - 50, { kind: 'fast' }), [aPoint(D - 100, { fast: true })])))).toEqual(
      {
        [`p${D - 100}`]: D,
      },
    );
  });

  it('nothing where points may still appear', () => {
    const changes = apply([], told(aSearch(undefined), [aPoint(D - 100)], { askedAt: D }));
    expect(proofs(changes)).toEqual({ [`p${D - 100}`]: D - 100 });
  });
});

describe('an answer takes away', () => {
  it('points inside what it proves that it did not show, and keeps what they proved', () => {
    const gone = aRow(D - 50, { anyTo: D + 500 });
    const changes = apply([gone], told(aSearch(D), [aPoint(D - 100)]));
    expect(changes.deletes).toEqual([{ at: gone.at, id: gone.id }]);
    expect(proofs(changes)).toEqual({ [`p${D - 100}`]: D + 500 });
  });

  it('points of the second of the newest that are later than it', () => {
    const later = aRow(D - 100, { id: 'later', ticks: 9 });
    expect(apply([later], told(aSearch(D), [aPoint(D - 100, { ticks: 3 })])).deletes).toEqual([
      { at: D - 100, id: 'later' },
    ]);
  });

  it('no point outside what it proves', () => {
    const unsettled = aRow(D - 50);
    const below = aRow(D - 101);
    const after = aRow(D + 3);
    const changes = apply([below, unsettled, after], told(aSearch(D), [aPoint(D - 100)], { askedAt: D }));
    expect(changes.deletes).toEqual([]);
  });

  it('nothing, when it told nothing', () => {
    expect(apply([aRow(D - 50)], told(aSearch(D), [], { noResult: false }))).toMatchObject({
      outcome: 'unanswered',
      deletes: [],
      upserts: [],
    });
    expect(apply([aRow(D - 50)], told(aList(D), [])).deletes).toEqual([]);
  });

  it('the tag, not the point, when it asked about fast ones', () => {
    const fast = aRow(D - 50, { fast: true, anyTo: D - 40, fastTo: D + 500 });
    const changes = apply([fast], told(aSearch(D, { kind: 'fast' }), [aPoint(D - 100, { fast: true })]));
    expect(changes.deletes).toEqual([]);
    expect(changes.upserts).toContainEqual({ ...fast, fast: false, fastTo: fast.at });
    expect(proofs(changes, 'fastTo')).toMatchObject({ [`p${D - 100}`]: D + 500 });
  });

  it('the tag, where it shows the point without it; the fast row below that reached it goes on', () => {
    const below = aRow(D - 200, { fast: true, fastTo: D - 50 });
    const lost = aRow(D - 100, { fast: true, fastTo: D - 50 });
    const changes = apply([below, lost], told(aList(D - 99), [aPoint(D - 100)], { askedAt: D - 60 }));
    expect(changes.upserts.find(row => row.id === lost.id)).toMatchObject({ fast: false });
    const changed = apply(
      [
        { ...below, fastTo: D - 90 },
        { ...lost, fastTo: D - 50 },
      ],
      told(aList(D - 99), [aPoint(D - 100)], { askedAt: D - 60 }),
    );
    expect(proofs(changed, 'fastTo')).toMatchObject({ [below.id]: D - 50 });
  });

  it('nothing that a later answer showed: applied out of order it proves nothing', () => {
    const seenLater = aRow(D - 50, { seenAt: LONG_AFTER + 1 });
    const changes = apply([seenLater], told(aSearch(D), [aPoint(D - 100)]));
    expect(changes.deletes).toEqual([]);
    expect(proofs(changes)).toEqual({ [`p${D - 100}`]: D - 100 });
    const expired = { ...seenLater, expiresAt: D };
    expect(apply([expired], told(aSearch(D), [aPoint(D - 100)])).deletes).toHaveLength(1);
  });
});

describe('the self-check', () => {
  const proven = aRow(D - 300, { anyTo: D, fast: true, fastTo: D });
  const lateAnswer = told(aSearch(D - 50), [aPoint(D - 100)]);

  it('voids the unit and doubles the settling time when a new point lies inside a proven stretch', () => {
    const changes = apply([aFloor(D - 300), proven], lateAnswer);
    expect(changes.voided).toEqual({ any: true, fast: true });
    expect(changes.traitChanges).toEqual([{ change: 'settlingDoubled', kind: 'any', askedAt: LONG_AFTER }]);
    // The voiding itself is the catalog's; written are only rows that differ afterwards.
    expect(proofs(changes)).toEqual({ [`p${D - 100}`]: D - 50 });
  });

  it('cuts the same answer by the doubled time already', () => {
    const changes = apply([proven], { ...lateAnswer, askedAt: D + HOUR });
    expect(proofs(changes)).toEqual({ [`p${D - 100}`]: D - 100 });
  });

  it('finds a tag that came too late: then only what is known of fast points falls', () => {
    const slow = aRow(D - 100, { anyTo: D });
    const changes = apply(
      [proven, slow],
      told(aList(D - 50), [aPoint(D - 100, { fast: true }), aPoint(D - 300, { fast: true })]),
    );
    expect(changes.voided).toEqual({ any: false, fast: true });
    expect(changes.traitChanges).toMatchObject([{ kind: 'fast' }]);
  });

  it('finds no fault with known points, points beyond the proof, or the second of its own row', () => {
    const known = aRow(D - 100, { anyTo: D });
    expect(apply([proven, known], lateAnswer).voided.any).toBe(false);
    expect(apply([{ ...proven, anyTo: D - 100, fastTo: D - 100 }], lateAnswer).voided.any).toBe(false);
    expect(apply([aRow(D - 100, { id: 'twin', anyTo: D })], lateAnswer).voided.any).toBe(false);
    expect(
      apply([aRow(D - 100, { id: 'earlier', anyTo: D })], told(aSearch(D - 50), [aPoint(D - 100, { ticks: 1 })])).voided
        .any,
    ).toBe(true);
  });

  it('lets a point about to expire pass: a question beside this one may have been answered without it', () => {
    const changes = apply([proven], told(aSearch(D - 50), [aPoint(D - 100, { expiresAt: LONG_AFTER + 60 })]));
    expect(changes.voided.any).toBe(false);
    expect(changes.upserts.map(row => row.id)).not.toContain(`p${D - 100}`);
  });

  it('does not double again for what was proven before the doubling', () => {
    const doubled = withTraitChanges(initialTraits, [
      { change: 'settlingDoubled', kind: 'any', askedAt: LONG_AFTER - 5 },
    ]);
    const changes = apply([proven], lateAnswer, doubled);
    expect(changes.voided.any).toBe(true);
    expect(changes.traitChanges).toEqual([]);
  });
});

describe('a closed end', () => {
  it('is learnt from a point exactly at the end, and the answer proves nothing', () => {
    const changes = apply([], told(aSearch(D), [aPoint(D)]));
    expect(changes.outcome).toBe('atOrAfterBound');
    expect(changes.traitChanges).toEqual([{ change: 'closedEndSeen' }]);
    expect(proofs(changes)).toEqual({ [`p${D}`]: D });
    expect(apply([], told(aSearch(D), [aPoint(D)]), { ...initialTraits, closedEnd: true }).traitChanges).toEqual([]);
  });
});

describe('the rows a caller must fetch', () => {
  it('reach from the second before the claim to its end, and hold every point shown', () => {
    expect(rangeTouchedBy(told(aSearch(D), [aPoint(D - 100)]), initialTraits)).toEqual({ from: D - 100, to: D });
    expect(rangeTouchedBy(told(aSearch(D), []), initialTraits)).toEqual({ from: 0, to: D });
    expect(rangeTouchedBy(told(aSearch(undefined), [aPoint(D - 100)], { askedAt: D }), initialTraits)).toEqual({
      from: D - 100,
      to: D - 99,
    });
    expect(rangeTouchedBy(told(aSearch(D, { hasArtifactQuery: true }), [aPoint(D - 100)]), initialTraits)).toEqual({
      from: D - 100,
      to: D - 99,
    });
  });

  it('are none where nothing was told', () => {
    expect(rangeTouchedBy(told(aSearch(D), [], { noResult: false }), initialTraits)).toBeUndefined();
    expect(rangeTouchedBy(told(aList(D), []), initialTraits)).toBeUndefined();
  });
});
