import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../testing/seeded-random.ts';
import { DAY, HOUR, WEEK } from '../time.ts';
import { landmarkKey, landmarksAt, spreadOf } from './index.ts';

const YEAR = 365 * DAY;
/** A Wednesday, 15:00. */
const NOW = Date.UTC(2026, 10, 25, 15) / 1_000;
const facts = { now: NOW, settlingSeconds: HOUR, keptSeconds: YEAR, spread: 0 };

describe('landmarks', () => {
  it('are the bounds of the days of a fortnight and of the weeks before it, the latest first', () => {
    const landmarks = landmarksAt(facts);
    expect(landmarks[0]).toEqual({ before: Date.UTC(2026, 10, 25) / 1_000, every: 'day' });
    expect(landmarks.filter(({ every }) => every === 'day')).toHaveLength(14);
    const weeks = landmarks.filter(({ every }) => every === 'week');
    expect(weeks[0]?.before).toBe(Date.UTC(2026, 10, 9) / 1_000);
    expect(weeks).toHaveLength(50);
    for (const { before } of weeks) expect(new Date(before * 1_000).getUTCDay()).toBe(1);
    expect(landmarks.map(({ before }) => before)).toEqual(
      landmarks.map(({ before }) => before).toSorted((a, b) => b - a),
    );
  });

  it('are asked only once an answer can prove them, and by each tenant at its own hour', () => {
    const midnight = Date.UTC(2026, 10, 25) / 1_000;
    const hasToday = (now: number, spread: number) =>
      landmarksAt({ ...facts, now, spread }).some(({ before }) => before === midnight);
    expect(hasToday(midnight + HOUR - 1, 0)).toBe(false);
    expect(hasToday(midnight + HOUR, 0)).toBe(true);
    expect(hasToday(midnight + HOUR, 0.5)).toBe(false);
    expect(hasToday(midnight + 7 * HOUR, 0.5)).toBe(true);
    const hours = Array.from({ length: 400 }, (_, n) => Math.floor(spreadOf(`0b5c3c1e-4f0a-4d0e-9c60-${n}`) * 12));
    const most = Math.max(...Array.from({ length: 12 }, (_, hour) => hours.filter(one => one === hour).length));
    expect(most).toBeLessThan(60); // 33 if they were spread evenly.
  });

  it('end with the retention', () => {
    const short = landmarksAt({ ...facts, keptSeconds: 5 * DAY });
    expect(short).toHaveLength(5);
    expect(landmarksAt({ ...facts, keptSeconds: 3 * WEEK }).filter(({ every }) => every === 'week')).toHaveLength(1);
  });

  it('are each there once, and stay the same from whenever they are seen until they are past', () => {
    const random = seededRandom(3);
    const seen = new Set<string>();
    for (let now = NOW; now < NOW + 30 * DAY; now += random.int(HOUR, DAY)) {
      const keys = landmarksAt({ ...facts, now }).map(landmarkKey);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) seen.add(key);
    }
    // 14 days and 50 weeks at first, then a day's bound a day and a week's a week.
    expect(seen.size).toBeGreaterThanOrEqual(14 + 50 + 28 + 4);
    expect(seen.size).toBeLessThanOrEqual(14 + 50 + 31 + 5);
  });
});
