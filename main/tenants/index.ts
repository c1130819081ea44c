/** The customer tenants: adding, readiness, forgetting, and how each stands. */
export { TenantsService } from './tenants-service.ts';
