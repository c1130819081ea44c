import { z } from 'zod';
import type { ServiceError } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  asObject,
  type GraphObject,
  instant,
  ShapeError,
  text,
  toMember,
  toServiceError,
  withoutUndefined,
} from './fields.ts';
import { artifactStatuses } from './restore-artifacts.ts';

/** One file, folder, library or site in a granular restore session. */
export interface GranularArtifact {
  /** The item's key, as browsing gave it. */
  readonly id: string;
  readonly browseSessionId?: string;
  /** A known member of `artifactRestoreStatus`, or the service's own word: it has been seen to say `unknown`. */
  readonly status: string;
  /** The site that it is of. */
  readonly siteId?: string;
  /** The owner of the OneDrive that it is of. */
  readonly directoryObjectId?: string;
  /** Where the item was. */
  readonly webUrl?: string;
  readonly restorePointAt?: UtcSeconds;
  readonly startedAt?: UtcSeconds;
  readonly completedAt?: UtcSeconds;
  /** Where it went: one new folder for all items of the session. */
  readonly restoredItemKey?: string;
  readonly restoredItemPath?: string;
  readonly restoredItemWebUrl?: string;
  /** The preview version sends these two. */
  readonly destinationType?: string;
  readonly error?: ServiceError;
}
export type FetchedGranularArtifact = GranularArtifact & { readonly graph: GraphObject };

const granularFields = z.object({
  id: text,
  browseSessionId: text,
  status: text,
  siteId: text,
  directoryObjectId: text,
  webUrl: text,
  restorePointDateTime: instant,
  startDateTime: instant,
  completionDateTime: instant,
  restoredItemKey: text,
  restoredItemPath: text,
  restoredItemWebUrl: text,
  destinationType: text,
});

/** @throws ShapeError where it has no id */
export function toGranularArtifact(value: unknown): FetchedGranularArtifact {
  const graph = asObject(value, 'the granular artifact');
  const { id, status, restorePointDateTime, startDateTime, completionDateTime, ...rest } = granularFields.parse(graph);
  // A page of the preview calls the key `itemKey`.
  const key = id ?? text.parse(graph['itemKey']);
  if (key === undefined) throw new ShapeError('the granular artifact has no id');
  return {
    ...withoutUndefined({
      ...rest,
      restorePointAt: restorePointDateTime,
      startedAt: startDateTime,
      completedAt: completionDateTime,
      error: toServiceError(graph['error']),
    }),
    id: key,
    status: toMember(status ?? 'unknown', artifactStatuses),
    graph,
  };
}
