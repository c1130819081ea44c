import { describe, expect, it } from 'vitest';
import { toLossWindow } from './restore-loss.ts';

const INCIDENT = 1_800_000_000;

describe('the loss window', () => {
  it.each([
    ['exact', false],
    ['atLeast', true],
    ['asShown', true],
    ['hand', false],
  ] as const)('of a point chosen by %s: may be less is %s', (chosenBy, upTo) => {
    expect(toLossWindow(INCIDENT - 1_320, INCIDENT, chosenBy)).toEqual({ seconds: 1_320, upTo });
  });

  it('is never negative', () => {
    expect(toLossWindow(INCIDENT + 5, INCIDENT, 'hand').seconds).toBe(0);
  });
});
