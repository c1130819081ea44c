import type { UnitHit } from '../../shared/contract/search.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { Route } from '../store/index.ts';
import { matchesText } from '../ui/text-match.ts';

/** A view that can be gone to by its name. */
export interface NamedView {
  readonly title: string;
  readonly route: Route;
}

/** One line of what was found: a heading, or something to go to. */
export type FoundRow =
  | { readonly is: 'heading'; readonly id: string; readonly title: string; readonly tenant?: Tenant }
  | { readonly is: 'view'; readonly id: string; readonly view: NamedView }
  | { readonly is: 'tenant'; readonly id: string; readonly tenant: Tenant }
  | { readonly is: 'unit'; readonly id: string; readonly tenant: Tenant; readonly hit: UnitHit };

export type FoundEntry = Exclude<FoundRow, { is: 'heading' }>;

/** Tenants and views beside many units push them away. */
const MOST_TENANTS = 5;

/** Where an entry leads. */
export function routeOf(entry: FoundEntry): Route {
  switch (entry.is) {
    case 'view':
      return entry.view.route;
    case 'tenant':
      return { at: 'protection', tenantId: entry.tenant.id };
    case 'unit':
      return { at: 'restore-points', tenantId: entry.tenant.id, unitId: entry.hit.unitId };
  }
}

/**
 * What was found, in lines: tenants and views whose names answer, then units, each tenant's together in the order of its best one.
 * Before anything is typed all tenants are there to be gone to, and the views. Units of a tenant that is not known any more are left out.
 */
export function foundRows({
  text,
  tenants,
  views,
  hits,
}: {
  readonly text: string;
  readonly tenants: readonly Tenant[];
  readonly views: readonly NamedView[];
  readonly hits: readonly UnitHit[];
}): readonly FoundRow[] {
  const typed = text.trim();
  const named = tenants.filter(tenant => matchesText(typed, tenant.displayName, tenant.domain, tenant.id));
  const shownTenants = typed === '' ? named : named.slice(0, MOST_TENANTS);
  const shownViews = views.filter(({ title }) => matchesText(typed, title));
  const byId = new Map(tenants.map(tenant => [tenant.id, tenant]));
  return [
    ...(shownTenants.length === 0
      ? []
      : [
          { is: 'heading', id: 'tenants', title: 'Tenants' } as const,
          ...shownTenants.map(tenant => ({ is: 'tenant', id: `tenant ${tenant.id}`, tenant }) as const),
        ]),
    ...(shownViews.length === 0
      ? []
      : [
          { is: 'heading', id: 'views', title: 'Views' } as const,
          ...shownViews.map(view => ({ is: 'view', id: `view ${view.title}`, view }) as const),
        ]),
    ...[...Map.groupBy(hits, ({ tenantId }) => tenantId)].flatMap(([tenantId, ofTenant]): FoundRow[] => {
      const tenant = byId.get(tenantId);
      if (tenant === undefined) return [];
      return [
        { is: 'heading', id: `units ${tenantId}`, title: tenant.displayName, tenant },
        ...ofTenant.map(hit => ({ is: 'unit', id: `unit ${tenantId} ${hit.unitId}`, tenant, hit }) as const),
      ];
    }),
  ];
}

/** The next entry from a row on, over headings; the row itself where there is none that way. */
export function entryFrom(rows: readonly FoundRow[], index: number, step: 1 | -1): number {
  for (let at = index + step; at >= 0 && at < rows.length; at += step) if (rows[at]?.is !== 'heading') return at;
  return index;
}
