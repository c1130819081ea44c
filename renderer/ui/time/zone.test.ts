import { describe, expect, it } from 'vitest';
import { toUtcSeconds } from '../../../shared/domain/time.ts';
import {
  dayBounds,
  instantsOf,
  isKnownZone,
  matchingZones,
  offsetAt,
  startOfDay,
  wallAt,
  zoneName,
  zonePlace,
} from './zone.ts';

const at = (text: string) => {
  const seconds = toUtcSeconds(text);
  if (seconds === undefined) throw new Error(`no instant: ${text}`);
  return seconds;
};
const wall = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) => ({
  year,
  month,
  day,
  hour,
  minute,
  second,
});

describe('instantsOf', () => {
  it('finds the one instant of an ordinary time', () => {
    expect(instantsOf(wall(2026, 11, 20, 14, 5), 'Europe/Helsinki')).toEqual({
      is: 'once',
      at: at('2026-11-20T12:05:00Z'),
    });
  });
  it('says never where clocks are put forward over it, and when they go on', () => {
    expect(instantsOf(wall(2026, 3, 29, 2, 30), 'Europe/Berlin')).toEqual({
      is: 'never',
      resumesAt: at('2026-03-29T01:00:00Z'),
    });
  });
  it('gives both instants where clocks are put back', () => {
    expect(instantsOf(wall(2026, 10, 25, 2, 30), 'Europe/Berlin')).toEqual({
      is: 'twice',
      first: at('2026-10-25T00:30:00Z'),
      second: at('2026-10-25T01:30:00Z'),
    });
  });
  it('knows the bounds of the overlap', () => {
    expect(instantsOf(wall(2026, 10, 25, 1, 59, 59), 'Europe/Berlin').is).toBe('once');
    expect(instantsOf(wall(2026, 10, 25, 2, 0), 'Europe/Berlin').is).toBe('twice');
    expect(instantsOf(wall(2026, 10, 25, 3, 0), 'Europe/Berlin').is).toBe('once');
  });
  it('handles a change of half an hour', () => {
    expect(instantsOf(wall(2026, 4, 5, 1, 45), 'Australia/Lord_Howe').is).toBe('twice');
  });
  it('handles the ends of the world', () => {
    expect(instantsOf(wall(2026, 1, 1), 'Pacific/Kiritimati')).toEqual({ is: 'once', at: at('2025-12-31T10:00:00Z') });
    expect(instantsOf(wall(2026, 1, 1), 'Pacific/Pago_Pago')).toEqual({ is: 'once', at: at('2026-01-01T11:00:00Z') });
  });
});

describe('startOfDay', () => {
  it('is the first instant of the day in the zone', () => {
    expect(startOfDay('Europe/Helsinki', at('2026-11-20T23:30:00Z'))).toBe(at('2026-11-20T22:00:00Z'));
  });
  it('is the moment the clocks resume where midnight does not exist', () => {
    expect(startOfDay('Africa/Cairo', at('2026-04-24T12:00:00Z'))).toBe(at('2026-04-23T22:00:00Z'));
    expect(wallAt('Africa/Cairo', at('2026-04-23T22:00:00Z'))).toEqual(wall(2026, 4, 24, 1));
  });
});

describe('dayBounds', () => {
  it('gives one bound more than days, with a day of 25 hours', () => {
    const bounds = dayBounds('Europe/Berlin', at('2026-10-26T12:00:00Z'), 3);
    expect(bounds).toEqual([
      at('2026-10-23T22:00:00Z'),
      at('2026-10-24T22:00:00Z'),
      at('2026-10-25T23:00:00Z'),
      at('2026-10-26T23:00:00Z'),
    ]);
  });
});

describe('zone names', () => {
  it('uses the abbreviation where English has one, else the offset', () => {
    expect(zoneName('Europe/Helsinki', at('2026-11-20T12:00:00Z'))).toBe('EET');
    expect(zoneName('Europe/Helsinki', at('2026-07-20T12:00:00Z'))).toBe('EEST');
    expect(zoneName('America/New_York', at('2026-11-20T12:00:00Z'))).toBe('EST');
    expect(zoneName('UTC', 0)).toBe('UTC');
    expect(zoneName('Asia/Kathmandu', at('2026-11-20T12:00:00Z'))).toBe('UTC+5:45');
  });
  it('reads offsets, places and unknown zones', () => {
    expect(offsetAt('America/St_Johns', at('2026-01-10T00:00:00Z'))).toBe(-3.5 * 3600);
    expect(zonePlace('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
    expect(isKnownZone('Europe/Helsinki')).toBe(true);
    expect(isKnownZone('Europe/Atlantis')).toBe(false);
  });
});

it('finds zones by parts of their names', () => {
  const zones = ['Europe/Helsinki', 'America/New_York', 'America/Argentina/Buenos_Aires'];
  expect(matchingZones(zones, 'helsinki')).toEqual(['Europe/Helsinki']);
  expect(matchingZones(zones, 'new york')).toEqual(['America/New_York']);
  expect(matchingZones(zones, 'america')).toEqual(['America/New_York', 'America/Argentina/Buenos_Aires']);
  expect(matchingZones(zones, '')).toEqual(zones);
  expect(matchingZones(zones, 'atlantis')).toEqual([]);
});
