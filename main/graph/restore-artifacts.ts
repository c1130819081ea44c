import type {
  DriveRestoreArtifact,
  GranularMailboxRestoreArtifact,
  SiteRestoreArtifact,
} from '@microsoft/microsoft-graph-types';
import type { RestorePointId, ServiceError, UnitId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  asObject,
  count,
  fieldsOf,
  findObject,
  type GraphObject,
  instant,
  ShapeError,
  text,
  toMember,
  toServiceError,
  withoutUndefined,
} from './fields.ts';

export const destinationTypes = ['new', 'inPlace'] as const;
export type DestinationType = (typeof destinationTypes)[number];

/** Known members of `artifactRestoreStatus`. */
export const artifactStatuses = ['added', 'scheduling', 'scheduled', 'inProgress', 'succeeded', 'failed'] as const;

/** One unit in a restore session. */
export interface RestoreArtifact {
  readonly id: string;
  /** A known member of `artifactRestoreStatus`, or the service's own word where it is a new one. */
  readonly status: string;
  /** A `DestinationType`, or the service's own word where it is a new one. */
  readonly destinationType?: string;
  /** The point that it restores; missing only where the answer names none. */
  readonly restorePointId?: RestorePointId;
  readonly restorePointAt?: UtcSeconds;
  /** The unit, where the answer tells it along with the point. */
  readonly unitId?: UnitId;
  /** Documented by example only. */
  readonly createdAt?: UtcSeconds;
  readonly startedAt?: UtcSeconds;
  readonly completedAt?: UtcSeconds;
  readonly error?: ServiceError;
  /** Where it went (sites and OneDrive); filled late by the service. */
  readonly restoredSiteId?: string;
  readonly restoredSiteName?: string;
  readonly restoredSiteWebUrl?: string;
  /** Where it went (mailboxes). */
  readonly restoredFolderId?: string;
  readonly restoredFolderName?: string;
  readonly restoredItemCount?: number;
  /** The mail search whose hits it restores; the rest of its mailbox stays as it is. */
  readonly searchResponseId?: string;
}

/** An artifact, with the entity as the service sent it. */
export type FetchedArtifact = RestoreArtifact & { readonly graph: GraphObject };

const artifactFields = fieldsOf<SiteRestoreArtifact & DriveRestoreArtifact & GranularMailboxRestoreArtifact>()({
  id: text,
  status: text,
  destinationType: text,
  startDateTime: instant,
  completionDateTime: instant,
  restoredSiteId: text,
  restoredSiteName: text,
  restoredSiteWebUrl: text,
  restoredFolderId: text,
  restoredFolderName: text,
  restoredItemCount: count,
  searchResponseId: text,
});

/** @throws ShapeError where it has no id */
export function toArtifact(value: unknown): FetchedArtifact {
  const graph = asObject(value, 'the restore artifact');
  const { id, status, destinationType, startDateTime, completionDateTime, ...restored } = artifactFields.parse(graph);
  if (id === undefined) throw new ShapeError('the restore artifact has no id');
  const point = findObject(graph['restorePoint']);
  return {
    ...withoutUndefined({
      destinationType: destinationType === undefined ? undefined : toMember(destinationType, destinationTypes),
      restorePointId: point === undefined ? undefined : toPointId(point),
      restorePointAt: instant.parse(point?.['protectionDateTime']),
      unitId: text.parse(findObject(point?.['protectionUnit'])?.['id']),
      createdAt: instant.parse(graph['createdDateTime']),
      startedAt: startDateTime,
      completedAt: completionDateTime,
      error: toServiceError(graph['error']),
      ...restored,
    }),
    id,
    status: toMember(status ?? 'unknown', artifactStatuses),
    graph,
  };
}

/** Older answers name the point by `@odata.id`: the bare id, or an address that ends in it (`…/restorePoints('id')`, `…/restorePoints/id`). */
function toPointId(point: GraphObject): RestorePointId | undefined {
  const id = text.parse(point['id']);
  const reference = text.parse(point['@odata.id']);
  if (id !== undefined || reference === undefined) return id;
  return /restorePoints(?:\/|\('?)([^/')]+)'?\)?$/i.exec(reference)?.[1] ?? reference;
}
