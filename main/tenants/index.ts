/** The customer tenants: adding, readiness, forgetting, and how each stands. */
export { TenantsService, type TenantsParts } from './tenants-service.ts';
