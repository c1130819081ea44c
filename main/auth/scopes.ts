const GRAPH = 'https://graph.microsoft.com/';

const graphScopes = (...names: string[]): readonly string[] => names.map(name => `${GRAPH}${name}`);

/**
 * Daily work: the state of the service, policies and units, points, sessions. The read scopes are asked for by name even by
 * those who may write, since several read calls name no higher privilege. Points: the older page asks for
 * `Restore.Read.All`, the permission data for `Search.Read.All`; both are here.
 */
export const READ_SCOPES = graphScopes(
  'BackupRestore-Control.Read.All',
  'BackupRestore-Configuration.Read.All',
  'BackupRestore-Search.Read.All',
  'BackupRestore-Restore.Read.All',
);

/** Creating, changing and activating restore sessions. Asked for when a restore is first started, never before. */
export const RESTORE_WRITE_SCOPES = graphScopes('BackupRestore-Restore.ReadWrite.All');

/** Changing policies, their units, rules and jobs, and offboarding. Asked for when a change is first sent, never before. */
export const POLICY_WRITE_SCOPES = graphScopes('BackupRestore-Configuration.ReadWrite.All');

/** What concerns the service as a whole: who controls it, whether it is on, whom it mails. Asked for when first needed; for the mails there is no read scope. */
export const CONTROL_WRITE_SCOPES = graphScopes('BackupRestore-Control.ReadWrite.All');

/** Looking for people, groups and sites to protect. Asked for when the directory is first searched. */
export const DIRECTORY_SCOPES = graphScopes('User.Read.All', 'Group.Read.All', 'Sites.Read.All');

/** The tenant's own display name and domains (`/organization`). The work goes on without. */
export const ORGANIZATION_SCOPES = graphScopes('Organization.Read.All');

/** The partner's list of GDAP customers, asked of the home tenant when the list is first opened. */
export const PARTNER_SCOPES = graphScopes('DelegatedAdminRelationship.Read.All');

/** The full name of a Graph scope; one that has an address before it stays as it is. */
export function toFullScope(scope: string): string {
  return scope.includes('://') ? scope : `${GRAPH}${scope}`;
}

/** A scope as Entra ID may write it in an answer, with or without Graph's address and in any case, brought to one form. */
function toScopeKey(scope: string): string {
  const lower = scope.toLowerCase();
  return lower.startsWith(GRAPH) ? lower.slice(GRAPH.length) : lower;
}

/** @returns the scopes of `wanted` that `granted` lacks, as they were written in `wanted` */
export function missingScopes(wanted: readonly string[], granted: readonly string[]): readonly string[] {
  const have = new Set(granted.map(toScopeKey));
  return wanted.filter(scope => !have.has(toScopeKey(scope)));
}
