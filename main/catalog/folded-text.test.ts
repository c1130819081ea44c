import { describe, expect, it } from 'vitest';
import { fold } from './folded-text.ts';

describe('fold', () => {
  it.each([
    ['Ångström', 'angstrom'],
    ['ÉCOLE', 'ecole'],
    ['Straße', 'strasse'],
    ['Søren Łukasz', 'soren lukasz'],
    ['Œuvre', 'oeuvre'],
    ['ﬁnance', 'finance'],
  ])('%s is found as %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('leaves other scripts readable', () => {
    expect(fold('Привет 世界')).toBe('привет 世界');
  });
});
