import { describe, expect, it } from 'vitest';
import { aFloor, aRow, aShown, DAY_ZERO as now } from '../../testing/knowledge-factories.ts';
import { inSeconds, toKnownPoint } from './known-row.ts';
import type { KnownRow } from './known-row.ts';
import type { JudgedBy } from './newest-before.ts';
import { newestNow } from './newest-now.ts';

const row = aRow(now - 900);
const head = aShown({ askedAt: now - 300, from: row.at + 1, pointId: row.id });

const newestOf = (rows: readonly KnownRow[], by: JudgedBy) => newestNow(inSeconds(rows), by);

describe('the newest now', () => {
  it('is current for a cadence after the asking, then "or newer"', () => {
    expect(newestOf([row], { kind: 'any', now, shown: [head] })).toEqual({
      state: 'current',
      askedAt: now - 300,
      point: toKnownPoint(row),
    });
    expect(newestOf([row], { kind: 'any', now: now + 299, shown: [head] }).state).toBe('current');
    expect(newestOf([row], { kind: 'any', now: now + 300, shown: [head] })).toEqual({
      state: 'orNewer',
      point: toKnownPoint(row),
    });
  });

  it('is "or newer" where the newest was never asked for, whatever is proven before', () => {
    const proven = aRow(now - 900, { anyTo: now - 100 });
    expect(newestOf([proven], { kind: 'any', now, shown: [] }).state).toBe('orNewer');
    const bounded = { ...head, to: now - 400 };
    expect(newestOf([row], { kind: 'any', now, shown: [bounded] }).state).toBe('orNewer');
  });

  it('is "or newer" where a newer point was met since', () => {
    const met = aRow(now - 200);
    expect(newestOf([met, row], { kind: 'any', now, shown: [head] })).toEqual({
      state: 'orNewer',
      point: toKnownPoint(met),
    });
  });

  it('counts a point of this very second, though our idea of now may be a little behind', () => {
    const ahead = aRow(now + 2);
    const shown = [aShown({ askedAt: now - 1, from: now + 3, pointId: ahead.id })];
    expect(newestOf([ahead], { kind: 'any', now, shown }).state).toBe('current');
  });

  it('is none as of an asking, and stays so in words with its time', () => {
    const none = aShown({ askedAt: now - 300 });
    expect(newestOf([], { kind: 'any', now, shown: [none] })).toEqual({
      state: 'current',
      askedAt: now - 300,
      point: undefined,
    });
    expect(newestOf([], { kind: 'any', now: now + 9_000, shown: [none] })).toEqual({
      state: 'noneAt',
      askedAt: now - 300,
    });
    expect(newestOf([aFloor(now - 4_000)], { kind: 'any', now, shown: [] })).toEqual({
      state: 'noneAt',
      askedAt: now - 4_000,
    });
  });

  it('is not asked where nothing is known, or only what has expired', () => {
    expect(newestOf([], { kind: 'any', now, shown: [] })).toEqual({ state: 'notAsked' });
    expect(
      newestOf([aRow(now - 900, { expiresAt: now })], {
        kind: 'any',
        now,
        shown: [{ ...head, askedAt: now - 9_000 }],
      }),
    ).toEqual({ state: 'notAsked' });
  });

  it('was not none where a point has expired since', () => {
    const expired = aRow(now - 5_000, { expiresAt: now, anyTo: now - 4_000 });
    expect(newestOf([expired, aFloor(now - 4_000)], { kind: 'any', now, shown: [] })).toEqual({ state: 'notAsked' });
  });

  it('is asked for each kind by itself', () => {
    expect(newestOf([row], { kind: 'fast', now, shown: [head] })).toEqual({ state: 'notAsked' });
  });
});
