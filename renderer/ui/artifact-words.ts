import { toArtifactGroup } from '../../shared/domain/restore-session.ts';
import type { ArtifactGroup } from '../../shared/domain/restore-session.ts';

/** What a group of artifacts is called. */
export const groupWords: { readonly [G in ArtifactGroup]: string } = {
  failed: 'Failed',
  inProgress: 'In progress',
  waiting: 'Scheduled',
  succeeded: 'Succeeded',
};

/** The word of an artifact's state. A status that this version does not know stands as it came. */
export function artifactState(status: string): string {
  const group = toArtifactGroup(status);
  return group === 'inProgress' && status.toLowerCase() !== 'inprogress' ? status : groupWords[group];
}
