import { describe, expect, test } from 'vitest';
import type { UnitUnderAllIds } from '../catalog/index.ts';
import { inCatalogParts, wantsBefore } from './wants-before.ts';

const tenantId = 'aaaaaaaa-0000-4000-8000-000000000001';
const incidentAt = 1_790_000_000;

/** A catalog that knows these units, and counts how often it is called. */
function knowing(known: readonly UnitUnderAllIds[]) {
  const byId = new Map(known.map(unit => [unit.unitId, unit]));
  const calls: number[] = [];
  return {
    calls,
    underAllIds: async (_: string, unitIds: readonly string[]) => {
      calls.push(unitIds.length);
      return unitIds.flatMap(unitId => byId.get(unitId) ?? []);
    },
  };
}

const site = (unitId: string, ...older: string[]): UnitUnderAllIds => ({
  unitId,
  kind: 'site',
  allIds: [unitId, ...older],
});

describe('what is wanted before a time', () => {
  test('is wanted under every id that a unit has had, once each', async () => {
    const units = knowing([site('a', 'a before'), site('b')]);
    expect(await wantsBefore(units, tenantId, { unitIds: ['a', 'b', 'a'], incidentAt, fast: false })).toEqual([
      { unitId: 'a', kind: 'any', before: incidentAt },
      { unitId: 'a before', kind: 'any', before: incidentAt },
      { unitId: 'b', kind: 'any', before: incidentAt },
    ]);
  });

  test('is wanted of fast points too, but never of mailboxes', async () => {
    const units = knowing([site('a'), { unitId: 'm', kind: 'mailbox', allIds: ['m'] }]);
    const wants = await wantsBefore(units, tenantId, { unitIds: ['a', 'm'], incidentAt, fast: true });
    expect(wants.map(({ unitId, kind }) => `${unitId} ${kind}`)).toEqual(['a any', 'a fast', 'm any']);
  });

  test('takes one call of the catalog a thousand units, not one a unit', async () => {
    const many = Array.from({ length: 2_300 }, (_, index) => site(`unit ${index}`));
    const units = knowing(many);
    const unitIds = many.map(({ unitId }) => unitId);
    expect(await wantsBefore(units, tenantId, { unitIds, incidentAt, fast: false })).toHaveLength(2_300);
    expect(units.calls).toEqual([1_000, 1_000, 300]);
  });

  test('says which unit is not known, and leaves none out', async () => {
    await expect(
      wantsBefore(knowing([site('a')]), tenantId, { unitIds: ['a', 'b'], incidentAt, fast: false }),
    ).rejects.toMatchObject({ error: { code: 'UNIT_NOT_FOUND', unitId: 'b' } });
  });

  test('is handed to the catalog in parts that it takes', () => {
    const unitIds = Array.from({ length: 1_001 }, (_, index) => `unit ${index}`);
    const parts = inCatalogParts({ unitIds, incidentAt, fast: true });
    expect(
      parts.map(part => (part.type === 'before' && part.units.type === 'these' ? part.units.unitIds.length : 0)),
    ).toEqual([1_000, 1]);
    expect(parts[1]).toEqual({
      type: 'before',
      units: { type: 'these', unitIds: ['unit 1000'] },
      incidentAt,
      fast: true,
    });
  });
});
