/** The sync that the console does by itself, in every tenant. */
export { type BackgroundParts, BackgroundSync } from './background-sync.ts';
