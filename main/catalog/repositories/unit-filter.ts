import type { UnitFilter, UnitSort } from '../../../shared/contract/units.ts';
import { fold } from '../folded-text.ts';
import { orNull } from './columns.ts';
import type { TenantKey } from './tenants.ts';

/** The parameters of `MATCHES`, in its order. */
export type FilterParams = [
  tenant: TenantKey,
  text: string | null,
  kinds: string | null,
  tile: string | null,
  selection: string | null,
  policy: string | null,
];

/**
 * The condition of a filter over `unit u`. All filters are one text, so that each statement over them is prepared once;
 * a tenant's units are walked by its index, and what is left out is told by NULL.
 */
export const MATCHES = `
  u.tenant = ?1 AND u.gone_at IS NULL
  AND (?2 IS NULL OR instr(u.folded, ?2) > 0)
  AND (?3 IS NULL OR u.kind IN (SELECT value FROM json_each(?3)))
  AND CASE ?4
    WHEN 'protected' THEN u.status = 'protected'
    WHEN 'inError' THEN u.error_code IS NOT NULL
    WHEN 'withoutPoint' THEN u.newest_at IS NULL AND u.newest_none = 1
    WHEN 'notAsked' THEN u.newest_at IS NULL AND u.newest_none = 0
    ELSE 1 END
  AND (?5 IS NULL OR EXISTS (SELECT 1 FROM temp.selected s WHERE s.selection = ?5 AND s.unit = u.key))
  AND (?6 IS NULL OR coalesce(u.policy, '') = ?6)`;

export function filterParams(tenant: TenantKey, filter: UnitFilter): FilterParams {
  const text = fold(filter.text?.trim() ?? '');
  const kinds = filter.kinds === undefined || filter.kinds.length === 0 ? null : JSON.stringify(filter.kinds);
  // No policy has an empty id, so it stands for none.
  const policy = filter.withoutPolicy === true ? '' : orNull(filter.policyId);
  return [tenant, text === '' ? null : text, kinds, orNull(filter.tile), orNull(filter.selectionId), policy];
}

// Ascending `worst` puts the worst first: what is in error, what has no point, what nobody asked about, then the oldest newest point.
const WORST = `CASE WHEN u.error_code IS NOT NULL THEN 0 WHEN u.newest_at IS NULL AND u.newest_none = 1 THEN 1
  WHEN u.newest_at IS NULL THEN 2 ELSE 3 END`;

const orders: Record<UnitSort['by'], readonly string[]> = {
  worst: [WORST, 'u.newest_at'],
  name: ['u.sort_name'],
  kind: ["CASE u.kind WHEN 'site' THEN 0 WHEN 'drive' THEN 1 ELSE 2 END"],
  policy: ['policyName'],
  newest: ['u.newest_at'],
  newestFast: ['u.fast_at'],
  status: ['u.status'],
};

/** `ORDER BY` of a sort; names, then ids, settle what is alike, so that windows never overlap. */
export function orderBy(sort: UnitSort): string {
  const direction = sort.descending ? ' DESC' : '';
  const keys = orders[sort.by].map(key => key + direction);
  const ties = sort.by === 'name' ? [`u.id${direction}`] : ['u.sort_name', 'u.id'];
  return `ORDER BY ${[...keys, ...ties].join(', ')}`;
}
