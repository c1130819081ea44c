import { describe, expect, it } from 'vitest';
import type { Point, Span } from '../../shared/contract/certainty.ts';
import { dayHeadInWords, longestBreak, openTimeIn, stretchRows } from './stretches.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const zone = 'Europe/Helsinki';
const now = at('2026-11-23T06:44:00Z');
const endAt = at('2026-11-20T22:00:00Z');
const point = (time: string): Point => ({
  id: time,
  at: at(`2026-11-20T${time}:00Z`),
  expiresAt: now + 1,
  fast: false,
});
const span = (from: string, to: string, part: Partial<Span>): Span => ({
  fromAt: at(`2026-11-20T${from}:00Z`),
  toAt: at(`2026-11-20T${to}:00Z`),
  state: 'proven',
  points: 0,
  fastPoints: 0,
  ...part,
});

describe('stretches in words', () => {
  it('say what is known, what nobody asked, and its price', () => {
    const rows = stretchRows(
      [
        span('00:00', '02:43', { state: 'notAsked', questions: 4 }),
        span('02:43', '04:20', { points: 10, fastPoints: 1, askedAt: at('2026-11-22T19:10:00Z') }),
        span('04:20', '05:00', { points: 0, askedAt: at('2026-11-22T19:10:00Z') }),
        span('05:00', '22:00', { state: 'notAsked', points: 2, questions: 10 }),
      ],
      [],
      { zone, now, endAt },
    );
    expect(rows.map(row => row.points)).toEqual([0, 10, 0, 2]);
    expect(
      rows.map(({ period, length, words, asked, questions }) => ({ period, length, words, asked, questions })),
    ).toEqual([
      { period: '02:00–04:43', length: '2 h 43 min', words: 'not yet asked', asked: undefined, questions: 4 },
      {
        period: '04:43–06:20',
        length: '1 h 37 min',
        words: '10 points, 1 fast',
        asked: 'asked Sun 22 Nov 21:10 EET',
        questions: undefined,
      },
      {
        period: '06:20–07:00',
        length: '40 min',
        words: 'no point exists',
        asked: 'asked Sun 22 Nov 21:10 EET',
        questions: undefined,
      },
      {
        period: '07:00–24:00',
        length: '17 h',
        words: 'at least 2 points, not yet asked in full',
        asked: undefined,
        questions: 10,
      },
    ]);
    expect(dayHeadInWords(rows, 12)).toBe('12 points known; 19 h 43 min not yet asked');
  });
  it('cut off what has not come yet', () => {
    const today = stretchRows([{ ...span('00:00', '22:00', { state: 'notAsked', questions: 9 }) }], [], {
      zone,
      now: at('2026-11-20T03:00:00Z'),
      endAt,
    });
    expect(today.map(row => row.period)).toEqual(['02:00–05:00']);
    expect(stretchRows([span('04:00', '05:00', {})], [], { zone, now: at('2026-11-20T03:00:00Z'), endAt })).toEqual([]);
  });
  it('never call what may still appear complete', () => {
    const [row] = stretchRows(
      [span('04:00', '05:00', { state: 'shown', points: 3, askedAt: at('2026-11-20T05:01:00Z'), questions: 1 })],
      [],
      { zone, now, endAt },
    );
    expect(row?.words).toBe('3 points at Fri 20 Nov 07:01 EET, more may appear');
    expect(row?.questions).toBe(1);
  });
  it('name a break that stands out', () => {
    const points = ['11:03', '11:13', '11:23', '11:33', '11:43', '12:13', '12:23'].map(point);
    expect(longestBreak(points)).toEqual({ fromAt: point('11:43').at, toAt: point('12:13').at });
    expect(longestBreak(points.slice(0, 5))).toBeUndefined();
    expect(longestBreak(points.slice(0, 1))).toBeUndefined();
    const [row] = stretchRows([span('11:00', '12:26', { points: 7 })], points, { zone, now, endAt });
    expect(row?.words).toBe('7 points, none 13:43–14:13');
  });
  it('count the point that an answer named with what it answered, not with the time before that nobody asked about', () => {
    const known = { ...point('04:00'), fast: true };
    const rows = stretchRows(
      [
        span('02:00', '04:00', { toAt: known.at + 1, state: 'notAsked', points: 1, fastPoints: 1, questions: 3 }),
        span('04:00', '05:00', { fromAt: known.at + 1, state: 'shown', askedAt: at('2026-11-20T05:01:00Z') }),
      ],
      [known],
      { zone, now, endAt },
    );
    expect(rows.map(({ words, points }) => ({ words, points }))).toEqual([
      { words: 'not yet asked', points: 0 },
      { words: '1 point, 1 fast at Fri 20 Nov 07:01 EET, more may appear', points: 1 },
    ]);
  });
  it('leave a point between two unasked stretches, or inside of one, where it is', () => {
    const rows = stretchRows([span('02:00', '04:00', { state: 'notAsked', points: 1 })], [point('03:00')], {
      zone,
      now,
      endAt,
    });
    expect(rows[0]?.words).toBe('at least 1 point, not yet asked in full');
  });
  it('tell what was asked while points could still appear from what nobody asked, in the head and before an incident', () => {
    const spans = [
      span('04:00', '06:00', { points: 2 }),
      span('06:00', '08:15', { state: 'notAsked', questions: 4 }),
      span('08:15', '09:30', { state: 'shown', askedAt: at('2026-11-20T07:59:00Z') }),
    ];
    const rows = stretchRows(spans, [], { zone, now, endAt });
    expect(dayHeadInWords(rows, 2)).toBe('2 points known; 2 h 15 min not yet asked; in 1 h 15 min more may appear');
    expect(openTimeIn(spans, point('05:00').at, point('09:00').at)).toEqual({
      unaskedSeconds: 8_100,
      shownSeconds: 2_700,
    });
    expect(openTimeIn(spans, point('03:00').at, point('09:00').at)).toBeUndefined();
    expect(openTimeIn(spans, point('05:00').at, point('10:00').at)).toBeUndefined();
    expect(openTimeIn([], 1, 2)).toBeUndefined();
  });
});
