import { lazy } from 'react';
import type { ReactNode } from 'react';
import type { Route, TenantTab } from '../store/index.ts';
import type { NamedView } from '../palette/index.ts';
import { ProtectionView } from '../protection/index.ts';
import { SettingsView } from '../settings/index.ts';
import { ReadinessView, TenantsView } from '../tenants/index.ts';

const AuditView = lazy(async () => ({ default: (await import('../audit/index.ts')).AuditView }));
const GapsView = lazy(async () => ({ default: (await import('../gaps/index.ts')).GapsView }));
const PoliciesView = lazy(async () => ({ default: (await import('../policies/index.ts')).PoliciesView }));
const ServiceView = lazy(async () => ({ default: (await import('../onboarding/index.ts')).ServiceView }));
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
    case 'audit':
      return {
        title: 'Audit',
        framing: route.tenantId === undefined ? 'page' : 'tabs',
        view: (
          <AuditView
            key={route.tenantId ?? ''}
            {...(route.tenantId === undefined ? {} : { tenantId: route.tenantId })}
          />
        ),
      };
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
    case 'policies':
      return {
        title: 'Policies',
        framing: 'tabs',
        view: (
          <PoliciesView
            key={`${route.tenantId} ${route.policyId ?? ''}`}
            tenantId={route.tenantId}
            withoutPolicy={route.withoutPolicy ?? false}
            {...(route.policyId === undefined ? {} : { policyId: route.policyId })}
          />
        ),
      };
    case 'service':
      return {
        title: 'Service',
        framing: 'tabs',
        view: <ServiceView key={route.tenantId} tenantId={route.tenantId} />,
      };
    case 'gaps':
      return {
        title: 'Gaps',
        framing: 'tabs',
        view: <GapsView key={route.tenantId} tenantId={route.tenantId} />,
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
  { tab: 'policies', word: 'Policies' },
  { tab: 'gaps', word: 'Gaps' },
  { tab: 'service', word: 'Service' },
  { tab: 'audit', word: 'Audit' },
];

/** What can be gone to by its name: the pages of no tenant, and the parts of the tenant that one is in. */
export function namedViews(tenant: { readonly id: string; readonly displayName: string } | undefined): NamedView[] {
  return [
    { title: 'All tenants', route: { at: 'tenants' } },
    { title: 'Audit of all tenants', route: { at: 'audit' } },
    { title: 'Settings', route: { at: 'settings' } },
    ...(tenant === undefined
      ? []
      : [
          ...tabs.map(({ tab, word }) => ({
            title: `${word} of ${tenant.displayName}`,
            route: { at: tab, tenantId: tenant.id },
          })),
          { title: `Readiness of ${tenant.displayName}`, route: { at: 'readiness', tenantId: tenant.id } as const },
        ]),
  ];
}
