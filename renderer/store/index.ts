/** What every feature reads and holds: the client of main, its queries, the place, the clocks, the asks under way. */
export { toAppError } from './app-error.ts';
export { sumAsks, useAsks } from './asks.ts';
export { realSeconds } from './clock.ts';
export { watchClocks } from './clock-watch.ts';
export { ConsoleClientProvider, useClient } from './console-client.tsx';
export type { ConsoleClient } from './console-client.tsx';
export { followEvents } from './events.ts';
export { navigate, useNavigation } from './navigation.ts';
export { keys } from './query-keys.ts';
export { queries } from './queries.ts';
export { tenantOf, tenantTabs } from './routes.ts';
export type { Route, TenantTab } from './routes.ts';
export { useConnectivity, useIsOffline } from './use-connectivity.ts';
export { useAccounts, useAccountsAway, useIsSignedOut, useTenantAccount } from './use-accounts.ts';
export { useHostNow, useTenantNow } from './use-now.ts';
export { useMyZone, useTenantZone } from './use-zones.ts';
export { useWordContext } from './use-word-context.ts';
