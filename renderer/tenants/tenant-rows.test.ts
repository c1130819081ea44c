import { describe, expect, it } from 'vitest';
import type { TenantAtHome } from '../../shared/contract/tenants.ts';
import { HOUR } from '../../shared/domain/time.ts';
import { controllerWords } from './controller-words.ts';
import { isFresh } from './fresh.ts';
import { readinessWords } from './readiness-words.ts';
import { sortRows, toTenantRow } from './tenant-rows.ts';

const now = 1_795_000_000;
const kind: TenantAtHome['kinds'][number] = {
  kind: 'site',
  units: 10,
  protected: 10,
  inError: 0,
  withoutPoint: { units: 0 },
  notAsked: 0,
  late: { units: 0 },
  stalest: { at: now - 1_200, askedAt: now - 60 },
};
const atHome = (displayName: string, change: Partial<TenantAtHome> = {}): TenantAtHome => ({
  tenant: {
    id: '7b1c1c1e-0000-4000-8000-000000000001',
    displayName,
    domain: 'contoso-nordics.fi',
    colour: 0,
    addedAt: 0,
    syncedAt: now - 120,
    service: { status: 'enabled', askedAt: now },
    controller: { by: 'ours' },
    protectedUnits: 10,
    units: 10,
    runningSessions: 0,
  },
  clockAheadSeconds: 0,
  kinds: [kind],
  running: [],
  ...change,
});
const row = (displayName: string, change: Partial<TenantAtHome> = {}) =>
  toTenantRow(atHome(displayName, change), now, 'UTC');
const names = (rows: ReturnType<typeof sortRows>) => rows.map(({ tenant }) => tenant.displayName).join('');

describe('a row', () => {
  it('is judged by its tenant’s own clock', () => {
    expect(row('A').stalest).toEqual({ at: now - 1_200, askedAt: now - 60, isCertain: true });
    expect(row('A', { clockAheadSeconds: HOUR })).toMatchObject({ now: now + HOUR, stalest: { isCertain: false } });
  });

  it('says how much of the directory no policy protects, where some of it is so', () => {
    const found = (users: number, sites: number) =>
      row('A', { unprotected: { users, sites, readAt: now } }).unprotected;
    expect(found(12, 1)).toBe('12 users, 1 site unprotected');
    expect(found(0, 3)).toBe('3 sites unprotected');
    expect(found(0, 0)).toBeUndefined();
    expect(row('A').unprotected).toBeUndefined();
  });

  it('takes the stalest of all kinds, and has none where no point is known', () => {
    const older = { ...kind, kind: 'drive' as const, stalest: { at: now - HOUR } };
    expect(row('A', { kinds: [kind, older] }).stalest).toEqual({ at: now - HOUR, isCertain: false });
    const { stalest: _, ...bare } = kind;
    expect(row('A', { kinds: [bare] })).not.toHaveProperty('stalest');
  });
});

describe('the order', () => {
  const worse = row('Z', { kinds: [{ ...kind, inError: 1, stalest: { at: now - HOUR, askedAt: now } }] });
  const { stalest: _, ...unknown } = kind;
  const rows = [row('B'), row('A', { kinds: [unknown] }), worse];

  it('is worst first, equals by name', () => {
    expect(names(sortRows(rows, undefined))).toBe('ZAB');
  });

  it('is that of a column, both ways; what is not known has the greatest age', () => {
    expect(names(sortRows(rows, { by: 'tenant', descending: false }))).toBe('ABZ');
    expect(names(sortRows(rows, { by: 'tenant', descending: true }))).toBe('ZBA');
    expect(names(sortRows(rows, { by: 'stalest', descending: false }))).toBe('BZA');
    expect(names(sortRows(rows, { by: 'stalest', descending: true }))).toBe('AZB');
  });

  it('keeps the states together where it is grouped by them', () => {
    expect(names(sortRows(rows, { by: 'tenant', descending: false }, true))).toBe('ZAB');
  });
});

it('is fresh for a quarter of an hour after a sync, and never without one', () => {
  expect(isFresh({ syncedAt: now - 899 }, now)).toBe(true);
  expect(isFresh({ syncedAt: now - 900 }, now)).toBe(false);
  expect(isFresh({}, now)).toBe(false);
});

it.each(['nobody', 'anotherApp', 'microsoft'] as const)(
  'says of a takeover from %s what the readiness and the notice say',
  by => {
    const { consequence } = row('A', { tenant: { ...atHome('A').tenant, controller: { by } } }).state;
    const { next } = readinessWords({ check: 'controller', result: 'failed', fact: by }, { tenantName: 'Contoso' });
    expect(next).toContain(consequence);
    expect(controllerWords({ by }, String).notice?.text).toContain(consequence);
    // A date ahead is needed only where somebody has to make room for us.
    expect(/at once/.test(next ?? '')).toBe(by === 'nobody');
    expect(/7 to 30 days/.test(next ?? '')).toBe(by !== 'nobody');
  },
);
