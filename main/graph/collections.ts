import type { UnitKind } from '../../shared/domain/protection-unit.ts';

/** The kinds of unit whose backups can be browsed, file by file: all but mailboxes. */
export type FileKind = Exclude<UnitKind, 'mailbox'>;

/** The typed collections of policies, by the kind of unit that they hold. */
export const policyCollections = {
  site: 'sharePointProtectionPolicies',
  drive: 'oneDriveForBusinessProtectionPolicies',
  mailbox: 'exchangeProtectionPolicies',
} as const satisfies Record<UnitKind, string>;

/** The units' collections; their create and change bodies use the same names. */
export const unitCollections = {
  site: 'siteProtectionUnits',
  drive: 'driveProtectionUnits',
  mailbox: 'mailboxProtectionUnits',
} as const satisfies Record<UnitKind, string>;

/** What names the owner of a new unit, by kind. */
export const ownerKeys = {
  site: 'siteId',
  drive: 'directoryObjectId',
  mailbox: 'directoryObjectId',
} as const satisfies Record<UnitKind, string>;

export const ruleCollections = {
  site: 'siteInclusionRules',
  drive: 'driveInclusionRules',
  mailbox: 'mailboxInclusionRules',
} as const satisfies Record<UnitKind, string>;

export const additionJobCollections = {
  site: 'siteProtectionUnitsBulkAdditionJobs',
  drive: 'driveProtectionUnitsBulkAdditionJobs',
  mailbox: 'mailboxProtectionUnitsBulkAdditionJobs',
} as const satisfies Record<UnitKind, string>;

/** How bulk jobs and bulk restore requests name what they resolve: by address, and by id. */
export const bulkLists = {
  site: { addresses: 'siteWebUrls', keys: 'siteIds' },
  drive: { addresses: 'drives', keys: 'directoryObjectIds' },
  mailbox: { addresses: 'mailboxes', keys: 'directoryObjectIds' },
} as const satisfies Record<UnitKind, { readonly addresses: string; readonly keys: string }>;

/** The typed collections of restore sessions. */
export const sessionCollections = {
  site: 'sharePointRestoreSessions',
  drive: 'oneDriveForBusinessRestoreSessions',
  mailbox: 'exchangeRestoreSessions',
} as const satisfies Record<UnitKind, string>;

/** A session's artifacts, a whole unit each. */
export const artifactCollections = {
  site: 'siteRestoreArtifacts',
  drive: 'driveRestoreArtifacts',
  mailbox: 'mailboxRestoreArtifacts',
} as const satisfies Record<UnitKind, string>;

/** A session's granular artifacts: a file or folder each, or the hits of a mail search. */
export const granularCollections = {
  site: 'granularSiteRestoreArtifacts',
  drive: 'granularDriveRestoreArtifacts',
  mailbox: 'granularMailboxRestoreArtifacts',
} as const satisfies Record<UnitKind, string>;

export const bulkRequestCollections = {
  site: 'siteRestoreArtifactsBulkAdditionRequests',
  drive: 'driveRestoreArtifactsBulkAdditionRequests',
  mailbox: 'mailboxRestoreArtifactsBulkAdditionRequests',
} as const satisfies Record<UnitKind, string>;

export const browseCollections = {
  site: 'sharePointBrowseSessions',
  drive: 'oneDriveForBusinessBrowseSessions',
} as const satisfies Record<FileKind, string>;
