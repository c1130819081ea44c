import { expect, it } from 'vitest';
import { isTypedName } from './typed-name.ts';

it('compares after trimming, with letter case', () => {
  expect(isTypedName(' Contoso Nordics Oy ', 'Contoso Nordics Oy')).toBe(true);
  expect(isTypedName('contoso nordics oy', 'Contoso Nordics Oy')).toBe(false);
  expect(isTypedName('Contoso  Nordics Oy', 'Contoso Nordics Oy')).toBe(false);
});
it('takes either form of an accented letter, and never an empty name', () => {
  expect(isTypedName('Re\u0301gion', 'R\u00e9gion')).toBe(true);
  expect(isTypedName('', '')).toBe(false);
});
