/** What the three kinds of unit are called in paths and bodies. */
export const workloads = [
  { kind: 'site', name: 'sharePoint', addresses: 'siteWebUrls', keys: 'siteIds', owner: 'siteId' },
  {
    kind: 'drive',
    name: 'oneDriveForBusiness',
    addresses: 'drives',
    keys: 'directoryObjectIds',
    owner: 'directoryObjectId',
  },
  { kind: 'mailbox', name: 'exchange', addresses: 'mailboxes', keys: 'directoryObjectIds', owner: 'directoryObjectId' },
] as const;
export type Workload = (typeof workloads)[number];
