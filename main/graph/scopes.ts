/** Microsoft Graph as a resource: the same name whichever origin is asked. Written out, as the sign-in library caches by the text. */
const GRAPH = 'https://graph.microsoft.com/';

/** Delegated permissions of Graph that the client's endpoints need. All but `userRead` need an administrator's consent. */
export const scopes = {
  /** Root status, service apps. */
  controlRead: `${GRAPH}BackupRestore-Control.Read.All`,
  /** Policies and protection units. */
  configurationRead: `${GRAPH}BackupRestore-Configuration.Read.All`,
  /** Restore sessions and artifacts. */
  restoreRead: `${GRAPH}BackupRestore-Restore.Read.All`,
  /** Creating, changing, activating, deleting restore sessions. */
  restoreReadWrite: `${GRAPH}BackupRestore-Restore.ReadWrite.All`,
  /** Listing and searching restore points. */
  searchRead: `${GRAPH}BackupRestore-Search.Read.All`,
  /** A partner's customers. */
  delegatedAdminRead: `${GRAPH}DelegatedAdminRelationship.Read.All`,
  /** The tenant's name and domains. */
  organizationRead: `${GRAPH}Organization.Read.All`,
  /** The signed-in user. */
  userRead: `${GRAPH}User.Read`,
} as const;
export type Scope = (typeof scopes)[keyof typeof scopes];
