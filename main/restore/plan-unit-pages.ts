import type { UnitId } from '../../shared/domain/protection-unit.ts';
import type { PlansCatalog } from '../catalog/index.ts';

/** Units worked on at once. */
const PAGE = 500;

/** The ids of a plan's units, a page at a time. */
export async function* unitIdPages(plans: Pick<PlansCatalog, 'unitIds'>, planId: string): AsyncGenerator<UnitId[]> {
  for (let after: UnitId | undefined; ;) {
    const unitIds = await plans.unitIds(planId, after === undefined ? { limit: PAGE } : { after, limit: PAGE });
    if (unitIds.length > 0) yield unitIds;
    after = unitIds.at(-1);
    if (unitIds.length < PAGE) return;
  }
}
