import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { restoreLimits } from '../../shared/domain/restore-session.ts';
import { sessionCollections } from './collections.ts';
import { type DeltaResult, toDeltaResult, toRemoval } from './delta-result.ts';
import { asObject, findProperty, type GraphObject } from './fields.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { WriteRequest } from './graph-request.ts';
import { ROOT, segment } from './paths.ts';
import type { DestinationType } from './restore-artifacts.ts';
import { scopes } from './scopes.ts';
import { type FetchedSession, toSession } from './session-entity.ts';

/** What became of a change to a draft, item by item; order and number may differ from what was asked, so read the draft back. */
export interface DraftChangeResult<T> extends Omit<DeltaResult<T>, 'items'> {
  readonly artifacts: readonly T[];
  readonly graph: GraphObject;
}

/** The address of one session in its typed collection. */
export function sessionPath(kind: UnitKind, sessionId: string): string {
  return `${ROOT}/${sessionCollections[kind]}/${segment(sessionId)}`;
}

/** Creates a draft of what the body names. */
export function createDraftRequest(
  kind: UnitKind,
  body: Readonly<Record<string, readonly object[]>>,
): WriteRequest<FetchedSession> {
  return {
    effect: 'write',
    afterUnknown: 'search',
    method: 'POST',
    path: `${ROOT}/${sessionCollections[kind]}`,
    body,
    scopes: [scopes.restoreReadWrite],
    toValue: answer => toSession(answer, kind),
  };
}

/**
 * Adds members to one collection of a draft, takes some out.
 *
 * @param remove ids of members
 */
export function changeDraftRequest<T>(
  kind: UnitKind,
  sessionId: string,
  collection: string,
  { add, remove }: { readonly add: readonly object[]; readonly remove: readonly string[] },
  toMember: (member: unknown) => T,
): WriteRequest<DraftChangeResult<T>> {
  const delta = `${collection}@delta`;
  return {
    effect: 'write',
    afterUnknown: 'read',
    method: 'PATCH',
    path: sessionPath(kind, sessionId),
    body: { [delta]: [...add, ...remove.map(toRemoval)] },
    scopes: [scopes.restoreReadWrite],
    toValue: answer => {
      const graph = asObject(answer, 'the change');
      const { items, ...rest } = toDeltaResult(findProperty(graph, delta, collection), toMember);
      return { artifacts: items, ...rest, graph };
    },
  };
}

/** @throws GraphError `clientInvalidRequest` for no artifact or more than the service takes in one request */
export function checkCount(artifacts: number): void {
  if (artifacts > 0 && artifacts <= restoreLimits.artifactsPerRequest) return;
  throw toClientFault(
    clientFaults.invalidRequest,
    `A request takes 1 to ${restoreLimits.artifactsPerRequest} artifacts, not ${artifacts}.`,
  );
}

/** @throws GraphError `clientInvalidRequest` for two destination types */
export function checkDestination(artifacts: readonly { readonly destinationType: DestinationType }[]): void {
  if (new Set(artifacts.map(artifact => artifact.destinationType)).size <= 1) return;
  throw toClientFault(clientFaults.invalidRequest, 'A restore session takes one destination type, not two.');
}
