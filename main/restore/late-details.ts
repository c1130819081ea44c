import type { RestoreArtifact } from '../../shared/contract/sessions.ts';
import { toArtifactGroup } from '../../shared/domain/restore-session.ts';

/** What the service fills in late, some 15 minutes after the end by its documentation: where a unit went, and how many items. */
export type Details = Pick<RestoreArtifact, 'status' | 'kind' | 'destination' | 'restoredTo' | 'restoredItemCount'>;

/**
 * Whether the service has still to say where the unit went. A restore of a site or OneDrive in place goes to where the unit is; a
 * mailbox in which nothing had changed gets no folder, and the number of its items says so.
 */
export function isAwaitingDetails({ status, kind, destination, restoredTo, restoredItemCount }: Details): boolean {
  if (toArtifactGroup(status) !== 'succeeded' || restoredTo !== undefined) return false;
  return kind === 'mailbox' ? restoredItemCount === undefined : destination === 'new';
}
