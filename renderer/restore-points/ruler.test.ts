import { describe, expect, it } from 'vitest';
import type { Point } from '../../shared/contract/certainty.ts';
import {
  atX,
  dayTicks,
  enlargedAround,
  incidentAfterKey,
  labelledPoints,
  minuteAfter,
  roomForCaption,
  xOf,
} from './ruler.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const zone = 'Europe/Helsinki';
const fromAt = at('2026-11-19T22:00:00Z');
const toAt = at('2026-11-20T22:00:00Z');
const scale = { fromAt, toAt, width: 864 };
const point = (iso: string): Point => ({ id: iso, at: at(iso), expiresAt: at('2027-01-01T00:00:00Z'), fast: false });

describe('the scale of a ruler', () => {
  it('lays instants along the width and keeps them inside', () => {
    expect(xOf(scale, fromAt)).toBe(0);
    expect(xOf(scale, at('2026-11-20T10:00:00Z'))).toBe(432);
    expect(xOf(scale, toAt + 5_000)).toBe(864);
    expect(xOf(scale, fromAt - 5_000)).toBe(0);
  });
  it('reads an instant off a pixel, floored to the minute', () => {
    expect(atX(scale, 432)).toBe(at('2026-11-20T10:00:00Z'));
    expect(atX(scale, 432.4)).toBe(at('2026-11-20T10:00:00Z'));
    expect(atX(scale, -3)).toBe(fromAt);
    expect(atX({ ...scale, width: 0 }, 5)).toBe(fromAt);
  });
});

describe('the ticks of a day', () => {
  it('stand at the hours of the zone’s own clock', () => {
    const ticks = dayTicks(zone, fromAt, toAt, 3);
    expect(ticks.map(tick => tick.word)).toEqual([
      '00:00',
      '03:00',
      '06:00',
      '09:00',
      '12:00',
      '15:00',
      '18:00',
      '21:00',
      '24:00',
    ]);
    expect(ticks[4]?.at).toBe(at('2026-11-20T10:00:00Z'));
  });
  it('are right on a day of 23 hours', () => {
    const spring = dayTicks(zone, at('2026-03-28T22:00:00Z'), at('2026-03-29T21:00:00Z'), 3);
    expect(spring.find(tick => tick.word === '06:00')?.at).toBe(at('2026-03-29T03:00:00Z'));
  });
});

describe('the enlarged hours', () => {
  it('lie around the cursor at half-hours', () => {
    expect(enlargedAround(at('2026-11-20T12:05:00Z'), fromAt, toAt)).toEqual({
      fromAt: at('2026-11-20T09:30:00Z'),
      toAt: at('2026-11-20T13:00:00Z'),
    });
  });
  it('stay inside the day', () => {
    expect(enlargedAround(fromAt + 60, fromAt, toAt).fromAt).toBe(fromAt);
    expect(enlargedAround(toAt - 60, fromAt, toAt).toAt).toBe(toAt);
  });
});

describe('labels', () => {
  it('never touch, and the chosen one always stands', () => {
    const points = ['10:00', '10:10', '10:20', '10:30'].map(time => point(`2026-11-20T${time}:00Z`));
    const labels = labelledPoints(points, scale, zone, points[1]?.at, 10);
    expect(labels.map(label => [label.word, label.isChosen])).toEqual([
      ['12:10', true],
      ['12:30', false],
    ]);
  });
});

describe('the keys of the ruler', () => {
  const points = ['11:43:20', '11:43:50', '12:13:00'].map(time => point(`2026-11-20T${time}Z`));
  const day = { fromAt, toAt };
  const move = (key: string, iso: string) => incidentAfterKey(key, at(iso), points, day);
  it('go to just after the point before or next', () => {
    expect(move('ArrowLeft', '2026-11-20T12:05:00Z')).toBe(at('2026-11-20T11:44:00Z'));
    expect(move('ArrowRight', '2026-11-20T12:05:00Z')).toBe(at('2026-11-20T12:14:00Z'));
    expect(minuteAfter(at('2026-11-20T12:13:00Z'))).toBe(at('2026-11-20T12:14:00Z'));
  });
  it('always move on, also past twins in one minute', () => {
    expect(move('ArrowLeft', '2026-11-20T11:44:00Z')).toBeUndefined();
    expect(move('ArrowLeft', '2026-11-20T12:14:00Z')).toBe(at('2026-11-20T11:44:00Z'));
    expect(move('ArrowRight', '2026-11-20T12:14:00Z')).toBeUndefined();
  });
  it('go by the hour and to the ends', () => {
    expect(move('PageUp', '2026-11-20T12:05:00Z')).toBe(at('2026-11-20T11:05:00Z'));
    expect(move('PageDown', '2026-11-20T12:05:00Z')).toBe(at('2026-11-20T13:05:00Z'));
    expect(move('Home', '2026-11-20T12:05:00Z')).toBe(fromAt);
    expect(move('End', '2026-11-20T12:05:00Z')).toBe(toAt - 60);
    expect(move('a', '2026-11-20T12:05:00Z')).toBeUndefined();
  });
});

describe('the caption of the enlarged hours', () => {
  it('stands at the left, else at the right, else between, and never on something', () => {
    expect(roomForCaption(800, 130, [])).toBe(0);
    expect(roomForCaption(800, 130, [{ from: 600, to: 740 }])).toBe(0);
    expect(roomForCaption(800, 130, [{ from: 100, to: 260 }])).toBe(670);
    expect(
      roomForCaption(800, 130, [
        { from: 0, to: 240 },
        { from: 680, to: 776 },
      ]),
    ).toBe(240);
    expect(roomForCaption(300, 130, [{ from: 100, to: 260 }])).toBeUndefined();
  });
});
