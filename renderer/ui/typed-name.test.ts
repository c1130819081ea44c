import { expect, it } from 'vitest';
import { isTypedName, mismatchInWords } from './typed-name.ts';

it('compares after trimming, with letter case', () => {
  expect(isTypedName(' Contoso Nordics Oy ', 'Contoso Nordics Oy')).toBe(true);
  expect(isTypedName('contoso nordics oy', 'Contoso Nordics Oy')).toBe(false);
  expect(isTypedName('Contoso  Nordics Oy', 'Contoso Nordics Oy')).toBe(false);
});
it('takes either form of an accented letter, and never an empty name', () => {
  expect(isTypedName('Re\u0301gion', 'R\u00e9gion')).toBe(true);
  expect(isTypedName('', '')).toBe(false);
});
it('takes what may stand in its place, and says of letter case only where that is all', () => {
  expect(isTypedName('minato.example', '株式会社みなと', 'minato.example')).toBe(true);
  expect(isTypedName('minato.example', '株式会社みなと')).toBe(false);
  expect(mismatchInWords('contoso', 'Contoso', 'contoso.example')).toContain('capital letters count');
  expect(mismatchInWords('cont', 'Contoso')).toBe('The name does not match yet.');
  expect(mismatchInWords('cont', 'Contoso', 'contoso.example')).toBe('It is neither the name nor the domain yet.');
});
