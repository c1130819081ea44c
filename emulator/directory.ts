/**
 * The directory: who exists and who may sign in where. Tenants, people and the one registered application.
 * Graph's endpoints, the control interface and the Entra ID endpoints all read it; the control interface and
 * a consent given on the authorize page change it.
 */

/** What sign-in to one tenant is made to answer. Each is off unless the control interface turned it on. */
export interface SignInRules {
  /** Silent renewal is refused until the person has signed in interactively once more (AADSTS50076). */
  readonly interactionRequired: boolean;
  /** Nobody has consented to the application here, and consent is not offered (AADSTS65001). */
  readonly consentMissing: boolean;
  /** People from other tenants have no delegated administration here (AADSTS50020). */
  readonly noGdapAccess: boolean;
  /** A conditional access policy blocks every sign-in (AADSTS53003). */
  readonly conditionalAccess: boolean;
  /** As `interactionRequired`, but the person has to enroll for a second factor (AADSTS50079). */
  readonly enrollmentRequired?: boolean;
  /** Refresh tokens are refused as expired (AADSTS700082) or revoked (AADSTS50173) until the next interactive sign-in. */
  readonly refreshTokensRefused?: 'expired' | 'revoked';
  /** The tenant's token endpoint answers 429 with this Retry-After (AADSTS90055). */
  readonly throttledForSeconds?: number;
}

export const openSignIn: SignInRules = {
  interactionRequired: false,
  consentMissing: false,
  noGdapAccess: false,
  conditionalAccess: false,
};

export interface DirectoryTenant {
  /** GUID, lower case. */
  readonly id: string;
  readonly domain: string;
  readonly displayName: string;
  /** `home` is the MSP's own tenant, where the application is registered. */
  readonly role: 'home' | 'customer';
  readonly signInRules: SignInRules;
  /** Delegated permissions consented to here, without a resource prefix: `BackupRestore-Restore.Read.All`. */
  readonly consentedScopes: readonly string[];
  /** Application permissions consented to here. */
  readonly consentedRoles: readonly string[];
  /** Lifetime of the access tokens of this tenant, in real seconds. */
  readonly tokenLifetimeSeconds: number;
  /** The tenant has an application of its own, in place of the registered one, which it does not know then. */
  readonly ownApplication?: KnownApp;
}

export interface DirectoryUser {
  readonly userPrincipalName: string;
  /** GUID. The same in every tenant, as with delegated administration. */
  readonly objectId: string;
  readonly homeTenantId: string;
  readonly displayName: string;
  /** May sign in to customers' tenants too; the others only at home. */
  readonly worksInCustomers: boolean;
  /** Display names of directory roles, as in {@link directoryRoleIds}. */
  readonly roles: readonly string[];
}

/** An application as a tenant knows it. */
export interface KnownApp {
  /** GUID, lower case. */
  readonly clientId: string;
  readonly displayName: string;
}

/** The one registered application, with the address of no redirect: any loopback address is accepted. */
export interface RegisteredApp extends KnownApp {
  readonly clientSecret: string;
}

/** Template ids of the directory roles that Backup Storage knows, as they stand in a token's `wids`. */
export const directoryRoleIds: Readonly<Record<string, string>> = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'SharePoint Administrator': 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c',
  'Exchange Administrator': '29232cdf-9323-42fd-ade2-1d097af3e4de',
  'Microsoft 365 Backup Administrator': '1707125e-0aa2-4d4d-8655-a7c786c76a25',
  'SharePoint Backup Administrator': '9d3e04ba-3ee4-4d1b-a3a7-9aef423a09be',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
};

/** What of a tenant the control interface or a consent may change. */
export type TenantChange = Partial<Omit<DirectoryTenant, 'id' | 'role' | 'ownApplication'>> & {
  /** `undefined` takes the tenant's own application away. */
  readonly ownApplication?: KnownApp | undefined;
};

export interface Directory {
  readonly app: RegisteredApp;
  /** The home tenant first. */
  listTenants(): readonly DirectoryTenant[];
  /** By id or by domain, in any letter case. */
  findTenant(idOrDomain: string): DirectoryTenant | undefined;
  /** The MSP's people; the first may sign in to every tenant. */
  listUsers(): readonly DirectoryUser[];
  /** By user principal name or object id, in any letter case. */
  findUser(nameOrObjectId: string): DirectoryUser | undefined;
  /** May this person sign in to this tenant at all, GDAP rules included? */
  mayEnter(user: DirectoryUser, tenant: DirectoryTenant): boolean;
  /** The application that a tenant knows: its own, or the registered one. Without a tenant (`organizations`) the registered one. */
  appIn(tenant: DirectoryTenant | undefined): KnownApp;
  /** Throws when there is no such tenant. */
  changeTenant(id: string, change: TenantChange): DirectoryTenant;
}

/**
 * A directory over the given tenants and people.
 * @param onChange is told of every changed tenant, so that it can be kept.
 */
export const createDirectory = (
  app: RegisteredApp,
  tenants: readonly DirectoryTenant[],
  users: readonly DirectoryUser[],
  onChange: (tenant: DirectoryTenant) => void = () => {},
): Directory => {
  const byId = new Map(tenants.map(tenant => [tenant.id, tenant]));
  const findTenant = (idOrDomain: string): DirectoryTenant | undefined => {
    const wanted = idOrDomain.toLowerCase();
    return byId.get(wanted) ?? [...byId.values()].find(tenant => tenant.domain.toLowerCase() === wanted);
  };
  return {
    app,
    listTenants: () => [...byId.values()],
    findTenant,
    listUsers: () => users,
    findUser: nameOrObjectId => {
      const wanted = nameOrObjectId.toLowerCase();
      return users.find(
        user => user.userPrincipalName.toLowerCase() === wanted || user.objectId.toLowerCase() === wanted,
      );
    },
    mayEnter: (user, tenant) =>
      user.homeTenantId === tenant.id || (user.worksInCustomers && !tenant.signInRules.noGdapAccess),
    appIn: tenant => tenant?.ownApplication ?? app,
    changeTenant: (id, change) => {
      const tenant = findTenant(id);
      if (tenant === undefined) throw new Error(`There is no tenant ${id}.`);
      const { ownApplication, ...rest } = { ownApplication: tenant.ownApplication, ...change };
      const { ownApplication: _former, ...before } = tenant;
      const changed = { ...before, ...rest, ...(ownApplication === undefined ? {} : { ownApplication }) };
      byId.set(tenant.id, changed);
      onChange(changed);
      return changed;
    },
  };
};
