import { expect } from '@playwright/test';
import type { GraphUnit, Kind } from '../harness/emulator.ts';
import type { ProtectionPage } from './protection.ts';

/** Selects units of one kind, of a tenant small enough that its rows all exist; what was selected before stays. Ends with all units shown. */
export async function selectUnits(protection: ProtectionPage, kind: Kind, units: readonly GraphUnit[]): Promise<void> {
  await protection.show(kind);
  for (const { name } of units) {
    await protection.toggleRow(name);
    await expect(protection.row(name)).toHaveAttribute('aria-selected', 'true');
  }
  await protection.kind('all').click();
}
