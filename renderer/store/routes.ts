/** The tabs of a tenant. */
export const tenantTabs = ['protection', 'restore-points', 'restores', 'policies', 'gaps', 'service', 'audit'] as const;
export type TenantTab = (typeof tenantTabs)[number];

/** Where the console is. Everything a view needs to be found again after going back or a reload; what is typed is not in it. */
export type Route =
  | { readonly at: 'tenants' }
  | { readonly at: 'settings' }
  /** The audit of all tenants, or a tenant's own. */
  | { readonly at: 'audit'; readonly tenantId?: string }
  | { readonly at: 'readiness'; readonly tenantId: string }
  | { readonly at: 'protection'; readonly tenantId: string }
  /** Whether the service is on, and who controls it. */
  | { readonly at: 'service'; readonly tenantId: string }
  | { readonly at: 'gaps'; readonly tenantId: string }
  | { readonly at: 'restore-points'; readonly tenantId: string; readonly unitId?: string }
  | { readonly at: 'restores'; readonly tenantId: string; readonly planId?: string; readonly sessionId?: string }
  | { readonly at: 'policies'; readonly tenantId: string; readonly policyId?: string; readonly withoutPolicy?: true }
  | { readonly at: 'wizard'; readonly tenantId: string; readonly planId: string; readonly step?: WizardStep };

/** The steps of the restore wizard are places of their own, so that back, forward and a reload keep to them. */
export const wizardSteps = ['what', 'when', 'where', 'review'] as const;
export type WizardStep = (typeof wizardSteps)[number];

export const home: Route = { at: 'tenants' };

/** The tenant that the place belongs to, where it belongs to one. */
export function tenantOf(route: Route): string | undefined {
  return 'tenantId' in route ? route.tenantId : undefined;
}

/** The route as the part of the address behind `#`. */
export function toHash(route: Route): string {
  const part = encodeURIComponent;
  switch (route.at) {
    case 'tenants':
      return '#/';
    case 'settings':
      return '#/settings';
    case 'audit':
      return route.tenantId === undefined ? '#/audit' : `#/tenants/${part(route.tenantId)}/audit`;
    case 'readiness':
    case 'protection':
    case 'service':
    case 'gaps':
      return `#/tenants/${part(route.tenantId)}/${route.at}`;
    case 'restore-points':
      return `#/tenants/${part(route.tenantId)}/restore-points${route.unitId === undefined ? '' : `/${part(route.unitId)}`}`;
    case 'restores': {
      const which =
        route.sessionId !== undefined
          ? `/session/${part(route.sessionId)}`
          : route.planId !== undefined
            ? `/plan/${part(route.planId)}`
            : '';
      return `#/tenants/${part(route.tenantId)}/restores${which}`;
    }
    case 'policies': {
      const which =
        route.policyId !== undefined ? `/policy/${part(route.policyId)}` : route.withoutPolicy ? '/without' : '';
      return `#/tenants/${part(route.tenantId)}/policies${which}`;
    }
    case 'wizard':
      return `#/tenants/${part(route.tenantId)}/restore/${part(route.planId)}${route.step === undefined ? '' : `/${route.step}`}`;
  }
}

/** Reads an address's hash. What names no place leads home: a mistyped address is no error worth a page. */
export function toRoute(hash: string): Route {
  const parts = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  const [root, tenantId, at, first, second] = parts;
  if (root === 'settings') return { at: 'settings' };
  if (root === 'audit') return { at: 'audit' };
  if (root !== 'tenants' || tenantId === undefined || tenantId === '') return home;
  switch (at) {
    case 'readiness':
    case 'protection':
    case 'service':
    case 'gaps':
    case 'audit':
      return { at, tenantId };
    case 'restore-points':
      return first === undefined ? { at, tenantId } : { at, tenantId, unitId: first };
    case 'restores':
      if (first === 'session' && second !== undefined) return { at, tenantId, sessionId: second };
      if (first === 'plan' && second !== undefined) return { at, tenantId, planId: second };
      return { at, tenantId };
    case 'policies':
      if (first === 'policy' && second !== undefined) return { at, tenantId, policyId: second };
      return first === 'without' ? { at, tenantId, withoutPolicy: true } : { at, tenantId };
    case 'restore':
      return first === undefined ? { at: 'restores', tenantId } : toWizard(tenantId, first, second);
    default:
      return { at: 'protection', tenantId };
  }
}

function toWizard(tenantId: string, planId: string, step: string | undefined): Route {
  const known = wizardSteps.find(name => name === step);
  return known === undefined ? { at: 'wizard', tenantId, planId } : { at: 'wizard', tenantId, planId, step: known };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
