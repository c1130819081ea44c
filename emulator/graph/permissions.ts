/**
 * Which permission opens which kind of call, delegated and app-only, and which directory roles a person needs besides.
 * From the "Permissions" section of each call's page; where a page names no higher privileged permission, only the least
 * privileged one is accepted.
 */
import { directoryRoleIds } from '../directory.ts';
import type { AccessTokenClaims } from '../tokens.ts';
import type { UnitKind } from '../world/units.ts';

export interface Permission {
  /** Any one of these delegated permissions; an empty list: any delegated token. */
  readonly delegated: readonly string[];
  /** Any one of these application permissions; an empty list: delegated tokens only. */
  readonly application: readonly string[];
  /** Which role a signed-in person needs: one that manages backups of the workload, the one for browsing, or none. */
  readonly role: 'none' | 'backup' | 'browse';
}

const both = (names: readonly string[]): Permission => ({
  delegated: names,
  application: names,
  role: 'backup',
});

const delegatedOnly = (names: readonly string[]): Permission => ({ ...both(names), application: [] });

const configurationWrite = 'BackupRestore-Configuration.ReadWrite.All';
const controlWrite = 'BackupRestore-Control.ReadWrite.All';
const configurationRead = 'BackupRestore-Configuration.Read.All';
const controlRead = 'BackupRestore-Control.Read.All';
const restoreRead = 'BackupRestore-Restore.Read.All';
const restoreWrite = 'BackupRestore-Restore.ReadWrite.All';

export const permissions = {
  readSelf: {
    delegated: ['User.Read', 'User.Read.All', 'Directory.Read.All'],
    application: [],
    role: 'none',
  },
  readOrganization: {
    delegated: ['Organization.Read.All', 'Directory.Read.All', 'User.Read', 'User.Read.All'],
    application: ['Organization.Read.All', 'Directory.Read.All'],
    role: 'none',
  },
  readUsers: {
    delegated: ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'],
    application: ['User.Read.All', 'Directory.Read.All'],
    role: 'none',
  },
  readGroups: {
    delegated: ['Group.Read.All', 'Directory.Read.All'],
    application: ['Group.Read.All', 'Directory.Read.All'],
    role: 'none',
  },
  readSites: { delegated: ['Sites.Read.All'], application: ['Sites.Read.All'], role: 'none' },
  readCustomers: {
    delegated: ['DelegatedAdminRelationship.Read.All', 'DelegatedAdminRelationship.ReadWrite.All'],
    application: ['DelegatedAdminRelationship.Read.All', 'DelegatedAdminRelationship.ReadWrite.All'],
    role: 'none',
  },
  readControl: both([controlRead, controlWrite]),
  readPolicies: both([configurationRead, configurationWrite]),
  readUnits: both([configurationRead]),
  // The older page of the list asks for the restore permissions, the permissions reference for the search permission.
  readPoints: both(['BackupRestore-Search.Read.All', restoreRead, restoreWrite]),
  searchPoints: both(['BackupRestore-Search.Read.All']),
  readSessions: both([restoreRead, restoreWrite]),
  readArtifacts: both([restoreRead]),
  restore: both([restoreWrite]),
  changeControl: both([controlWrite]),
  changeControlDelegated: delegatedOnly([controlWrite]),
  changePolicies: both([configurationWrite]),
  offboard: delegatedOnly([configurationWrite]),
  browse: { ...both([restoreWrite]), role: 'browse' },
} as const satisfies Readonly<Record<string, Permission>>;

export type PermissionName = keyof typeof permissions;

/** What the application is consented to in a tenant in good order. */
export const delegatedPermissions: readonly string[] = [
  'User.Read',
  'Organization.Read.All',
  'DelegatedAdminRelationship.Read.All',
  controlRead,
  controlWrite,
  configurationRead,
  configurationWrite,
  restoreRead,
  restoreWrite,
  'BackupRestore-Search.Read.All',
  'User.Read.All',
  'Group.Read.All',
  'Sites.Read.All',
];

export const applicationPermissions: readonly string[] = delegatedPermissions.filter(name => name !== 'User.Read');

/** Roles that manage backups, with the workloads that they manage. */
const workloadsOf: Readonly<Record<string, readonly UnitKind[]>> = {
  'Global Administrator': ['site', 'drive', 'mailbox'],
  'Microsoft 365 Backup Administrator': ['site', 'drive', 'mailbox'],
  'SharePoint Administrator': ['site', 'drive'],
  'Exchange Administrator': ['mailbox'],
};

export type PermissionGap = 'scope' | 'delegatedOnly' | 'role';

const holdsRole = (claims: AccessTokenClaims, workload: UnitKind | undefined): boolean =>
  Object.entries(workloadsOf).some(
    ([role, workloads]) =>
      claims.wids?.includes(directoryRoleIds[role] ?? '') === true &&
      (workload === undefined || workloads.includes(workload)),
  );

/** What the caller lacks for a call, if anything. `workload` narrows the roles to those that manage it. */
export const findGap = (
  claims: AccessTokenClaims,
  permission: Permission,
  workload: UnitKind | undefined,
): PermissionGap | undefined => {
  const granted = (names: readonly string[], held: readonly string[]): boolean =>
    names.some(name => held.some(other => other.toLowerCase() === name.toLowerCase()));
  if (claims.idtyp === 'app') {
    if (permission.application.length === 0) return 'delegatedOnly';
    return granted(permission.application, claims.roles ?? []) ? undefined : 'scope';
  }
  if (permission.delegated.length > 0 && !granted(permission.delegated, (claims.scp ?? '').split(' '))) return 'scope';
  if (permission.role === 'none') return undefined;
  const holds =
    permission.role === 'browse'
      ? claims.wids?.includes(directoryRoleIds['SharePoint Backup Administrator'] ?? '') === true
      : holdsRole(claims, workload);
  return holds ? undefined : 'role';
};
