import { lazy } from 'react';
import type { ReactNode } from 'react';
import type { Route, TenantTab } from '../store/index.ts';
import { ProtectionView } from '../protection/index.ts';
import { SettingsView } from '../settings/index.ts';
import { ReadinessView, TenantsView } from '../tenants/index.ts';

const RestorePointsView = lazy(async () => ({
  default: (await import('../restore-points/index.ts')).RestorePointsView,
}));
const RestoreWizard = lazy(async () => ({ default: (await import('../restore/index.ts')).RestoreWizard }));
const SessionsView = lazy(async () => ({ default: (await import('../sessions/index.ts')).SessionsView }));

/** How a place is framed: with the tenant's tabs and padding, with padding alone, or bare, for a view that draws its own bars. */
type Framing = 'tabs' | 'page' | 'bare';

interface Place {
  readonly title: string;
  readonly framing: Framing;
  readonly view: ReactNode;
}

/** The view of each route. A view is keyed by what it shows, so that nothing typed for one tenant turns up at another. */
export function placeOf(route: Route): Place {
  switch (route.at) {
    case 'tenants':
      return { title: 'Tenants', framing: 'page', view: <TenantsView /> };
    case 'settings':
      return { title: 'Settings', framing: 'page', view: <SettingsView /> };
    case 'readiness':
      return {
        title: 'Readiness',
        framing: 'page',
        view: <ReadinessView key={route.tenantId} tenantId={route.tenantId} />,
      };
    case 'protection':
      return {
        title: 'Protection',
        framing: 'tabs',
        view: <ProtectionView key={route.tenantId} tenantId={route.tenantId} />,
      };
    case 'restore-points':
      return {
        title: 'Restore points',
        framing: 'tabs',
        view: (
          <RestorePointsView
            key={`${route.tenantId} ${route.unitId ?? ''}`}
            tenantId={route.tenantId}
            {...(route.unitId === undefined ? {} : { unitId: route.unitId })}
          />
        ),
      };
    case 'restores':
      return {
        title: 'Restores',
        framing: 'tabs',
        view: (
          <SessionsView
            key={route.tenantId}
            tenantId={route.tenantId}
            {...(route.planId === undefined ? {} : { planId: route.planId })}
            {...(route.sessionId === undefined ? {} : { sessionId: route.sessionId })}
          />
        ),
      };
    case 'wizard':
      return {
        title: 'Restore',
        framing: 'bare',
        view: <RestoreWizard key={route.planId} planId={route.planId} wanted={route.step} />,
      };
  }
}

/** The tabs of a tenant, in order. */
export const tabs: readonly { readonly tab: TenantTab; readonly word: string }[] = [
  { tab: 'protection', word: 'Protection' },
  { tab: 'restore-points', word: 'Restore points' },
  { tab: 'restores', word: 'Restores' },
];
