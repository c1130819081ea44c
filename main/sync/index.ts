/** What the service knows, brought into the catalog: whole tenants, and answers to wants. Its clock, and whether it can be reached. */
export { Connectivity, type ConnectivityParts } from './connectivity.ts';
export { openServiceClocks, ServiceClocks, type ServiceClocksParts } from './service-clock.ts';
export type { Asked, ServiceStanding } from './service-standing.ts';
export { SyncService, type SyncOptions, type SyncParts } from './sync-service.ts';
export { Throttling } from './throttling.ts';
