import { describe, expect, test } from 'vitest';
import { fromMilliseconds } from '../instant.ts';
import { customerOrganisation } from './organisations.ts';
import { personOf, siteOf } from './people-and-sites.ts';
import { createPointIds } from './point-ids.ts';
import { policiesOf } from './policies.ts';
import { countsOf, healths, kindOf, unitIdOf, unitOf } from './units.ts';
import type { UnitSource } from './units.ts';

const worldStart = fromMilliseconds(Date.UTC(2026, 2, 6));

const sourceOf = (count: number, health = 0): UnitSource => ({
  seed: 7,
  tenantId: '07c40d1c-a0c0-4937-9ded-62e8cb25f05c',
  organisation: customerOrganisation(0),
  count,
  policies: policiesOf(7, 'tenant', worldStart).map(({ unitPolicy }) => unitPolicy),
  health: healths[health] ?? { withoutPoints: 0, failing: 0, removed: 0, recent: 0 },
  worldStart,
});

describe('people and sites', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('of organisation %d have addresses of their own', number => {
    const organisation = customerOrganisation(number);
    const emails = new Set(Array.from({ length: 35_000 }, (_, person) => personOf(organisation, 12_345, person).email));
    expect(emails.size).toBe(35_000);
    for (const email of [...emails].slice(0, 600)) expect(email).toMatch(/^[a-z0-9.]+@[a-z0-9-]+\.example$/);
    const paths = new Set(Array.from({ length: 3000 }, (_, site) => siteOf(organisation, 12_345, site).path));
    expect(paths.size).toBe(3000);
  });

  test('are not all written in ASCII, and some are long', () => {
    const names = Array.from({ length: 300 }, (_, person) => personOf(customerOrganisation(1), 1, person).displayName);
    expect(names.some(name => /\p{Script=Han}/u.test(name))).toBe(true);
    expect(names.some(name => /^[ -~]+$/.test(name))).toBe(true);
    const sites = Array.from({ length: 200 }, (_, site) => siteOf(customerOrganisation(0), 1, site).name);
    expect(sites.some(name => name.length > 80)).toBe(true);
  });

  test('organisations repeat only with a number', () => {
    const all = Array.from({ length: 100 }, (_, number) => customerOrganisation(number));
    expect(new Set(all.map(({ displayName }) => displayName)).size).toBe(100);
    expect(new Set(all.map(({ label }) => label)).size).toBe(100);
  });
});

describe('units', () => {
  test('of the three kinds add up, each in its place', () => {
    for (const count of [0, 1, 2, 3, 20, 199, 1000]) {
      const { site, drive, mailbox } = countsOf(count);
      expect(site + drive + mailbox).toBe(count);
      const kinds = Array.from({ length: count }, (_, number) => kindOf(count, number).kind);
      expect(kinds.filter(kind => kind === 'site')).toHaveLength(site);
      expect(kinds.filter(kind => kind === 'mailbox')).toHaveLength(mailbox);
    }
  });

  test('are the same for the same seed, with ids of their own', () => {
    const units = Array.from({ length: 500 }, (_, number) => unitOf(sourceOf(500), number));
    expect(Array.from({ length: 500 }, (_, number) => unitOf(sourceOf(500), number))).toEqual(units);
    expect(new Set(units.map(({ id }) => id)).size).toBe(500);
    expect(unitOf({ ...sourceOf(500), seed: 8 }, 3).id).not.toBe(units[3]?.id);
  });

  test('have 100,000 ids that never meet', () => {
    const source = sourceOf(100_000);
    expect(new Set(Array.from({ length: 100_000 }, (_, number) => unitIdOf(source, number))).size).toBe(100_000);
    expect(unitIdOf(source, 5)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('mostly have a long history, some have none, and in an unhealthy tenant some fail', () => {
    for (const health of [0, 1, 2]) {
      const units = Array.from({ length: 200 }, (_, number) => unitOf(sourceOf(200, health), number));
      const without = units.filter(({ history }) => history === undefined);
      expect(without.length).toBeGreaterThan(0);
      expect(without.length).toBeLessThan(30);
      expect(without.every(({ status }) => status === 'protectRequested')).toBe(true);
      const failing = units.filter(({ error }) => error !== undefined);
      expect(failing.length > 0).toBe(health === 1);
    }
  });
});

describe('restore point ids', () => {
  test('carry their place, for their own seed only', () => {
    const ids = createPointIds(7);
    const place = { tenantNumber: 3, unitNumber: 99_999, slot: 324_000, ordinal: 2 };
    const id = ids.toId(place);
    expect(ids.findPlace(id)).toEqual(place);
    expect(createPointIds(8).findPlace(id)).toBeUndefined();
    expect(ids.toId({ ...place, slot: -5 })).not.toBe(id);
    expect(ids.findPlace(ids.toId({ ...place, slot: -5 }))?.slot).toBe(-5);
  });

  test.each([
    '',
    'x',
    '../../etc/passwd',
    'AAAAAAAAAAAAAAAAAAAAAA',
    'c7e702b7-b5ee-4faf-9e43-5fd23b4fb0bf_1701648000_14_1',
  ])('%s is none', id => {
    expect(createPointIds(7).findPlace(id)).toBeUndefined();
  });
});
