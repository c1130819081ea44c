import type { TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import { toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { FetchedArtifact, FetchedSession } from '../graph/index.ts';
import type { RestoreCalls } from './restore-calls.ts';
import type { RunPlan } from './run-plan.ts';

/** Who we are to the service: a draft made by anyone else is never ours, whatever it holds. */
export interface Maker {
  readonly applicationId: string;
  readonly username: string;
  readonly objectId?: string;
}

/** Whether the session says that it was made by this app and this person. A session that does not say so is not ours. */
function isMadeBy(session: FetchedSession, maker: Maker): boolean {
  const by = session.createdBy;
  if (by?.applicationId === undefined || !same(by.applicationId, maker.applicationId)) return false;
  if (by.userId !== undefined && maker.objectId !== undefined) return same(by.userId, maker.objectId);
  return by.userEmail !== undefined && same(by.userEmail, maker.username);
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** All artifacts of a session, read to the end. */
export async function readArtifacts(
  calls: RestoreCalls,
  tenantId: TenantId,
  session: { readonly id: string; readonly kind: UnitKind },
  signal?: AbortSignal,
): Promise<FetchedArtifact[]> {
  const artifacts: FetchedArtifact[] = [];
  for await (const { value } of calls.listArtifacts(
    tenantId,
    session.kind,
    session.id,
    signal === undefined ? {} : { signal },
  ))
    artifacts.push(...value.items);
  return artifacts;
}

/** How what stands in a draft differs from what was meant. Both lists empty: equal. */
export interface Difference {
  readonly missing: readonly RestoreItem[];
  /** Artifacts that nobody meant, or that go to another destination. */
  readonly foreign: readonly FetchedArtifact[];
}

/** Compares a draft, as read back, with the items meant for it: the same points, each once, to the same destination. */
export function compareDraft(
  expected: readonly RestoreItem[],
  artifacts: readonly FetchedArtifact[],
  destination: RunPlan['destination'],
): Difference {
  const missing = new Map(expected.map(item => [item.restorePointId, item]));
  const foreign: FetchedArtifact[] = [];
  for (const artifact of artifacts) {
    const meant = artifact.restorePointId !== undefined && artifact.destinationType === destination;
    if (!meant || artifact.restorePointId === undefined || !missing.delete(artifact.restorePointId))
      foreign.push(artifact);
  }
  return { missing: [...missing.values()], foreign };
}

/** What a search for a draft of ours goes by. */
export interface DraftSought {
  readonly tenantId: TenantId;
  readonly kind: UnitKind;
  /** What the create sent. */
  readonly items: readonly RestoreItem[];
  readonly destination: RunPlan['destination'];
  readonly maker: Maker;
  /** Sessions that stood before the create, and those that are known already: none of them is what is sought. */
  readonly exclude: ReadonlySet<string>;
}

/**
 * Finds drafts that a create of ours made although its answer never came: not there before it, made by the same app and
 * person, and holding exactly what was sent. Anything else is never touched: two technicians may choose the same points.
 */
export async function findOwnDrafts(
  calls: RestoreCalls,
  sought: DraftSought,
  signal?: AbortSignal,
): Promise<FetchedSession[]> {
  const options = signal === undefined ? {} : { signal };
  const found: FetchedSession[] = [];
  for await (const session of calls.listSessions(sought.tenantId, options)) {
    if (sought.exclude.has(session.id) || session.kind !== sought.kind) continue;
    if (toSessionStatus(session.status) !== 'draft' || !isMadeBy(session, sought.maker)) continue;
    const artifacts = await readArtifacts(calls, sought.tenantId, { id: session.id, kind: sought.kind }, signal);
    const { missing, foreign } = compareDraft(sought.items, artifacts, sought.destination);
    if (missing.length === 0 && foreign.length === 0) found.push(session);
  }
  return found;
}
