import { queryOptions } from '@tanstack/react-query';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { UnitFilter } from '../../shared/contract/units.ts';
import type { Wanted } from '../../shared/contract/sync.ts';
import { OVERVIEW } from './clock-watch.ts';
import type { ConsoleClient } from './console-client.tsx';
import { keys } from './query-keys.ts';

/** What is read of main, as options for `useQuery`. Reads that one feature alone needs stand in that feature. */
export const queries = {
  consoleState: (client: ConsoleClient) =>
    queryOptions({
      queryKey: keys.consoleState,
      queryFn: async ({ signal }) => {
        const state = await client.console.state(undefined, { signal });
        return { ...state, clock: { ...state.clock, readAtMillis: performance.now() } };
      },
    }),
  connectivity: (client: ConsoleClient) =>
    queryOptions({
      queryKey: keys.connectivity,
      queryFn: ({ signal }) => client.console.connectivity(undefined, { signal }),
    }),
  settings: (client: ConsoleClient) =>
    queryOptions({ queryKey: keys.settings, queryFn: ({ signal }) => client.console.settings(undefined, { signal }) }),
  background: (client: ConsoleClient) =>
    queryOptions({
      queryKey: keys.background,
      queryFn: ({ signal }) => client.background.state(undefined, { signal }),
    }),
  account: (client: ConsoleClient) =>
    queryOptions({ queryKey: keys.account, queryFn: ({ signal }) => client.account.state(undefined, { signal }) }),
  tenants: (client: ConsoleClient) =>
    queryOptions({
      queryKey: [...keys.tenants, 'list'],
      queryFn: ({ signal }) => client.tenants.list(undefined, { signal }),
    }),
  /** Every tenant with the facts of its state, in one answer. */
  atHome: (client: ConsoleClient) =>
    queryOptions({
      queryKey: keys.home,
      queryFn: ({ signal }) => client.tenants.atHome(undefined, { signal }),
    }),
  /** How many gaps in protection a tenant has, and what they are told from. */
  gaps: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.gaps(tenantId), 'summary'],
      queryFn: ({ signal }) => client.gaps.summary({ tenantId }, { signal }),
    }),
  overview: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.tenant(tenantId), OVERVIEW],
      queryFn: async ({ signal }) => {
        const overview = await client.tenants.overview({ tenantId }, { signal });
        return { ...overview, clock: { ...overview.clock, readAtMillis: performance.now() } };
      },
    }),
  readiness: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.tenant(tenantId), 'readiness'],
      queryFn: ({ signal }) => client.tenants.readiness({ tenantId }, { signal }),
    }),
  sessions: (client: ConsoleClient, tenantId: string) =>
    queryOptions({
      queryKey: [...keys.sessions(tenantId), 'list'],
      queryFn: ({ signal }) => client.sessions.list({ tenantId }, { signal }),
    }),
  plans: (client: ConsoleClient, tenantId?: string) =>
    queryOptions({
      queryKey: [...keys.plans, 'list', tenantId ?? 'all'],
      queryFn: ({ signal }) => client.plans.list(tenantId === undefined ? {} : { tenantId }, { signal }),
    }),
  unit: (client: ConsoleClient, tenantId: string, unitId: string) =>
    queryOptions({
      queryKey: [...keys.units(tenantId), 'unit', unitId],
      queryFn: ({ signal }) => client.units.get({ tenantId, unitId }, { signal }),
    }),
  /** How many units a filter leaves. */
  unitCount: (client: ConsoleClient, tenantId: string, filter: UnitFilter) =>
    queryOptions({
      queryKey: [...keys.units(tenantId), 'count', filter],
      queryFn: async ({ signal }) => {
        const page = await client.units.list(
          { tenantId, filter, sort: { by: 'name', descending: false }, window: { offset: 0, limit: 1 } },
          { signal },
        );
        return page.total;
      },
    }),
  selection: (client: ConsoleClient, tenantId: string, selectionId: string) =>
    queryOptions({
      queryKey: [...keys.units(tenantId), 'selection', selectionId],
      queryFn: ({ signal }) => client.units.selection({ selectionId }, { signal }),
    }),
  days: (client: ConsoleClient, tenantId: string, unitId: string, bounds: readonly UtcSeconds[]) =>
    queryOptions({
      queryKey: [...keys.points(tenantId), 'days', unitId, bounds[0], bounds.length],
      queryFn: ({ signal }) => client.restorePoints.days({ tenantId, unitId, bounds: [...bounds] }, { signal }),
    }),
  cost: (client: ConsoleClient, tenantId: string, wanted: Wanted) =>
    queryOptions({
      queryKey: [...keys.points(tenantId), 'cost', wanted],
      queryFn: ({ signal }) => client.sync.cost({ tenantId, wanted }, { signal }),
    }),
};
