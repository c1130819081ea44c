import { describe, expect, it } from 'vitest';
import { UnitFilter } from '../../shared/contract/units.ts';
import { everyUnit, isFiltered, orderInWords, toUnitFilter, toUnitSort } from './unit-query.ts';

const selectionId = '7b1c1c1e-0000-4000-8000-000000000002';

describe('toUnitFilter', () => {
  it('leaves nothing out by itself', () => {
    expect(toUnitFilter(everyUnit, selectionId)).toEqual({});
  });
  it('passes on what was set, in the form of the contract', () => {
    const filter = toUnitFilter(
      { ...everyUnit, text: ' työ ', kind: 'site', tile: 'inError', onlySelected: true },
      selectionId,
    );
    expect(filter).toEqual({ text: 'työ', kinds: ['site'], tile: 'inError', selectionId });
    expect(UnitFilter.safeParse(filter).success).toBe(true);
  });
  it('shows all while there is no selection to look into', () => {
    expect(toUnitFilter({ ...everyUnit, onlySelected: true }, undefined)).toEqual({});
  });
});

describe('toUnitSort', () => {
  it('is worst first until a column is chosen', () => {
    expect(toUnitSort(undefined)).toEqual({ by: 'worst', descending: false });
    expect(toUnitSort({ by: 'newest', descending: true })).toEqual({ by: 'newest', descending: true });
    expect(toUnitSort({ by: 'nonsense', descending: true })).toEqual({ by: 'worst', descending: false });
  });
  it('is said in words', () => {
    expect(orderInWords(undefined)).toBe('worst first');
    expect(orderInWords({ by: 'newest', descending: false })).toBe('oldest newest point first');
    expect(orderInWords({ by: 'newest', descending: true })).toBe('newest point first');
  });
});

it('knows whether anything is filtered away', () => {
  expect(isFiltered(everyUnit)).toBe(false);
  expect(isFiltered({ ...everyUnit, text: '  ' })).toBe(false);
  expect(isFiltered({ ...everyUnit, kind: 'drive' })).toBe(true);
});
