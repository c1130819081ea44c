import { expect, it } from 'vitest';
import { matchesText } from './text-match.ts';

it('finds parts of words without regard to case and accents', () => {
  expect(matchesText('region ROM', 'Lamna Healthcare, Région Romande')).toBe(true);
  expect(matchesText('lamna.ch', 'Lamna Healthcare', 'lamna.ch')).toBe(true);
  expect(matchesText('', 'anything')).toBe(true);
  expect(matchesText('contoso berlin', 'Contoso Nordics')).toBe(false);
});
