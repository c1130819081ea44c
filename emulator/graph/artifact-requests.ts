/** What callers ask to restore: read and judged, in the order decided for requests that break several rules. */
import type { Point } from '../state/point-store.ts';
import { isTold } from '../world/history.ts';
import type { UnitKind } from '../world/units.ts';
import type { GraphContext } from './exchange.ts';
import { badRequest } from './graph-error.ts';
import { isObject, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

export type DestinationType = 'new' | 'inPlace';

/** One artifact as asked for: its shape is right, nothing else is known yet. */
export interface AskedArtifact {
  readonly pointId: string;
  /** How the request named the point: the answer names it so too. */
  readonly named: 'id' | '@odata.id';
  readonly destinationType: DestinationType;
}

export interface ResolvedArtifact {
  readonly point: Point;
  readonly named: AskedArtifact['named'];
  readonly destinationType: DestinationType;
}

export const mostArtifactsARequest = 50;

/** Older pages name the point by `@odata.id`, which may be a whole address; newer ones by `id`. */
const pointIdOf = (restorePoint: JsonObject): string | undefined => {
  const id = property(restorePoint, 'id');
  if (typeof id === 'string' && id !== '') return id;
  const reference = property(restorePoint, '@odata.id');
  if (typeof reference !== 'string' || reference === '') return undefined;
  return /restorePoints[/(]'?([^/')]+)'?\)?$/i.exec(reference)?.[1] ?? reference;
};

/** Throws 400 `InvalidArtifactRequest`, `InvalidRestorePoint` or `InvalidPathType`. */
export const readArtifact = (value: unknown): AskedArtifact => {
  if (!isObject(value)) throw badRequest('Restore Artifacts are null.', 'InvalidArtifactRequest');
  const restorePoint = property(value, 'restorePoint');
  const pointId = isObject(restorePoint) ? pointIdOf(restorePoint) : undefined;
  if (pointId === undefined) throw badRequest('Restore Point ID is invalid or empty.', 'InvalidRestorePoint');
  const destination = property(value, 'destinationType');
  const known = (['new', 'inPlace'] as const).find(
    name => typeof destination === 'string' && name.toLowerCase() === destination.toLowerCase(),
  );
  if (known === undefined) throw badRequest("Restore path type isn't present.", 'InvalidPathType');
  const named = isObject(restorePoint) && property(restorePoint, 'id') !== undefined ? 'id' : '@odata.id';
  return { pointId, named, destinationType: known };
};

/** Throws 400 `DifferentRestoreDestinationType` unless all, those already there too, go to one kind of place. */
export const requireOneDestination = (asked: readonly { readonly destinationType: DestinationType }[]): void => {
  if (new Set(asked.map(({ destinationType }) => destinationType)).size > 1) {
    throw badRequest('Different restore destination type.', 'DifferentRestoreDestinationType');
  }
};

/** Throws 400 `InvalidRestorePoint` for a point that is not there (any more), or is of another workload. */
export const resolveArtifact = (context: GraphContext, kind: UnitKind, asked: AskedArtifact): ResolvedArtifact => {
  const { points, units } = context.tenant;
  const point = points.find(asked.pointId);
  const isRight = point !== undefined && isTold(point, context.now) && units.find(point.unitId)?.kind === kind;
  if (!isRight) throw badRequest(`Restore Point is invalid: ${asked.pointId}`, 'InvalidRestorePoint');
  return { point, named: asked.named, destinationType: asked.destinationType };
};

/** Throws 400 `DuplicateArtifactInList` when the request names a unit twice. */
export const requireDistinctUnits = (resolved: readonly ResolvedArtifact[]): void => {
  if (new Set(resolved.map(({ point }) => point.unitId)).size < resolved.length) {
    throw badRequest('The restore artifact requested is already present.', 'DuplicateArtifactInList');
  }
};
