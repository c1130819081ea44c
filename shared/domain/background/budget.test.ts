import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../testing/seeded-random.ts';
import { DAY, HOUR } from '../time.ts';
import { grantOf, renewedAt, type Spent, spendOn, spentOn } from './index.ts';

describe('the budget of a day', () => {
  it('never grants more than its room, however it is asked, and however the clock is set', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seededRandom(seed);
      const budget = random.int(0, 500);
      const granted = new Map<number, number>();
      let spent: Spent | undefined;
      let now = 20_000 * DAY;
      for (let step = 0; step < 300; step += 1) {
        // Mostly forward, at times back, at times over days.
        now += random.chance(0.1) ? -random.int(0, 2 * DAY) : random.int(0, random.chance(0.05) ? 3 * DAY : HOUR);
        const wanted = random.int(0, 90);
        const grant = grantOf(spent, budget, now, wanted);
        expect(grant).toBeLessThanOrEqual(wanted);
        spent = spendOn(spent, now, grant);
        granted.set(spent.day, (granted.get(spent.day) ?? 0) + grant);
      }
      for (const questions of granted.values()) expect(questions).toBeLessThanOrEqual(budget);
    }
  });

  it('counts what was asked beyond it, and grants nothing then', () => {
    const spent = spendOn({ day: 5, questions: 90 }, 5 * DAY + 7, 60);
    expect(spentOn(spent, 5 * DAY + 8)).toBe(150);
    expect(grantOf(spent, 100, 5 * DAY + 8, 20)).toBe(0);
    expect(renewedAt(spent, 5 * DAY + 8)).toBe(6 * DAY);
    expect(grantOf(spent, 100, 6 * DAY, 20)).toBe(20);
  });

  it('does not begin anew where the clock is set back', () => {
    const spent = spendOn(undefined, 9 * DAY, 100);
    expect(grantOf(spent, 100, 8 * DAY, 5)).toBe(0);
    expect(renewedAt(spent, 8 * DAY)).toBe(10 * DAY);
  });
});
