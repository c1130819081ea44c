/** The tabs of a tenant. */
export const tenantTabs = ['protection', 'restore-points', 'restores'] as const;
export type TenantTab = (typeof tenantTabs)[number];

/** Where the console is. Everything a view needs to be found again after going back or a reload; what is typed is not in it. */
export type Route =
  | { readonly at: 'tenants' }
  | { readonly at: 'settings' }
  | { readonly at: 'readiness'; readonly tenantId: string }
  | { readonly at: 'protection'; readonly tenantId: string }
  | { readonly at: 'restore-points'; readonly tenantId: string; readonly unitId?: string }
  | { readonly at: 'restores'; readonly tenantId: string; readonly planId?: string; readonly sessionId?: string }
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
    case 'readiness':
    case 'protection':
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
  if (root !== 'tenants' || tenantId === undefined || tenantId === '') return home;
  switch (at) {
    case 'readiness':
    case 'protection':
      return { at, tenantId };
    case 'restore-points':
      return first === undefined ? { at, tenantId } : { at, tenantId, unitId: first };
    case 'restores':
      if (first === 'session' && second !== undefined) return { at, tenantId, sessionId: second };
      if (first === 'plan' && second !== undefined) return { at, tenantId, planId: second };
      return { at, tenantId };
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
