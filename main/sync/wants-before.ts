import { AppFailure } from '../../shared/contract/errors.ts';
import type { Want } from '../../shared/domain/planner/index.ts';
import type { TenantId, UnitId } from '../../shared/domain/protection-unit.ts';
import type { CatalogWanted, UnitsCatalog } from '../catalog/index.ts';
import type { BeforeWanted } from '../restore/index.ts';

/** Units named in one call of the catalog. */
export const UNITS_A_CALL = 1_000;

function* inCalls(unitIds: readonly UnitId[]): Generator<readonly UnitId[]> {
  for (let first = 0; first < unitIds.length; first += UNITS_A_CALL) yield unitIds.slice(first, first + UNITS_A_CALL);
}

/** The catalog takes so many units a call; thousands are whole searches, so the parts cost no question more. */
export function inCatalogParts({ unitIds, incidentAt, fast }: BeforeWanted): CatalogWanted[] {
  return [...inCalls(unitIds)].map(these => ({
    type: 'before',
    units: { type: 'these', unitIds: these },
    incidentAt,
    fast,
  }));
}

/**
 * Each unit under every id that it has had, as the catalog wants it: older points stay with the older id.
 *
 * @throws AppFailure UNIT_NOT_FOUND where the catalog does not know one of them: nothing may be left unasked in silence
 */
export async function wantsBefore(
  units: Pick<UnitsCatalog, 'underAllIds'>,
  tenantId: TenantId,
  { unitIds, incidentAt, fast }: BeforeWanted,
): Promise<Want[]> {
  const wants = new Map<UnitId, readonly Want[]>();
  for (const these of inCalls(unitIds)) {
    const found = await units.underAllIds(tenantId, these);
    const known = new Set(found.map(({ unitId }) => unitId));
    const missing = these.find(unitId => !known.has(unitId));
    if (missing !== undefined) throw new AppFailure({ code: 'UNIT_NOT_FOUND', unitId: missing });
    for (const { kind, allIds } of found) {
      const kinds = fast && kind !== 'mailbox' ? (['any', 'fast'] as const) : (['any'] as const);
      for (const unitId of allIds)
        wants.set(
          unitId,
          kinds.map(pointKind => ({ unitId, kind: pointKind, before: incidentAt })),
        );
    }
  }
  return [...wants.values()].flat();
}
