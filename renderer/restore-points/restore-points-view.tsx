import { UnitChoice } from './unit-choice.tsx';
import { UnitPoints } from './unit-points.tsx';

/** The restore points of a tenant's units: choose a unit, then see what is known of its time. */
export function RestorePointsView({ tenantId, unitId }: { tenantId: string; unitId?: string }) {
  return unitId === undefined ? <UnitChoice tenantId={tenantId} /> : <UnitPoints tenantId={tenantId} unitId={unitId} />;
}
