import { serve } from '@hono/node-server';
import { createDirectory, openSignIn } from '../../directory.ts';
import type { Directory, DirectoryTenant, DirectoryUser, SignInRules } from '../../directory.ts';
import { createTokens, newSigningKey } from '../../tokens.ts';
import type { Tokens } from '../../tokens.ts';
import { entraRoutes } from '../index.ts';

const READ_SCOPES = ['BackupRestore-Configuration.Read.All', 'BackupRestore-Search.Read.All'];

const aTenant = (
  over: Partial<DirectoryTenant> & Pick<DirectoryTenant, 'id' | 'domain' | 'displayName'>,
): DirectoryTenant => ({
  role: 'customer',
  signInRules: openSignIn,
  consentedScopes: READ_SCOPES,
  consentedRoles: ['BackupRestore-Search.Read.All'],
  tokenLifetimeSeconds: 3600,
  ...over,
});

export const home = aTenant({
  id: '11111111-1111-4111-8111-111111111111',
  domain: 'msp.example',
  displayName: 'Msp & Partners',
  role: 'home',
});
export const alpine = aTenant({
  id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  domain: 'alpine.example',
  displayName: 'Alpine Ski',
});
export const bellows = aTenant({
  id: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
  domain: 'bellows.example',
  displayName: 'Bellows',
});

/** Signs in everywhere and may consent. */
export const ada: DirectoryUser = {
  userPrincipalName: 'ada@msp.example',
  objectId: '00000000-0000-4000-8000-0000000000ad',
  homeTenantId: home.id,
  displayName: 'Ada Lindqvist',
  worksInCustomers: true,
  roles: ['Global Administrator'],
};
/** Signs in everywhere, may not consent. */
const ben: DirectoryUser = {
  ...ada,
  userPrincipalName: 'ben@msp.example',
  objectId: '00000000-0000-4000-8000-0000000000be',
  displayName: 'Ben Okafor',
  roles: ['Microsoft 365 Backup Administrator'],
};
/** Signs in at home only. */
const cleo: DirectoryUser = {
  ...ben,
  userPrincipalName: 'cleo@msp.example',
  objectId: '00000000-0000-4000-8000-0000000000c1',
  displayName: 'Cleo <i>Marchetti</i>',
  worksInCustomers: false,
};

export const app = {
  clientId: 'c11e17ed-0000-4000-8000-000000000001',
  clientSecret: 'a secret + more & signs',
  displayName: 'Backup console',
};

/** Entra ID's endpoints, listening on 127.0.0.1, with three tenants and three people. */
export interface EntraServer {
  readonly origin: string;
  readonly directory: Directory;
  readonly tokens: Tokens;
  /** Requests at the token endpoint so far. */
  readonly tokenRequests: () => number;
  /** Sets a tenant's rules anew; those left out are off. */
  readonly setRules: (tenant: DirectoryTenant, rules: Partial<SignInRules>) => void;
  /** Moves the server's clock on. */
  readonly advance: (seconds: number) => void;
  readonly stop: () => Promise<void>;
}

export const startEntra = async (): Promise<EntraServer> => {
  let ahead = 0;
  let tokenRequests = 0;
  const realNow = () => Math.floor(Date.now() / 1000) + ahead;
  const directory = createDirectory(app, [home, alpine, bellows], [ada, ben, cleo]);
  const tokens = createTokens(directory, newSigningKey(), realNow);
  const routes = entraRoutes({ directory, tokens, realNow });
  const fetchCounted = (request: Request) => {
    if (request.method === 'POST' && new URL(request.url).pathname.endsWith('/token')) tokenRequests += 1;
    return routes.fetch(request);
  };
  return new Promise(resolve => {
    const server = serve({ fetch: fetchCounted, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      resolve({
        origin: `http://127.0.0.1:${port}`,
        directory,
        tokens,
        tokenRequests: () => tokenRequests,
        setRules: (tenant, rules) => {
          directory.changeTenant(tenant.id, { signInRules: { ...openSignIn, ...rules } });
        },
        advance: seconds => {
          ahead += seconds;
        },
        stop: () =>
          new Promise((stopped, failed) => {
            server.close(error => (error === undefined ? stopped() : failed(error)));
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
};
