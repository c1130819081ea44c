import { describe, expect, it } from 'vitest';
import { NEVER } from '../../../shared/domain/knowledge/index.ts';
import type { KnownRow, Second } from '../../../shared/domain/knowledge/index.ts';
import { cacheInMemory } from '../testing/memory-files.ts';

const row = (at: number, overrides: Partial<KnownRow> = {}): KnownRow => ({
  at,
  ticks: 0,
  id: `p${at}`,
  expiresAt: at + 1_000,
  fast: false,
  anyTo: at,
  fastTo: at,
  seenAt: at + 5,
  ...overrides,
});
const floor = row(0, { id: '', expiresAt: NEVER, anyTo: 40 });

/** Within a second rows come in any order. */
const inOrder = (second: Second): KnownRow[] => second.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const filled = (rows: readonly KnownRow[], unit = 7) => {
  const { know } = cacheInMemory();
  for (const one of rows) know.upsert(unit, one);
  return know;
};

describe('know', () => {
  it('gives back what it was given, to the tick', () => {
    const rows = [
      floor,
      row(50, { ticks: 9_999_999, fast: true, anyTo: 60, fastTo: 70 }),
      row(50, { id: '845457dc-4bb2-4815-bef3-8628ebd1952e', ticks: 16 }),
    ];
    expect([...filled(rows).around(7, { from: 0, to: 100 })]).toEqual(expect.arrayContaining(rows));
  });

  it('walks down all rows, over the edges of its steps, the floor last', () => {
    const rows = Array.from({ length: 500 }, (_, index) => row(100 + Math.floor(index / 5), { id: `p${index}` }));
    const walked = [...filled([floor, ...rows]).descending(7, 10_000, 'any')].flat();
    expect(walked).toHaveLength(501);
    expect(new Set(walked.map(one => one.id)).size).toBe(501);
    expect(walked.map(one => one.at)).toEqual(walked.map(one => one.at).toSorted((a, b) => b - a));
    expect(walked.at(-1)).toEqual(floor);
  });

  it('walks strictly below the time', () => {
    const know = filled([floor, row(50), row(51)]);
    expect([...know.descending(7, 51, 'any')].flat().map(one => one.at)).toEqual([50, 0]);
    expect([...know.descending(7, 50, 'any')].flat().map(one => one.at)).toEqual([0]);
  });

  it('walks fast points alone for fast, with the floor', () => {
    const know = filled([floor, row(50, { fast: true }), row(51), row(52, { fast: true })]);
    expect([...know.descending(7, 100, 'fast')].flat().map(one => one.at)).toEqual([52, 50, 0]);
  });

  it('walks many units down as it walks one', () => {
    const { know } = cacheInMemory();
    const units: readonly (readonly KnownRow[])[] = [
      [floor, row(50), row(51), row(52, { id: 'a' }), row(52, { id: 'b', fast: true })],
      [floor],
      [row(50, { fast: true })],
      [],
      [floor, ...[48, 49, 50, 51].map(at => row(at, { fast: at % 2 === 0 }))],
      [row(60, { fast: true }), row(70)],
    ];
    for (const [unit, rows] of units.entries()) for (const one of rows) know.upsert(unit, one);
    const keys = units.map((_, unit) => unit);
    for (const before of [0, 1, 49, 50, 51, 52, 53, NEVER]) {
      const rowsOf = know.descendingOf(keys, keys, before);
      for (const unit of keys) {
        expect([...rowsOf(unit, 'any')].map(inOrder)).toEqual([...know.descending(unit, before, 'any')].map(inOrder));
        // Others may come along in the latest second; the domain passes them over.
        const fast = [...rowsOf(unit, 'fast')].map(second => second.filter(one => one.fast || one.at === 0));
        expect(fast.map(inOrder)).toEqual([...know.descending(unit, before, 'fast')].map(inOrder));
      }
    }
    expect([...know.descendingOf([1], [1], NEVER)(2, 'any')]).toEqual([]);
  });

  it('brings what hangs over the lower edge of a stretch: the nearest second, the nearest fast ones, the floor', () => {
    const know = filled([
      floor,
      row(10, { fast: true }),
      row(20),
      row(30, { id: 'x' }),
      row(30, { id: 'y' }),
      row(40),
      row(50),
    ]);
    expect(know.around(7, { from: 40, to: 50 }).map(one => [one.at, one.id])).toEqual([
      [0, ''],
      [10, 'p10'],
      [30, 'x'],
      [30, 'y'],
      [40, 'p40'],
    ]);
    expect(know.around(7, { from: 5, to: 11 }).map(one => one.at)).toEqual([0, 10]);
  });

  it('takes a lost tag out of the fast walk', () => {
    const know = filled([row(50, { fast: true })]);
    know.upsert(7, row(50, { fast: false }));
    expect([...know.descending(7, 100, 'fast')].flat()).toEqual([]);
  });

  it('keeps the rows of units apart', () => {
    const know = filled([row(50)]);
    know.upsert(8, row(60));
    expect([...know.descending(7, 100, 'any')].flat().map(one => one.at)).toEqual([50]);
    know.void(8, 'any');
    know.remove(8, row(60));
    expect([...know.descending(8, 100, 'any')].flat()).toEqual([]);
    expect([...know.descending(7, 100, 'any')].flat()).toHaveLength(1);
  });

  it('voids the proofs of one kind, on every row', () => {
    const know = filled([floor, row(50, { fast: true, anyTo: 60, fastTo: 70 })]);
    know.void(7, 'any');
    expect(know.around(7, { from: 0, to: 99 }).map(one => [one.anyTo, one.fastTo])).toEqual([
      [0, 0],
      [50, 70],
    ]);
    know.void(7, 'fast');
    expect(know.around(7, { from: 0, to: 99 }).map(one => one.fastTo)).toEqual([0, 50]);
  });

  it('lowers expiries, never raises them, and spares the floor', () => {
    const know = filled([floor, row(50, { expiresAt: 500 }), row(60, { expiresAt: 65 })]);
    expect(know.lowerExpiries(7, 100)).toBe(1);
    expect(know.around(7, { from: 0, to: 99 }).map(one => one.expiresAt)).toEqual([NEVER, 150, 65]);
  });

  it('tells living points, newest first, in windows', () => {
    const know = filled([floor, row(50), row(60, { expiresAt: 130 }), row(70), row(80)]);
    expect(know.living(7, 80, 100, { offset: 0, limit: 5 }).map(one => one.at)).toEqual([70, 50]);
    expect(know.living(7, 80, 100, { offset: 1, limit: 5 }).map(one => one.at)).toEqual([50]);
  });

  it('finds a point by its id, and never the floor', () => {
    const know = filled([floor, row(50)]);
    expect(know.find(7, 'p50')?.at).toBe(50);
    expect(know.find(7, '')).toBeUndefined();
    expect(know.find(8, 'p50')).toBeUndefined();
  });

  it('tells which of many units have which points, within a stretch alone', () => {
    const know = filled([floor, row(50), row(60, { id: '845457dc-4bb2-4815-bef3-8628ebd1952e' }), row(70)]);
    know.upsert(8, row(60, { id: 'c7e702b7-b5ee-4faf-9e43-5fd23b4fb0bf_1701648000_14_1' }));
    know.upsert(9, row(60, { id: 'of a unit that is not asked about' }));
    const ids = [
      'p70',
      '',
      'never seen',
      '845457dc-4bb2-4815-bef3-8628ebd1952e',
      'c7e702b7-b5ee-4faf-9e43-5fd23b4fb0bf_1701648000_14_1',
      'of a unit that is not asked about',
    ];
    expect(know.ownersOf([7, 8], { from: 50, to: 70 }, ids)).toEqual([
      { unit: 7, id: '845457dc-4bb2-4815-bef3-8628ebd1952e' },
      { unit: 8, id: 'c7e702b7-b5ee-4faf-9e43-5fd23b4fb0bf_1701648000_14_1' },
    ]);
    expect(know.ownersOf([7], { from: 1, to: NEVER }, ids).map(({ id }) => id)).toContain('p70');
  });

  it('deletes a unit’s rows in parts until none is left', () => {
    const know = filled([floor, ...Array.from({ length: 25 }, (_, index) => row(100 + index))]);
    know.upsert(8, row(5));
    const parts: number[] = [];
    for (let part = know.removeSome(7, 10); part > 0; part = know.removeSome(7, 10)) parts.push(part);
    expect(parts).toEqual([10, 10, 6]);
    expect([...know.descending(8, 100, 'any')].flat()).toHaveLength(1);
  });
});
