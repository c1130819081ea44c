import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { days, fromMilliseconds, minutes, seconds, ticksPerSecond } from '../instant.ts';
import { allPoints, findHistoryPoint, isTold, longestDelay, toldPoints } from './history.ts';
import type { UnitHistory } from './history.ts';

const now = fromMilliseconds(Date.UTC(2026, 2, 6, 14));

const histories = fc.record({
  key: fc.integer({ min: 0, max: 0xffff_ffff }),
  tenantKey: fc.integer({ min: 0, max: 0xffff_ffff }),
  isMailbox: fc.boolean(),
  retention: fc.constantFrom(days(40), days(90)),
  from: fc.integer({ min: 1, max: 120 }).map(age => now - days(age)),
});

const sites = (key: number): UnitHistory => ({
  key,
  tenantKey: 5,
  isMailbox: false,
  retention: days(365),
  from: now - days(200),
});
const mailboxes = (key: number): UnitHistory => ({ ...sites(key), isMailbox: true });
const all = (history: UnitHistory) => [...allPoints(history, now - days(400), now)];
const keys = Array.from({ length: 20 }, (_, number) => number * 7919 + 1);

describe('what the service tells of', () => {
  test('is the part of the whole history that is visible and not expired, in both directions, for any and for fast', () => {
    const walks = fc.record({
      from: fc.integer({ min: -130, max: 1 }).map(offset => now + days(offset)),
      length: fc.integer({ min: 0, max: 130 }).map(count => days(count) + seconds(count * 17)),
      newestFirst: fc.boolean(),
      fastOnly: fc.boolean(),
      asked: fc.integer({ min: -20, max: 40 }).map(offset => now + days(offset) + seconds(offset)),
    });
    fc.assert(
      fc.property(histories, walks, (history, { from, length, newestFirst, fastOnly, asked }) => {
        const to = from + length;
        const expected = [...allPoints(history, from, to + 1)].filter(
          point => isTold(point, asked) && (!fastOnly || point.isFast),
        );
        if (newestFirst) expected.reverse();
        expect([...toldPoints(history, { from, to, now: asked, newestFirst, fastOnly })]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('ends with protection', () => {
    const history = { ...sites(3), until: now - days(3) };
    const told = [...toldPoints(history, { from: now - days(400), to: now, now, newestFirst: true, fastOnly: false })];
    expect(told[0]?.at).toBeLessThan(now - days(3));
    expect(told.length).toBeGreaterThan(1000);
  });
});

describe('a history', () => {
  test('is the same whenever it is computed, in order, and found again by place', () => {
    for (const key of keys.slice(0, 4)) {
      const points = all(sites(key));
      expect(all(sites(key))).toEqual(points);
      for (const [number, point] of points.entries()) {
        expect(point.at).toBeGreaterThan(points[number - 1]?.at ?? 0);
        if (number % 97 === 0) expect(findHistoryPoint(sites(key), point.slot, point.ordinal)).toEqual(point);
      }
    }
  });

  test('has some 2,000 points of the last two weeks, then one a week', () => {
    const told = [
      ...toldPoints(sites(11), { from: now - days(400), to: now, now, newestFirst: false, fastOnly: false }),
    ];
    const recent = told.filter(({ at }) => at > now - days(14));
    expect(recent.length).toBeGreaterThan(1800);
    expect(recent.length).toBeLessThan(2200);
    const older = told.filter(({ at }) => at <= now - days(14));
    expect(older.length).toBeGreaterThan(20);
    expect(older.length).toBeLessThanOrEqual(27);
    for (const [number, { at }] of older.entries()) {
      const before = older[number - 1]?.at;
      if (before !== undefined) expect((at - before) / days(7)).toBeCloseTo(Math.round((at - before) / days(7)), 1);
    }
  });

  test('of a mailbox keeps ten-minute points to the end, none of them fast', () => {
    const told = [
      ...toldPoints(mailboxes(11), { from: now - days(400), to: now, now, newestFirst: false, fastOnly: false }),
    ];
    expect(told.length).toBeGreaterThan(26_000);
    expect(told.some(({ isFast }) => isFast)).toBe(false);
  });

  test('has gaps, bursts, twins in one second, points on the whole minute, fast and late ones', () => {
    const seen = { gaps: 0, bursts: 0, twins: 0, wholeMinutes: 0, fast: 0, late: 0 };
    for (const key of keys) {
      const points = [...allPoints(sites(key), now - days(20), now)];
      for (const [number, point] of points.entries()) {
        const next = points[number + 1];
        const distance = next === undefined ? minutes(10) : next.at - point.at;
        if (distance > minutes(60)) seen.gaps += 1;
        if (distance < minutes(2)) seen.bursts += 1;
        if (next !== undefined && Math.floor(next.at / ticksPerSecond) === Math.floor(point.at / ticksPerSecond))
          seen.twins += 1;
        if (point.at % minutes(1) === 0) seen.wholeMinutes += 1;
        if (point.isFast) seen.fast += 1;
        if (point.visibleAt - point.at > minutes(30)) seen.late += 1;
        expect(point.visibleAt - point.at).toBeLessThanOrEqual(longestDelay);
        expect(point.visibleAt).toBeGreaterThan(point.at);
      }
    }
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(10);
  });

  test('is not on a grid that units share', () => {
    const starts = keys.map(key => [...allPoints(sites(key), now - days(1), now)][0]?.at ?? 0);
    expect(new Set(starts.map(at => Math.floor((at % minutes(10)) / seconds(30)))).size).toBeGreaterThan(8);
  });
});
