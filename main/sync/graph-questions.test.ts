import { describe, expect, test } from 'vitest';
import type { Question } from '../../shared/domain/knowledge/index.ts';
import { toAnswer, toRequest } from './graph-questions.ts';

const facts = { status: 200, clientRequestId: 'x', roundTripSeconds: 1.2, receivedAt: 0, serviceAt: 1_772_800_000 };
const search: Question = {
  form: 'search',
  unitIds: ['Unit-A', 'unit-b'],
  start: '0001-01-01T00:00:00Z',
  end: '2026-03-06T13:59:59.9999999Z',
  before: 1_772_805_600,
  prefer: 'newest',
  kind: 'fast',
};
const list: Question = { form: 'list', unitId: 'unit-a', before: '2026-03-06T14:00:00Z' };
const point = (id: string, at: string, unit?: string) => ({
  id,
  protectionDateTime: at,
  expirationDateTime: '2027-03-06T00:00:00Z',
  tags: 'fastRestore',
  ...(unit === undefined ? {} : { protectionUnit: { id: unit } }),
});

describe('a search', () => {
  test('is asked with the full precision of its end', () => {
    expect(toRequest(search).body).toEqual({
      protectionUnitIds: ['Unit-A', 'unit-b'],
      protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z', endDateTime: '2026-03-06T13:59:59.9999999Z' },
      restorePointPreference: 'latest',
      tags: 'fastRestore',
    });
    expect(
      toRequest({ form: 'search', unitIds: ['a'], start: search.start, prefer: 'oldest', kind: 'any' }).body,
    ).toEqual({
      protectionUnitIds: ['a'],
      protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z' },
      restorePointPreference: 'oldest',
    });
  });

  test('gives units the ids that we know them by, and times to the tick', () => {
    const value = toRequest(search).toValue({
      searchResults: [{ restorePoint: point('p', '2026-03-06T13:50:00.1234567Z', 'unit-A') }],
      noResultProtectionUnitIds: ['UNIT-B', 'unit-of-somebody-else'],
    });
    expect(toAnswer(search, { ...facts, value })).toEqual({
      question: search,
      // The Date header, less the round trip, less one second.
      askedAt: 1_772_800_000 - 3,
      points: [
        {
          unitId: 'Unit-A',
          id: 'p',
          at: Date.parse('2026-03-06T13:50:00Z') / 1000,
          ticks: 1_234_567,
          expiresAt: Date.parse('2027-03-06T00:00:00Z') / 1000,
          fast: true,
        },
      ],
      noResultUnitIds: ['unit-b'],
    });
  });

  test('says nothing of a unit whose result can not be read', () => {
    const value = toRequest(search).toValue({
      searchResults: [{ restorePoint: { id: 'p' } }],
      noResultProtectionUnitIds: ['unit-b'],
    });
    expect(toAnswer(search, { ...facts, value })).toMatchObject({ points: [], noResultUnitIds: ['unit-b'] });
  });

  test('proves nothing without a Date', () => {
    const value = toRequest(search).toValue({ searchResults: [], noResultProtectionUnitIds: ['unit-b'] });
    const { serviceAt: _, ...undated } = facts;
    expect(toAnswer(search, { ...undated, value })).toBeUndefined();
  });
});

describe('a list', () => {
  test('gives its points to the unit asked about', () => {
    const value = toRequest(list).toValue({
      value: [point('p', '2026-03-06T13:50:00Z', 'UNIT-A'), point('q', '2026-03-06T13:40:00Z')],
    });
    expect(toAnswer(list, { ...facts, value })?.points.map(({ id, unitId }) => [id, unitId])).toEqual([
      ['p', 'unit-a'],
      ['q', 'unit-a'],
    ]);
  });

  test.each([
    ['a point that can not be read', { id: 'odd' }],
    ['a point of another unit', point('x', '2026-03-06T13:45:00Z', 'unit-z')],
  ])('proves nothing with %s among its points: the gap would look empty', (_, odd) => {
    const value = toRequest(list).toValue({ value: [point('p', '2026-03-06T13:50:00Z', 'unit-a'), odd] });
    expect(toAnswer(list, { ...facts, value })).toBeUndefined();
  });
});
