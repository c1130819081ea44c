import type { RestoreSessionArtifactCount, RestoreSessionBase } from '@microsoft/microsoft-graph-types';
import type { ServiceError, UnitKind } from '../../shared/domain/protection-unit.ts';
import { toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  type Actor,
  asObject,
  count,
  fieldsOf,
  findObject,
  type GraphObject,
  instant,
  odataType,
  ShapeError,
  text,
  toActor,
  toMember,
  toServiceError,
  withoutUndefined,
} from './fields.ts';
import { toItems } from './page.ts';
import { artifactCollections, type FetchedArtifact, toArtifact } from './restore-artifacts.ts';

/** Known members of `restoreJobType`. */
const restoreJobTypes = ['standard', 'bulk', 'granular'] as const;

export interface ArtifactCounts {
  readonly total?: number;
  readonly completed?: number;
  readonly inProgress?: number;
  readonly failed?: number;
}

/** One restore as Graph runs it. */
export interface RestoreSession {
  readonly id: string;
  /** Missing where the service named no type that we know. */
  readonly kind?: UnitKind;
  /** A `SessionStatus`, or the service's own word where it is a new one. */
  readonly status: string;
  /** A known member of `restoreJobType`, or the service's own word. */
  readonly jobType?: string;
  readonly counts: ArtifactCounts;
  readonly createdAt?: UtcSeconds;
  readonly createdBy?: Actor;
  readonly lastModifiedAt?: UtcSeconds;
  readonly lastModifiedBy?: Actor;
  readonly completedAt?: UtcSeconds;
  readonly error?: ServiceError;
}

/** A session, with the entity as the service sent it, and such artifacts as came with it (a create's answer holds them). */
export type FetchedSession = RestoreSession & {
  readonly artifacts: readonly FetchedArtifact[];
  readonly graph: GraphObject;
};

const kindsByType: ReadonlyMap<string | undefined, UnitKind> = new Map([
  ['sharepointrestoresession', 'site'],
  ['onedriveforbusinessrestoresession', 'drive'],
  ['exchangerestoresession', 'mailbox'],
]);

const sessionFields = fieldsOf<RestoreSessionBase>()({
  id: text,
  status: text,
  restoreJobType: text,
  createdDateTime: instant,
  lastModifiedDateTime: instant,
  completedDateTime: instant,
});

const countFields = fieldsOf<RestoreSessionArtifactCount>()({
  total: count,
  completed: count,
  inProgress: count,
  failed: count,
});

/**
 * @param kind what the caller knows it as, where it does; the entity's own type wins
 * @throws ShapeError where it has no id
 */
export function toSession(value: unknown, kind?: UnitKind): FetchedSession {
  const graph = asObject(value, 'the restore session');
  const fields = sessionFields.parse(graph);
  if (fields.id === undefined) throw new ShapeError('the restore session has no id');
  const itsKind = kindsByType.get(odataType(graph)) ?? kind;
  return {
    ...withoutUndefined({
      kind: itsKind,
      jobType: fields.restoreJobType === undefined ? undefined : toMember(fields.restoreJobType, restoreJobTypes),
      createdAt: fields.createdDateTime,
      createdBy: toActor(graph['createdBy']),
      lastModifiedAt: fields.lastModifiedDateTime,
      lastModifiedBy: toActor(graph['lastModifiedBy']),
      completedAt: fields.completedDateTime,
      error: toServiceError(graph['error']),
    }),
    id: fields.id,
    status: toSessionStatus(fields.status ?? '') ?? fields.status ?? 'unknown',
    counts: withoutUndefined(countFields.parse(findObject(graph['restoreSessionArtifactCount']) ?? {})),
    artifacts: itsKind === undefined ? [] : toItems(graph[artifactCollections[itsKind]], toArtifact).items,
    graph,
  };
}
