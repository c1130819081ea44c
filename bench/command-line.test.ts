import { expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

it('measures what the README quotes unless told otherwise', () => {
  expect(readCommandLine([])).toEqual({ tenants: 40, units: 100_000, pointsAUnit: 100 });
  expect(readCommandLine(['--units', '5000', '--json', 'f.json'])).toMatchObject({ units: 5000, json: 'f.json' });
});

it.each([
  [['--help'], /--help.*Usage/],
  [['--units', 'many'], /--units takes a whole number above 0, not "many"/],
  [['--points', '0'], /--points takes/],
])('says what is wrong in %j', (args, words) => {
  expect(() => readCommandLine(args)).toThrow(words);
});
