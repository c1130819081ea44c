import { expect, it } from 'vitest';
import { sayIn } from './say.ts';

const at = Date.UTC(2026, 10, 25, 10, 21) / 1_000;

it.each([
  ['UTC', 'Wed 25 Nov 10:21 UTC'],
  ['Europe/Berlin', 'Wed 25 Nov 11:21 CET'],
])('a moment in %s is told with its zone: %s', (timeZone, told) => {
  expect(sayIn(timeZone).moment(at)).toBe(told);
});
