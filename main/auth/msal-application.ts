import { LogLevel, PublicClientApplication } from '@azure/msal-node';
import type { Cloud } from '../host.ts';
import type { EntraNetwork } from './entra-network.ts';
import type { TokenCache } from './token-cache.ts';

export type Msal = PublicClientApplication;

/** The sign-in at home: any work or school tenant. */
export const HOME_AUTHORITY = 'organizations';

export function toAuthority(cloud: Cloud, tenant: string): string {
  return `${cloud.loginOrigin}/${tenant}`;
}

/** The application of one client id and one person serves all their tenants; each call names its tenant, and its answer is checked. */
export function createMsal(cloud: Cloud, network: EntraNetwork, cache: TokenCache): PublicClientApplication {
  return new PublicClientApplication({
    auth: {
      clientId: cloud.clientId,
      authority: toAuthority(cloud, HOME_AUTHORITY),
      // Tells Entra ID that a claims challenge is understood, so that access can be withdrawn at once.
      clientCapabilities: ['CP1'],
      ...(cloud.authorityMetadata !== undefined && { authorityMetadata: cloud.authorityMetadata }),
    },
    cache: { cachePlugin: cache },
    system: {
      networkClient: network,
      // MSAL's warnings quote the server, and the server quotes user names.
      loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false, logLevel: LogLevel.Error },
    },
  });
}
