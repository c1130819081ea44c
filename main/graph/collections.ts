import type { UnitKind } from '../../shared/domain/protection-unit.ts';

/** The kinds of unit whose backups can be browsed, file by file: all but mailboxes. */
export type FileKind = Exclude<UnitKind, 'mailbox'>;

/** What Graph calls each kind of unit, and the service that it belongs to. */
const words = {
  site: { unit: 'site', Unit: 'Site', service: 'sharePoint' },
  drive: { unit: 'drive', Unit: 'Drive', service: 'oneDriveForBusiness' },
  mailbox: { unit: 'mailbox', Unit: 'Mailbox', service: 'exchange' },
} as const satisfies Record<UnitKind, object>;
type Words = (typeof words)[UnitKind];
type PerKind = Readonly<Record<UnitKind, string>>;

/** Graph names the collections of all kinds by one pattern. */
function named(toName: (of: Words) => string): PerKind {
  return { site: toName(words.site), drive: toName(words.drive), mailbox: toName(words.mailbox) };
}

/** The typed collections of policies, by the kind of unit that they hold. */
export const policyCollections = named(of => `${of.service}ProtectionPolicies`);

/** The units' collections; their create and change bodies use the same names. */
export const unitCollections = named(of => `${of.unit}ProtectionUnits`);

export const ruleCollections = named(of => `${of.unit}InclusionRules`);

export const additionJobCollections = named(of => `${of.unit}ProtectionUnitsBulkAdditionJobs`);

/** The typed collections of restore sessions. */
export const sessionCollections = named(of => `${of.service}RestoreSessions`);

/** A session's artifacts, a whole unit each. */
export const artifactCollections = named(of => `${of.unit}RestoreArtifacts`);

/** A session's granular artifacts: a file or folder each, or the hits of a mail search. */
export const granularCollections = named(of => `granular${of.Unit}RestoreArtifacts`);

export const bulkRequestCollections = named(of => `${of.unit}RestoreArtifactsBulkAdditionRequests`);

/** The typed collections of browse sessions. */
export const browseCollections: Readonly<Record<FileKind, string>> = {
  site: `${words.site.service}BrowseSessions`,
  drive: `${words.drive.service}BrowseSessions`,
};

/** What names the owner of a new unit, by kind. */
export const ownerKeys: PerKind = { site: 'siteId', drive: 'directoryObjectId', mailbox: 'directoryObjectId' };

/** How bulk jobs and bulk restore requests name what they resolve: by address, and by id. */
export const bulkLists: Readonly<Record<UnitKind, { readonly addresses: string; readonly keys: string }>> = {
  site: { addresses: 'siteWebUrls', keys: 'siteIds' },
  drive: { addresses: 'drives', keys: 'directoryObjectIds' },
  mailbox: { addresses: 'mailboxes', keys: 'directoryObjectIds' },
};
