import type { TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import { toSessionStatus } from '../../shared/domain/restore-session.ts';
import { type FetchedArtifact, GraphError } from '../graph/index.ts';
import { readArtifacts } from './own-drafts.ts';
import type { RestoreCalls } from './restore-calls.ts';

/** What a session of ours is read with. */
export interface SessionReading {
  readonly calls: RestoreCalls;
  readonly tenantId: TenantId;
  readonly signal: AbortSignal;
  /** Waits in real time between two readings. Rejects when the signal aborts. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Waits between readings that contradict what is known: a part of the service may lag behind another. */
const WAITS_MS = [2_000, 5_000, 10_000] as const;

/**
 * The session's status, by the service's own word; `undefined` where it does not know the session. One answer "not found" proves
 * nothing, since the part of the service that answers may not have heard of the session yet: it is asked again after waits, and then
 * the list of sessions must not hold it either.
 */
export async function readStatus(reading: SessionReading, sessionId: string): Promise<string | undefined> {
  const { calls, tenantId, signal } = reading;
  for (const wait of [...WAITS_MS, undefined]) {
    try {
      const { value } = await calls.getSession(tenantId, sessionId, { signal });
      return toStatus(value.status);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    if (wait !== undefined) await reading.pause(wait);
  }
  for await (const { id, status } of calls.listSessions(tenantId, { signal }))
    if (id === sessionId) return toStatus(status);
  return undefined;
}

/**
 * The session's status after the service refused what every draft allows. Where it is read as a draft all the same, one of the two
 * is behind: then it is read again after waits.
 */
export async function readStatusAfterRefusal(reading: SessionReading, sessionId: string): Promise<string | undefined> {
  for (const wait of WAITS_MS) {
    const status = await readStatus(reading, sessionId);
    if (status !== 'draft') return status;
    await reading.pause(wait);
  }
  return await readStatus(reading, sessionId);
}

/**
 * What stands in a session; `undefined` where the service does not know the session.
 *
 * @throws GraphError (404) where it knows the session and yet not what stands in it: ask again later
 */
export async function readDraft(
  reading: SessionReading,
  session: { readonly id: string; readonly kind: UnitKind },
): Promise<FetchedArtifact[] | undefined> {
  try {
    return await readArtifacts(reading.calls, reading.tenantId, session, reading.signal);
  } catch (error) {
    if (isNotFound(error) && (await readStatus(reading, session.id)) === undefined) return undefined;
    throw error;
  }
}

/** Which of the items do not stand in a session; `undefined` where the service does not know the session. Throws as `readDraft`. */
export async function notInDraft(
  reading: SessionReading,
  session: { readonly id: string; readonly kind: UnitKind },
  items: readonly RestoreItem[],
): Promise<RestoreItem[] | undefined> {
  const artifacts = await readDraft(reading, session);
  if (artifacts === undefined) return undefined;
  const points = new Set(artifacts.map(artifact => artifact.restorePointId));
  return items.filter(item => !points.has(item.restorePointId));
}

export function isNotFound(error: unknown): error is GraphError {
  return error instanceof GraphError && error.status === 404;
}

function toStatus(status: string): string {
  return toSessionStatus(status) ?? status;
}
