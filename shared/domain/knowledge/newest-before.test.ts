import { describe, expect, it } from 'vitest';
import { aFloor, aRow, aShown, DAY_ZERO as D } from '../../testing/knowledge-factories.ts';
import { DAY, HOUR } from '../time.ts';
import type { KnownRow, Second } from './known-row.ts';
import { inSeconds, toKnownPoint } from './known-row.ts';
import { assess, newestBefore } from './newest-before.ts';
import type { ShownRecord } from './shown-record.ts';

const now = D + HOUR;
/** The verdict on rows given in any order. */
const verdict = (
  rows: readonly KnownRow[],
  before = D,
  shown: readonly ShownRecord[] = [],
  kind: 'any' | 'fast' = 'any',
) => newestBefore(inSeconds(rows.toSorted((a, b) => b.at - a.at)), before, { kind, now, shown });
const exact = (row: KnownRow) => ({ certainty: 'exact', point: toKnownPoint(row), holdsUntil: row.expiresAt - 60 });

describe('the newest before T', () => {
  it('is exact where everything from the second after it to T is proven', () => {
    const row = aRow(D - 100, { anyTo: D });
    expect(verdict([row, aFloor(0)])).toEqual(exact(row));
  });

  it('is at least that where a stretch before T was never asked about, and names the stretch', () => {
    const row = aRow(D - 100, { anyTo: D - 20 });
    expect(verdict([row])).toEqual({
      certainty: 'atLeast',
      point: toKnownPoint(row),
      unproven: { from: D - 20, to: D },
    });
    const bare = aRow(D - 100);
    expect(verdict([bare])).toMatchObject({ unproven: { from: D - 100, to: D } });
  });

  it('lies strictly before T', () => {
    const at = aRow(D, { anyTo: D + 50 });
    const before = aRow(D - 1, { anyTo: D });
    expect(verdict([at, before])).toEqual(exact(before));
  });

  it('is none only where that is proven down to the floor', () => {
    expect(verdict([aFloor(D)])).toEqual({ certainty: 'none' });
    expect(verdict([aFloor(D - 1)])).toEqual({ certainty: 'notAsked' });
    expect(verdict([])).toEqual({ certainty: 'notAsked' });
  });

  it('is the latest tick of its second, in whatever order the rows of a second come', () => {
    const early = aRow(D - 100, { id: 'a', ticks: 1, anyTo: D });
    const late = aRow(D - 100, { id: 'b', ticks: 2, anyTo: D });
    expect(verdict([early, late])).toEqual(exact(late));
    expect(verdict([late, early])).toEqual(exact(late));
  });

  it('reads no more seconds than it needs, and no records where the proof is enough', () => {
    let read = 0;
    const seconds = function* (): Generator<Second> {
      for (let at = D - 1; ; at -= 1) {
        read += 1;
        yield [aRow(at, { anyTo: D, expiresAt: read < 3 ? D : D + DAY })];
      }
    };
    const by = {
      kind: 'any',
      now,
      get shown(): never {
        throw new Error('records were read');
      },
    } as const;
    newestBefore([[aRow(D - 1, { anyTo: D })]], D, by);
    newestBefore(seconds(), D, { kind: 'any', now, shown: [] });
    expect(read).toBe(3);
  });
});

describe('tombstones', () => {
  const expired = (at: number, over: Partial<KnownRow> = {}): KnownRow => aRow(at, { expiresAt: now + 60, ...over });

  it('are points within a minute of their expiry, by service time', () => {
    const dying = aRow(D - 100, { anyTo: D, expiresAt: now + 60 });
    const living = aRow(D - 100, { anyTo: D, expiresAt: now + 61 });
    expect(verdict([dying, aFloor(D - 100)])).toEqual({ certainty: 'notAsked' });
    expect(verdict([living])).toEqual({ ...exact(living), holdsUntil: now + 1 });
  });

  it('cost the certainty: an expiry can be extended', () => {
    const below = aRow(D - 200, { anyTo: D });
    const top = expired(D - 100, { anyTo: D });
    expect(verdict([top, below])).toEqual({
      certainty: 'atLeast',
      point: toKnownPoint(below),
      unproven: { from: D - 100, to: D - 99 },
    });
    expect(verdict([top, aFloor(D)])).toEqual({ certainty: 'notAsked' });
  });

  it('move the end down, so that the stretch named is their own and what lies unproven below', () => {
    const below = aRow(D - 200, { anyTo: D - 150 });
    expect(verdict([expired(D - 100, { anyTo: D }), below])).toMatchObject({ unproven: { from: D - 150, to: D - 99 } });
  });

  it('of a tick that lives on in a twin cost nothing', () => {
    const twin = aRow(D - 100, { id: 'twin', anyTo: D });
    expect(verdict([expired(D - 100, { anyTo: D }), twin])).toEqual(exact(twin));
  });

  it('let the question end right above them', () => {
    const by = { kind: 'any', now, shown: [] } as const;
    const below = aRow(D - 200, { anyTo: D });
    expect(assess([[expired(D - 100, { anyTo: D })], [below]], D, by)).toMatchObject({
      settled: false,
      emptyFrom: D - 99,
    });
    expect(assess([[expired(D - 100, { anyTo: D - 1 })], [below]], D, by)).toMatchObject({ emptyFrom: D });
    expect(assess([[aRow(D - 100)]], D, by)).toMatchObject({ settled: false, emptyFrom: D });
  });
});

