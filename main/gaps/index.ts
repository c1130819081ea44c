export { GapsService } from './gaps-service.ts';
export type { GapsOptions } from './gaps-options.ts';
