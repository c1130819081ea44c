import { describe, expect, it } from 'vitest';
import { everyRow, isFiltered, toAuditFilter } from './audit-query.ts';

const day = (year: number, month: number, date: number) => ({ year, month, day: date });
const at = (iso: string) => Date.parse(iso) / 1000;

describe('the filter of the audit', () => {
  it('is empty where nothing is asked for', () => {
    expect(toAuditFilter({ ...everyRow, text: '  ' }, 'UTC', undefined)).toEqual({});
    expect(isFiltered({ ...everyRow, text: ' ' })).toBe(false);
  });

  it('takes whole days of the technician’s zone, both inside', () => {
    const query = { ...everyRow, fromDay: day(2026, 11, 20), toDay: day(2026, 12, 31) };
    expect(toAuditFilter(query, 'Europe/Helsinki', undefined)).toEqual({
      fromAt: at('2026-11-19T22:00:00Z'),
      toAt: at('2026-12-31T22:00:00Z'),
    });
    expect(isFiltered(query)).toBe(true);
  });

  it('begins a day without a midnight where its clocks go on', () => {
    // Clocks of Beirut are put forward at midnight.
    const query = { ...everyRow, fromDay: day(2026, 3, 29) };
    expect(toAuditFilter(query, 'Asia/Beirut', undefined)).toEqual({ fromAt: at('2026-03-28T22:00:00Z') });
  });

  it('keeps to the tenant whose tab it is', () => {
    const query = { ...everyRow, tenantId: 'chosen', who: 'anna', what: 'plan.start', text: ' x ' };
    expect(toAuditFilter(query, 'UTC', 'own')).toEqual({ tenantId: 'own', who: 'anna', what: 'plan.start', text: 'x' });
    expect(toAuditFilter(query, 'UTC', undefined)).toMatchObject({ tenantId: 'chosen' });
  });
});
