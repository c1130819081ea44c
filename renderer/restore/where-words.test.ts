import { describe, expect, it } from 'vitest';
import { retryInWords } from './where-words.ts';

describe('the destination of a retry', () => {
  it('is explained where the first restore went in place and this one does not', () => {
    expect(retryInWords({ retryOf: 'a', destination: 'new' }, { id: 'a', destination: 'inPlace' })).toMatch(
      /preset to a new location .* can be changed/,
    );
  });
  it.each([
    ['it is no retry', { destination: 'new' }, { id: 'a', destination: 'inPlace' }],
    ['it goes in place too', { retryOf: 'a', destination: 'inPlace' }, { id: 'a', destination: 'inPlace' }],
    ['the first went to a new location as well', { retryOf: 'a', destination: 'new' }, { id: 'a', destination: 'new' }],
    ['the first is another plan', { retryOf: 'a', destination: 'new' }, { id: 'b', destination: 'inPlace' }],
    ['the first is not known', { retryOf: 'a', destination: 'new' }, undefined],
  ] as const)('needs no word where %s', (_, plan, original) => {
    expect(retryInWords(plan, original)).toBeUndefined();
  });
});
