import { z } from 'zod';
import { procedure } from './procedure.ts';
import { TenantId } from './values.ts';

/** The signed-in technician. Never holds a token, an id token or MSAL's own account object. */
export const AccountState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('signedOut') }),
  /** A browser window is open: at home (no `tenantId`), or for one customer tenant. */
  z.object({ state: z.literal('signingIn'), tenantId: TenantId.optional() }),
  z.object({ state: z.literal('signedIn'), username: z.string(), displayName: z.string(), homeTenantId: TenantId }),
]);
export type AccountState = z.infer<typeof AccountState>;

export const account = {
  state: procedure.output(AccountState),
  /**
   * Opens the system browser and resolves once the technician has signed in there. Aborting the call cancels the prompt.
   * Fails with SIGN_IN_CANCELLED, SIGN_IN_TIMED_OUT, SIGN_IN_BUSY, SIGN_IN_FAILED, OFFLINE.
   */
  signIn: procedure.output(AccountState),
  /** The same for one customer tenant: a further consent, a second factor. Asks for the named set of scopes. */
  signInToTenant: procedure
    .input(z.object({ tenantId: TenantId, scopes: z.enum(['read', 'restore', 'policies', 'directory']) }))
    .output(AccountState),
  /** Forgets the account, its refresh token and every tenant's tokens. Catalog and plans stay. */
  signOut: procedure.output(AccountState),
};
