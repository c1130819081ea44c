import { describe, expect, it } from 'vitest';
import type { UnitHit } from '../../shared/contract/search.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { entryFrom, foundRows, routeOf } from './found.ts';
import type { FoundRow } from './found.ts';

const tenant = (n: number, displayName: string): Tenant => ({
  id: `7b1c1c1e-0000-4000-8000-00000000000${n}`,
  displayName,
  domain: `tenant${n}.example`,
  colour: 0,
  addedAt: 0,
  controller: { by: 'ours' },
  protectedUnits: 0,
  units: 0,
  runningSessions: 0,
});
const contoso = tenant(1, 'Contoso Nordics Oy');
const lamna = tenant(2, 'Lamna Healthcare, Région Romande');
const views = [{ title: 'Settings', route: { at: 'settings' } as const }];
const hit = (tenantId: string, name: string): UnitHit => ({
  tenantId,
  unitId: name,
  kind: 'site',
  name,
  status: 'protected',
});
const found = (text: string, hits: readonly UnitHit[] = [], tenants = [contoso, lamna]) =>
  foundRows({ text, tenants, views, hits });
const ids = (rows: readonly FoundRow[]) => rows.map(row => (row.is === 'heading' ? row.title : row.id));

describe('what was found', () => {
  it('is every tenant and view before anything is typed', () => {
    expect(ids(found(' '))).toEqual([
      'Tenants',
      `tenant ${contoso.id}`,
      `tenant ${lamna.id}`,
      'Views',
      'view Settings',
    ]);
  });

  it('has tenants by name or domain, without regard to accents, and views by title', () => {
    expect(ids(found('region'))).toEqual(['Tenants', `tenant ${lamna.id}`]);
    expect(ids(found('tenant1.ex'))).toEqual(['Tenants', `tenant ${contoso.id}`]);
    expect(ids(found('sett'))).toEqual(['Views', 'view Settings']);
  });

  it('keeps the units of a tenant together, where its best one stands', () => {
    const hits = [hit(lamna.id, 'a'), hit(contoso.id, 'b'), hit(lamna.id, 'c'), hit('gone', 'd')];
    expect(ids(found('zzz', hits))).toEqual([
      lamna.displayName,
      `unit ${lamna.id} a`,
      `unit ${lamna.id} c`,
      contoso.displayName,
      `unit ${contoso.id} b`,
    ]);
  });

  it('leads to the unit’s page in its own tenant', () => {
    const row = found('zzz', [hit(lamna.id, 'a')])[1];
    if (row === undefined || row.is === 'heading') throw new Error('No entry was found.');
    expect(routeOf(row)).toEqual({ at: 'restore-points', tenantId: lamna.id, unitId: 'a' });
  });
});

it('goes from entry to entry over headings, and no further than the ends', () => {
  const rows = found('');
  expect(entryFrom(rows, -1, 1)).toBe(1);
  expect(entryFrom(rows, 2, 1)).toBe(4);
  expect(entryFrom(rows, 4, 1)).toBe(4);
  expect(entryFrom(rows, 4, -1)).toBe(2);
  expect(entryFrom(rows, 1, -1)).toBe(1);
});
