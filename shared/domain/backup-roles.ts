import type { UnitKind } from './protection-unit.ts';

/** Template ids of the Entra roles that may restore, by what they restore. (Microsoft 365 Backup, "roles and permissions") */
const everything = [
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
  '1707125e-0aa2-4d4d-8655-a7c786c76a25', // Microsoft 365 Backup Administrator
];
const sitesAndDrives = [
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c', // SharePoint Administrator
  '9d3e04ba-3ee4-4d1b-a3a7-9aef423a09be', // SharePoint Backup Administrator
];
const mailboxes = [
  '29232cdf-9323-42fd-ade2-1d097af3e4de', // Exchange Administrator
];

/** Kinds of units that somebody with these roles may restore. */
export function restorableKinds(roleIds: readonly string[]): readonly UnitKind[] {
  const held = new Set(roleIds.map(id => id.toLowerCase()));
  const holds = (roles: readonly string[]) => roles.some(id => held.has(id));
  if (holds(everything)) return ['site', 'drive', 'mailbox'];
  return [
    ...(holds(sitesAndDrives) ? (['site', 'drive'] as const) : []),
    ...(holds(mailboxes) ? (['mailbox'] as const) : []),
  ];
}
