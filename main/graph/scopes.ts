/** Microsoft Graph as a resource: the same name whichever origin is asked. Written out, as the sign-in library caches by the text. */
const GRAPH = 'https://graph.microsoft.com/';

/** Delegated permissions of Graph that the client's endpoints need. All but `userRead` need an administrator's consent. */
export const scopes = {
  /** Root status, service apps. */
  controlRead: `${GRAPH}BackupRestore-Control.Read.All`,
  /** Creating, deleting, activating service apps, switching the service on; the e-mail settings, reading them too. */
  controlReadWrite: `${GRAPH}BackupRestore-Control.ReadWrite.All`,
  /** Policies, protection units, rules and bulk jobs. */
  configurationRead: `${GRAPH}BackupRestore-Configuration.Read.All`,
  /** Changing policies, units, rules and bulk jobs. */
  configurationReadWrite: `${GRAPH}BackupRestore-Configuration.ReadWrite.All`,
  /** Restore sessions and artifacts. */
  restoreRead: `${GRAPH}BackupRestore-Restore.Read.All`,
  /** Creating, changing, activating, deleting restore sessions; all of browsing and granular files, reading too. */
  restoreReadWrite: `${GRAPH}BackupRestore-Restore.ReadWrite.All`,
  /** Listing and searching restore points. */
  searchRead: `${GRAPH}BackupRestore-Search.Read.All`,
  /** A partner's customers. */
  delegatedAdminRead: `${GRAPH}DelegatedAdminRelationship.Read.All`,
  /** The tenant's name and domains. */
  organizationRead: `${GRAPH}Organization.Read.All`,
  /** Users of the tenant: to find what is to be protected. */
  usersRead: `${GRAPH}User.Read.All`,
  /** Groups of the tenant: what inclusion rules name. */
  groupsRead: `${GRAPH}Group.Read.All`,
  /** Sites of the tenant. */
  sitesRead: `${GRAPH}Sites.Read.All`,
  /** The signed-in user. */
  userRead: `${GRAPH}User.Read`,
} as const;
export type Scope = (typeof scopes)[keyof typeof scopes];
