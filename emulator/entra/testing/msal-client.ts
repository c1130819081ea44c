import { PublicClientApplication } from '@azure/msal-node';
import type { AccountInfo, AuthenticationResult } from '@azure/msal-node';
import { createVisitor, pressing } from './page-visitor.ts';
import type { Press, Visitor } from './page-visitor.ts';
import { app } from './entra-server.ts';
import type { EntraServer } from './entra-server.ts';

const LOGIN = 'https://login.microsoftonline.com/';

export const READ_SCOPE = 'https://graph.microsoft.com/BackupRestore-Search.Read.All';
export const WRITE_SCOPE = 'https://graph.microsoft.com/BackupRestore-Restore.ReadWrite.All';

/** The metadata that leads MSAL here while its authority stays Microsoft's. */
export const authorityMetadataOf = ({ origin }: EntraServer): string =>
  JSON.stringify({
    authorization_endpoint: `${origin}/{tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/{tenant}/oauth2/v2.0/token`,
    end_session_endpoint: `${origin}/{tenant}/oauth2/v2.0/logout`,
    jwks_uri: `${origin}/{tenant}/discovery/v2.0/keys`,
    issuer: `${origin}/{tenant}/v2.0`,
  });

export const authorityOf = (tenant: string): string => `${LOGIN}${tenant}`;

/** MSAL as a desktop console uses it, with one visitor in the browser. */
export interface MsalClient {
  readonly msal: PublicClientApplication;
  readonly visitor: Visitor;
  /** An interactive sign-in at `tenant` in which the visitor presses these buttons. */
  signIn(
    tenant: string,
    presses: readonly (Press | string)[],
    over?: { scopes?: string[]; loginHint?: string; claims?: string },
  ): Promise<AuthenticationResult>;
  /** A silent token of a tenant for a home account. */
  silent(
    account: AccountInfo,
    tenant: string,
    over?: { scopes?: string[]; forceRefresh?: boolean },
  ): Promise<AuthenticationResult>;
}

export const createMsalClient = (server: EntraServer, clientId = app.clientId): MsalClient => {
  const visitor = createVisitor();
  const msal = new PublicClientApplication({
    auth: {
      clientId,
      authority: authorityOf('organizations'),
      authorityMetadata: authorityMetadataOf(server),
      clientCapabilities: ['CP1'],
    },
  });
  return {
    msal,
    visitor,
    signIn: (tenant, presses, over = {}) =>
      msal.acquireTokenInteractive({
        scopes: [READ_SCOPE],
        authority: authorityOf(tenant),
        openBrowser: pressing(visitor, ...presses),
        ...over,
      }),
    silent: (account, tenant, over = {}) =>
      msal.acquireTokenSilent({
        scopes: [READ_SCOPE],
        authority: authorityOf(tenant),
        account: { ...account, tenantId: tenant },
        ...over,
      }),
  };
};

/** Signs in at home as the user whose button begins with `name`; gives the account. */
export const signInAtHome = async (client: MsalClient, name: string): Promise<AccountInfo> => {
  const { account } = await client.signIn('organizations', [name]);
  if (account === null) throw new Error('MSAL gave no account.');
  return account;
};
