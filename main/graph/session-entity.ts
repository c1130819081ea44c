import type { RestoreSessionBase } from '@microsoft/microsoft-graph-types';
import type { ServiceError, UnitKind } from '../../shared/domain/protection-unit.ts';
import { toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { type ArtifactCounts, findCounts } from './artifact-counts.ts';
import { artifactCollections, granularCollections } from './collections.ts';
import {
  type Actor,
  asObject,
  fieldsOf,
  findProperty,
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
import { type FetchedGranularArtifact, toGranularArtifact } from './granular-artifacts.ts';
import { toItems } from './page.ts';
import { type FetchedArtifact, toArtifact } from './restore-artifacts.ts';

/** Known members of `restoreJobType`. */
const restoreJobTypes = ['standard', 'bulk', 'granular'] as const;

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
  /** Files and folders, where such came with it. */
  readonly granularArtifacts?: readonly FetchedGranularArtifact[];
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
    counts: findCounts(graph['restoreSessionArtifactCount']) ?? {},
    ...toMembers(graph, itsKind),
    graph,
  };
}

/** The artifacts that a session's answer holds. Mail searches are whole-unit artifacts with a search, so they stand among those. */
function toMembers(
  graph: GraphObject,
  kind: UnitKind | undefined,
): Pick<FetchedSession, 'artifacts' | 'granularArtifacts'> {
  if (kind === undefined) return { artifacts: [] };
  const { items: artifacts } = toItems(graph[artifactCollections[kind]], toArtifact);
  if (kind === 'mailbox') {
    // One documented answer names them in the singular.
    const searches = findProperty(graph, granularCollections.mailbox, 'granularMailboxRestoreArtifact');
    return { artifacts: [...artifacts, ...toItems(searches, toArtifact).items] };
  }
  const granular = graph[granularCollections[kind]];
  return granular === undefined
    ? { artifacts }
    : { artifacts, granularArtifacts: toItems(granular, toGranularArtifact).items };
}
