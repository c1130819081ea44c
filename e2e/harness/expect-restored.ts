import { expect } from '@playwright/test';
import type { Emulator, GraphUnit } from './emulator.ts';

/** What was really restored is what was asked for: each unit once, from the newest point strictly before the incident. */
export async function expectRestored(
  emulator: Emulator,
  tenantId: string,
  units: readonly GraphUnit[],
  incident: Date,
  destinationType: 'new' | 'inPlace',
): Promise<void> {
  const expected = [];
  for (const unit of units) {
    const point = await emulator.newestBefore(tenantId, unit.id, incident);
    expected.push({ unitId: unit.id, restorePointId: point?.id, destinationType });
  }
  const restored = await emulator.restores(tenantId);
  const byUnit = (a: { unitId: string }, b: { unitId: string }): number => a.unitId.localeCompare(b.unitId);
  expect(
    restored
      .map(({ unitId, restorePointId, destinationType: to }) => ({ unitId, restorePointId, destinationType: to }))
      .toSorted(byUnit),
  ).toEqual(expected.toSorted(byUnit));
}
