/** Bulk restores at work: after the activation the service picks a point of each unit, and restores it. */
import { minutes } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { durationOf } from '../state/machines/duration.ts';
import { bulkSteps } from '../state/machines/bulk-machine.ts';
import type { BulkRequestRecord, ErrorDetail } from '../state/records.ts';
import { planRun } from '../state/restore-run.ts';
import type { Artifact } from '../state/session-store.ts';
import type { StoredUnit } from '../state/unit-store.ts';
import type { Workplace } from './unit-work.ts';

/** How long after the activation of its session a request is resolved. */
export const resolvingTime = (seed: number, requestId: string): Ticks =>
  durationOf(bulkSteps.request.takes, seed, requestId, 'resolving');

const unitNamed = ({ tenant }: Workplace, { kind }: BulkRequestRecord, name: string): StoredUnit | undefined => {
  const resource = tenant.resources.find(kind, name);
  return resource === undefined ? undefined : tenant.units.findByResource(kind, resource.id);
};

const unresolved = ({ kind }: BulkRequestRecord, name: string): ErrorDetail =>
  kind === 'site'
    ? { code: 'SiteUrlNotFound', message: `Site url '${name}' could not be resolved`, target: name }
    : { code: 'UserNotBackedup', message: `User '${name}' is not backed up`, target: name };

/** Artifacts of a request that are restored at once; the others wait for those before them. */
const restoredAtOnce = 1000;
/** How long a thousand take at the most. */
const thousandTakes = minutes(110);

const artifactOf = (
  place: Workplace,
  request: BulkRequestRecord,
  unit: StoredUnit,
  number: number,
): Artifact | undefined => {
  const { tenant, now, seed } = place;
  const [point] = tenant.points.listTold(unit, {
    from: request.from,
    to: request.to ?? now,
    now,
    newestFirst: request.preference === 'latest',
    fastOnly: request.fastOnly,
    limit: 1,
  });
  if (point === undefined) return undefined;
  const id = place.newId();
  const { kind, destinationType } = request;
  const run = planRun(now + Math.floor(number / restoredAtOnce) * thousandTakes, {
    seed,
    artifactId: id,
    kind,
    destinationType,
    isFastPoint: point.isFast,
    isHeld: unit.isHeld,
    isGone: unit.isGone,
    isExpired: now >= point.expiresAt,
    isBusy: tenant.sessions.isRestoring(unit.id, now),
    isTroubled: unit.isTroubled === true,
    mayFailByChance: tenant.settings.artifactFailures === 'seeded',
  });
  return {
    id,
    sessionId: request.sessionId,
    unitId: unit.id,
    pointId: point.id,
    pointAt: point.at,
    pointExpiresAt: point.expiresAt,
    isFastPoint: point.isFast,
    destinationType,
    run,
  };
};

export const settleBulkRequest = (place: Workplace, id: string): void => {
  const { tenant, now } = place;
  const request = tenant.bulkRequests.find(id);
  const session = request === undefined ? undefined : tenant.sessions.find(request.sessionId);
  if (request === undefined || session === undefined || request.status !== 'active') return;
  const details: ErrorDetail[] = [];
  const artifacts = new Map<string, Artifact>();
  for (const name of [...request.addresses, ...request.ids]) {
    const unit = unitNamed(place, request, name);
    const artifact = unit === undefined ? undefined : artifactOf(place, request, unit, artifacts.size);
    if (artifact === undefined) details.push(unresolved(request, name));
    else if (!artifacts.has(artifact.unitId)) artifacts.set(artifact.unitId, artifact);
  }
  const code = artifacts.size === 0 ? 'BulkRestoreArtifactsNotFound' : 'BulkRestoreArtifactsNotResolved';
  const message =
    artifacts.size === 0 ? 'Bulk Restore Artifacts not found' : 'Some bulk restore artifacts could not be resolved';
  tenant.sessions.put({ ...session, resolvedAt: Math.min(now, session.resolvedAt ?? now + minutes(1)) }, [
    ...artifacts.values(),
  ]);
  tenant.bulkRequests.put({
    ...request,
    lastModifiedAt: now,
    status: details.length === 0 ? 'completed' : 'completedWithErrors',
    ...(details.length === 0 ? {} : { error: { code, message, details } }),
  });
};
