import type { ConsoleEvent } from '../../shared/contract/console.ts';

/**
 * The first parts of every query's key. A feature adds its own parts behind these, so that an event makes all of it stale:
 * `[...keys.points(tenantId), 'days', unitId]`.
 */
export const keys = {
  /** The console's own state, with the host's clock. */
  consoleState: ['console', 'state'],
  connectivity: ['console', 'connectivity'],
  settings: ['console', 'settings'],
  account: ['account'],
  /** The partner's customers: asked of Graph, so no event makes them stale. */
  customers: ['customers'],
  /** The list of tenants, and every tenant's overview and readiness. */
  tenants: ['tenants'],
  /** All tenants with how each stands: what changes of any of them changes it. */
  home: ['home'],
  tenant: (tenantId: string) => ['tenants', tenantId],
  /** Units, their details, and what selections hold of them. */
  units: (tenantId: string) => ['units', tenantId],
  /** Restore points, days, spans, costs of asking. */
  points: (tenantId: string) => ['points', tenantId],
  sessions: (tenantId: string) => ['sessions', tenantId],
  /** Protection policies, their rules and jobs. */
  policies: (tenantId: string) => ['policies', tenantId],
  /** A look at a tenant's service: asked of Graph, so only another account makes it stale. What it learns stands under `tenant`. */
  serviceLook: ['serviceLooks'],
  /** Gaps in protection: counts, rows, selections. */
  gaps: (tenantId: string) => ['gaps', tenantId],
  /** How far a reading for gaps is; comes with its event alone. */
  gapsReading: (tenantId: string) => ['gapsReading', tenantId],
  /** Rows of the audit, of one tenant or of all. */
  audit: ['audit'],
  /** Recent notifications, and what a technician wants to be told. */
  notifications: ['notifications'],
  plans: ['plans'],
  /** How the background sync stands. */
  background: ['background'],
  plan: (planId: string) => ['plans', planId],
  /** What a change of policies will do, and how far it is: made by asking, so what it reads of the policy must not ask for it again. */
  policyChange: (changeId: string) => ['policyChanges', changeId],
} as const;

type Key = readonly string[];

/** The queries that hold data of one tenant. */
export const keysOfTenant = (tenantId: string): readonly Key[] => [
  keys.tenant(tenantId),
  keys.units(tenantId),
  keys.points(tenantId),
  keys.sessions(tenantId),
  keys.policies(tenantId),
  [...keys.serviceLook, tenantId],
  keys.gaps(tenantId),
];

/** Which queries an event makes stale, by the first parts of their keys. */
export function staleAfter(event: ConsoleEvent): readonly Key[] {
  switch (event.type) {
    case 'connectivityChanged':
      // Its state comes with the event; what depends on being online is read again.
      return [];
    case 'accountChanged':
      return [keys.account, keys.tenants, keys.home, keys.serviceLook];
    case 'tenantsChanged':
    case 'controllerChanged':
      return [keys.tenants, keys.home];
    case 'tenantForgotten':
      return [keys.tenants, keys.home, keys.customers, keys.plans];
    case 'unitsChanged':
      return [
        keys.units(event.tenantId),
        keys.policies(event.tenantId),
        keys.gaps(event.tenantId),
        keys.tenants,
        keys.home,
      ];
    case 'pointsChanged':
      return [
        keys.points(event.tenantId),
        keys.units(event.tenantId),
        keys.gaps(event.tenantId),
        keys.tenant(event.tenantId),
        keys.plans,
        keys.home,
      ];
    case 'sessionsChanged':
      return [keys.sessions(event.tenantId), keys.tenants, keys.plans, keys.home];
    case 'planChanged':
      return [keys.plans, keys.audit];
    case 'policiesChanged':
      return [keys.policies(event.tenantId), keys.gaps(event.tenantId), keys.audit];
    case 'gapsChanged':
      return [keys.gaps(event.tenantId)];
    case 'gapsReading':
      return [];
    case 'policyChangeProgressed':
      return [keys.policyChange(event.changeId)];
    case 'notificationsChanged':
      return [keys.notifications];
    case 'backgroundChanged':
      return [keys.background];
    case 'notificationRaised':
    case 'askProgressed':
      return [];
    case 'askEnded':
      return [
        keys.points(event.tenantId),
        keys.units(event.tenantId),
        keys.gaps(event.tenantId),
        keys.tenant(event.tenantId),
        keys.plans,
        keys.home,
      ];
  }
}