describe('fast points', () => {
  it('are judged by what is proven of fast points, past all others', () => {
    const fast = aRow(D - 200, { fast: true, fastTo: D });
    const other = aRow(D - 100, { anyTo: D });
    expect(verdict([other, fast], D, [], 'fast')).toEqual(exact(fast));
    expect(verdict([other, fast], D)).toEqual(exact(other));
  });

  it('other points do not move the end, nor prove anything about them', () => {
    const other = aRow(D - 100, { anyTo: D, fastTo: D });
    const fast = aRow(D - 200, { fast: true, anyTo: D, fastTo: D - 100 });
    expect(verdict([other, fast], D, [], 'fast')).toMatchObject({
      certainty: 'atLeast',
      unproven: { from: D - 100, to: D },
    });
  });

  it('have a floor of their own', () => {
    expect(verdict([aRow(D - 100, { anyTo: D }), aFloor(0, D)], D, [], 'fast')).toEqual({ certainty: 'none' });
    expect(verdict([aFloor(D, 0)], D, [], 'fast')).toEqual({ certainty: 'notAsked' });
    expect(verdict([aFloor(0, D)], D)).toEqual({ certainty: 'notAsked' });
  });
});

describe('close to the asking', () => {
  const row = aRow(now - 300);
  const record = aShown({ askedAt: now - 60, from: row.at + 1, to: now - 60, pointId: row.id });
  const shownAt = { certainty: 'shownAt', askedAt: now - 60, point: toKnownPoint(row) };

  it('the newest is as it was shown, for any T since', () => {
    expect(verdict([row], now - 100, [record])).toEqual(shownAt);
    expect(verdict([row], now + DAY, [record])).toEqual(shownAt);
    expect(verdict([row], row.at + 1, [record])).toEqual(shownAt);
  });

  it('not for a T before the point shown', () => {
    expect(verdict([row, aRow(D - 50)], row.at, [record])).toMatchObject({
      certainty: 'atLeast',
      point: { at: D - 50 },
    });
  });

  it('is no longer, a cadence after the asking', () => {
    const old = { ...record, askedAt: now - 600, to: now - 600 };
    expect(verdict([aRow(now - 700)], now, [{ ...old, from: now - 699, pointId: `p${now - 700}` }])).toMatchObject({
      certainty: 'atLeast',
    });
    expect(assess([[row]], now, { kind: 'any', now, shown: [record] }).settled).toBe(true);
    expect(assess([[row]], now, { kind: 'any', now: now + 540, shown: [record] }).settled).toBe(false);
  });

  it('a bounded record serves no later T', () => {
    const bounded = { ...record, to: now - 200 };
    expect(verdict([row], now - 200, [bounded])).toEqual(shownAt);
    expect(verdict([row], now - 199, [bounded])).toMatchObject({ certainty: 'atLeast' });
  });

  it('none was shown where none was, and nothing is known', () => {
    const none = aShown({ askedAt: now - 60 });
    expect(verdict([], now, [none])).toEqual({ certainty: 'shownAt', askedAt: now - 60, point: undefined });
    expect(verdict([row], now, [none])).toMatchObject({ certainty: 'atLeast' });
  });

  it('a later point found since, or the expiry of the one shown, ends it', () => {
    expect(verdict([aRow(now - 200), row], now, [record])).toMatchObject({
      certainty: 'atLeast',
      point: { at: now - 200 },
    });
    const gone = { ...row, expiresAt: now };
    expect(verdict([gone, aRow(D - 50)], now, [record])).toMatchObject({ certainty: 'atLeast', point: { at: D - 50 } });
  });

  it('a record of the other kind says nothing', () => {
    expect(verdict([{ ...row, fast: true }], now, [record], 'fast')).toMatchObject({ certainty: 'atLeast' });
  });

  it('the latest record counts, and of twins the one it names', () => {
    const twin = { ...row, id: 'twin' };
    const later = { ...record, askedAt: now - 30, to: now - 30, pointId: 'twin' };
    expect(verdict([row, twin], now, [record, later])).toMatchObject({ askedAt: now - 30, point: { id: 'twin' } });
    expect(verdict([twin, row], now, [later, record])).toMatchObject({ askedAt: now - 30, point: { id: 'twin' } });
  });
});
