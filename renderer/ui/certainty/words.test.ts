import { describe, expect, it } from 'vitest';
import { headWords, pointWords } from './words.ts';

const now = Date.UTC(2026, 10, 23, 7, 44) / 1000;
const shown = { zone: 'Europe/Berlin', now };
const point = { id: 'p', at: now - 660, expiresAt: now + 864_000, fast: false };

describe('headWords', () => {
  it('gives the age alone where it was just shown', () => {
    expect(headWords({ is: 'shown', point, askedAt: now - 120 }, shown)).toEqual({
      look: 'exact',
      text: '11 min ago',
      full: '08:33 CET; no newer point was there at 08:42 CET',
    });
  });
  it('says "or newer" once the answer has aged', () => {
    const words = headWords({ is: 'orNewer', point: { ...point, at: now - 22_260 }, askedAt: now - 21_720 }, shown);
    expect(words.look).toBe('atLeast');
    expect(words.text).toBe('6 h 11 min or newer');
    expect(words.full).toContain('nothing is known since');
  });
  it('says none exists only while that is fresh, else of its moment', () => {
    expect(headWords({ is: 'noneShown', askedAt: now - 120, fresh: true }, shown).text).toBe('None exists');
    expect(headWords({ is: 'noneShown', askedAt: now - 120, fresh: false }, shown).text).toBe('None at 08:42');
    expect(headWords({ is: 'noneShown', askedAt: now - 100_000, fresh: false }, shown).text).toBe('None on 22 Nov');
  });
  it('never makes "not asked" look like "none"', () => {
    const notAsked = headWords({ is: 'notAsked' }, shown);
    const none = headWords({ is: 'noneShown', askedAt: now, fresh: true }, shown);
    expect(notAsked.look).not.toBe(none.look);
    expect(notAsked.text).not.toMatch(/none/i);
  });
});

describe('pointWords', () => {
  it('gives each state a look and a text of its own', () => {
    const states = [
      pointWords({ is: 'exact', point }, shown),
      pointWords({ is: 'atLeast', point, unproven: { fromAt: now - 600, toAt: now } }, shown),
      pointWords({ is: 'none' }, shown),
      pointWords({ is: 'notAsked' }, shown),
      pointWords({ is: 'asShown', askedAt: now - 120, point }, shown),
    ];
    expect(new Set(states.map(state => state.look)).size).toBe(5);
    expect(new Set(states.map(state => state.text)).size).toBe(5);
    expect(states[1]?.full).toContain('10 min before the incident');
    expect(states[4]?.text).toBe('08:33 CET, newest at 08:42 CET');
  });
  it('says that nothing was shown without claiming that nothing exists', () => {
    expect(pointWords({ is: 'asShown', askedAt: now - 120, point: null }, shown).full).toContain('may still appear');
  });
});
