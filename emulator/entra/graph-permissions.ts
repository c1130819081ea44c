/**
 * Delegated permissions of Microsoft Graph that the emulator knows, from Graph's permissions reference: those of Backup
 * Storage and what a console around it needs. Anything else is a misspelling, and refused as one (650053).
 *
 * All are treated as needing an administrator's consent. Entra ID would let people consent to `User.Read` and
 * `User.ReadBasic.All` by themselves where the tenant allows it.
 */
const DELEGATED_PERMISSIONS = [
  'BackupRestore-Configuration.Read.All',
  'BackupRestore-Configuration.ReadWrite.All',
  'BackupRestore-Control.Read.All',
  'BackupRestore-Control.ReadWrite.All',
  'BackupRestore-Monitor.Read.All',
  'BackupRestore-Restore.Read.All',
  'BackupRestore-Restore.ReadWrite.All',
  'BackupRestore-Search.Read.All',
  'DelegatedAdminRelationship.Read.All',
  'Directory.Read.All',
  'Group.Read.All',
  'Organization.Read.All',
  'Sites.Read.All',
  'User.Read',
  'User.Read.All',
  'User.ReadBasic.All',
] as const;

const spelled = new Map(DELEGATED_PERMISSIONS.map(name => [name.toLowerCase(), name]));

/** The permission as Graph spells it, when there is one of that name. */
export const findPermission = (name: string): string | undefined => spelled.get(name.toLowerCase());
