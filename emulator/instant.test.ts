import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromMilliseconds, parseInstant, toMilliseconds, toPreciseText, toText } from './instant.ts';

test('seven digits survive reading and writing', () => {
  const moment = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2045, 0, 1) });
  const rest = fc.integer({ min: 0, max: 9999 });
  fc.assert(
    fc.property(moment, rest, (milliseconds, ticks) => {
      const instant = fromMilliseconds(milliseconds) + ticks;
      expect(parseInstant(toPreciseText(instant))).toBe(instant);
      expect(toMilliseconds(instant)).toBe(milliseconds);
    }),
  );
});

test.each([
  ['2026-03-06T14:05:00Z', '2026-03-06T14:05:00.0000000Z'],
  ['2026-03-06T14:05:00.5Z', '2026-03-06T14:05:00.5000000Z'],
  ['2026-03-06T14:05:59.9999999Z', '2026-03-06T14:05:59.9999999Z'],
  ['2026-03-06T14:05:59.99999999Z', '2026-03-06T14:05:59.9999999Z'],
  ['2026-03-06T14:05:00+00:00', '2026-03-06T14:05:00.0000000Z'],
  ['2026-03-06T15:05:00+01:00', '2026-03-06T14:05:00.0000000Z'],
  ['2026-03-06t14:05z', '2026-03-06T14:05:00.0000000Z'],
])('%s is %s', (text, precise) => {
  const instant = parseInstant(text);
  expect(instant === undefined ? undefined : toPreciseText(instant)).toBe(precise);
});

test.each([
  '',
  'yesterday',
  '2026-03-06',
  '2026-13-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-03-06T24:00:00Z',
  '2026-03-06T14:05:00',
])('%s is no moment', text => {
  expect(parseInstant(text)).toBeUndefined();
});

test('the year 0001 can be a bound, and whole seconds are floored', () => {
  expect(parseInstant('0001-01-01T00:00:00Z')).toBeLessThan(fromMilliseconds(0));
  expect(toText(fromMilliseconds(Date.UTC(2026, 2, 6, 14, 5, 0, 999)))).toBe('2026-03-06T14:05:00Z');
});
