import type { Destination, Plan } from '../../shared/contract/plans.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';

/** What each destination is called. */
export const destinationWords: { readonly [D in Destination]: string } = {
  inPlace: 'In place',
  new: 'To a new location',
};

/** What each destination does to each kind, in plain words (Microsoft Graph and Microsoft 365 Backup pages on restoring). */
export const destinationEffects: { readonly [D in Destination]: { readonly [K in UnitKind]: string } } = {
  inPlace: {
    site: 'The whole site rolls back: content, metadata and permissions. All that is newer than the point is lost. The site is not locked meanwhile, so edits made while it runs are lost too.',
    drive:
      'The whole OneDrive rolls back in the same way; its owner can keep editing while it runs, and those edits are lost.',
    mailbox:
      'Items changed or deleted since the point are overwritten with their state at the point. Drafts, and items moved to Deleted Items, are not restored.',
  },
  new: {
    site: 'A new site is made beside the old one, at its address with R0, R1 and so on. It stays read-only until it is done, and only a Global or SharePoint administrator has access. Its address can take over 15 minutes to show.',
    drive: 'The content goes to a new SharePoint site; the OneDrive itself is not touched.',
    mailbox:
      'Items changed or deleted since the point go into a new folder of the same mailbox. Where nothing changed, no folder is made.',
  },
};

/** The same, short, for the table of what will be overwritten. */
export const overwriteWords: { readonly [D in Destination]: { readonly [K in UnitKind]: string } } = {
  inPlace: {
    site: 'Each whole site rolls back: content, metadata, permissions. All that is newer is lost.',
    drive: 'Each whole OneDrive rolls back in the same way.',
    mailbox: 'Items changed or deleted since are overwritten; drafts are not restored.',
  },
  new: {
    site: 'A new site beside each old one. Nothing is overwritten.',
    drive: 'A new SharePoint site for each OneDrive. Nothing is overwritten.',
    mailbox: 'A new folder in each mailbox with what changed since. Nothing is overwritten.',
  },
};

/** Why a plan that tries failed units again stands at a new location though the first one went in place; absent of any other plan. */
export function retryInWords(
  plan: Pick<Plan, 'retryOf' | 'destination'>,
  original: Pick<Plan, 'id' | 'destination'> | undefined,
): string | undefined {
  if (plan.retryOf === undefined || original?.id !== plan.retryOf) return undefined;
  if (original.destination !== 'inPlace' || plan.destination !== 'new') return undefined;
  return 'The first restore went in place; its retry is preset to a new location where at least one unit could not be restored in place, and this can be changed here.';
}
