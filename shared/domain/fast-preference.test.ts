import { describe, expect, it } from 'vitest';
import { isDecidedByFast } from './fast-preference.ts';

const point = { id: 'p' };

describe('whether fast points decide', () => {
  it.each([
    ['a fast point is known', { is: 'exact', point }, true],
    ['a newer fast one may exist', { is: 'atLeast', point }, true],
    ['one was shown', { is: 'asShown', point }, true],
    ['nobody asked about them', { is: 'notAsked' }, true],
    ['there surely is none', { is: 'none' }, false],
    ['none was shown', { is: 'asShown', point: null }, false],
  ] as const)('where they are preferred and %s', (_, fast, decides) => {
    expect(isDecidedByFast(fast, 'fast')).toBe(decides);
    expect(isDecidedByFast(fast, 'newest')).toBe(false);
  });

  it('never of a kind that knows none', () => {
    expect(isDecidedByFast(undefined, 'fast')).toBe(false);
  });
});
