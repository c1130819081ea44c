import type { RestoreSessionArtifactCount } from '@microsoft/microsoft-graph-types';
import { count, fieldsOf, findObject, withoutUndefined } from './fields.ts';

/** How far the artifacts of a session, or the units of a policy, have come. */
export interface ArtifactCounts {
  readonly total?: number;
  readonly completed?: number;
  readonly inProgress?: number;
  readonly failed?: number;
}

const countFields = fieldsOf<RestoreSessionArtifactCount>()({
  total: count,
  completed: count,
  inProgress: count,
  failed: count,
});

/** `restoreSessionArtifactCount` or `protectionPolicyArtifactCount`; `undefined` where the service sent none. */
export function findCounts(value: unknown): ArtifactCounts | undefined {
  const graph = findObject(value);
  return graph === undefined ? undefined : withoutUndefined(countFields.parse(graph));
}
