import { describe, expect, it } from 'vitest';
import { AppFailure } from '../shared/contract/errors.ts';
import { StartError, wordStartFailure } from './start-error.ts';

describe('what is said when a host can not start', () => {
  it.each([
    [
      new AppFailure({ code: 'PROFILE_UNWRITABLE', path: '/p' }),
      /\/p can't be written; make it writable, or choose another/,
    ],
    [new AppFailure({ code: 'PROFILE_IN_USE', path: '/p' }), /\/p is in use by another Backstop; close that one/],
    [new AppFailure({ code: 'CATALOG_UNAVAILABLE' }), /log in the profile folder/],
    [new AppFailure({ code: 'OFFLINE' }), /could not start \(OFFLINE\)/],
    [new StartError('Port 80 is in use.'), /^Port 80 is in use\.$/],
  ])('is one sentence', (error, sentence) => {
    expect(wordStartFailure(error)).toMatch(sentence);
    expect(wordStartFailure(error)).not.toContain('\n');
  });

  it('is nothing of ours for what was not foreseen', () => {
    expect(wordStartFailure(new TypeError('x'))).toBeUndefined();
  });
});
