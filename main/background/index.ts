/** The sync that the console does by itself, in every tenant. */
export { BackgroundSync } from './background-sync.ts';
