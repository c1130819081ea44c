/** What the service knows, brought into the catalog: whole tenants, and answers to wants. Its clock, and whether it can be reached. */
export { Connectivity } from './connectivity.ts';
export { openServiceClocks, type ServiceClocks } from './service-clock.ts';
export type { ServiceStanding } from './service-standing.ts';
export type { Allowance } from './asker.ts';
export { type BackgroundTools, SyncService } from './sync-service.ts';
export { Throttling } from './throttling.ts';
