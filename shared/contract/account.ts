import { z } from 'zod';
import { procedure } from './procedure.ts';
import { TenantId } from './values.ts';

/** The console's own short id of an account. */
export const AccountId = z.string().regex(/^[0-9a-f]{16}$/);

/** A technician's account. Never holds a token, an id token or MSAL's own account object. */
export const Account = z.object({
  id: AccountId,
  username: z.string(),
  displayName: z.string(),
  homeTenantId: TenantId,
});
export type Account = z.infer<typeof Account>;

/** Who works in a tenant, and as which application Backstop signs in there. */
export const TenantAccess = z.object({
  /** Absent where nobody was signed in when the tenant was added; the next who signs in takes it. */
  account: Account.optional(),
  /** The tenant's own application; absent where the shared one signs in. */
  clientId: z.guid().optional(),
});
export type TenantAccess = z.infer<typeof TenantAccess>;

export const AccountState = z.object({
  /** Everybody who is signed in. */
  accounts: z.array(Account),
  /** A browser window is open: at home (no `tenantId`), or for one customer tenant. */
  signingIn: z.object({ tenantId: TenantId.optional() }).optional(),
  /** The application that signs in to every tenant that has none of its own. */
  clientId: z.string(),
});
export type AccountState = z.infer<typeof AccountState>;

export const account = {
  state: procedure.output(AccountState),
  /**
   * Opens the system browser and resolves once somebody has signed in there, beside those who are. Aborting the call cancels the
   * prompt. `username` is offered first in the browser. Fails with SIGN_IN_CANCELLED, SIGN_IN_TIMED_OUT, SIGN_IN_BUSY,
   * SIGN_IN_FAILED, OFFLINE.
   */
  signIn: procedure.input(z.object({ username: z.string().max(320).optional() })).output(AccountState),
  /**
   * The same for one customer tenant, as its account and application: a further consent, a second factor, the account signed in
   * again. Asks for the named set of scopes.
   */
  signInToTenant: procedure
    .input(z.object({ tenantId: TenantId, scopes: z.enum(['read', 'restore', 'policies', 'directory', 'control']) }))
    .output(AccountState),
  /** Forgets one account, its refresh tokens and its tokens of every tenant. Other accounts, catalog and plans stay. */
  signOut: procedure.input(z.object({ accountId: AccountId })).output(AccountState),
};
