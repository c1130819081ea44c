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

/** A draft that a create of ours may have made. */
export interface DraftSought {
  readonly kind: UnitKind;
  /** What the create sent. */
  readonly items: readonly RestoreItem[];
  /** Sessions that stood before the create, and those that are known already: none of them is what is sought. */
  readonly exclude: ReadonlySet<string>;
}

/** Where drafts of ours are looked for, and what all of them have in common. */
export interface DraftSearch {
  readonly calls: RestoreCalls;
  readonly tenantId: TenantId;
  readonly destination: RunPlan['destination'];
  readonly maker: Maker;
  readonly signal: AbortSignal;
}

/**
 * Finds drafts that creates of ours made although their answers never came: not there before, made by the same app and person, and
 * holding exactly what one of them sent. Anything else is never touched: two technicians may choose the same points. However many are
 * sought, the sessions are listed once, and each that may be ours is read once.
 */
export async function findOwnDrafts(
  { calls, tenantId, destination, maker, signal }: DraftSearch,
  sought: readonly DraftSought[],
): Promise<FetchedSession[]> {
  const found: FetchedSession[] = [];
  for await (const session of calls.listSessions(tenantId, { signal })) {
    const { id, kind } = session;
    if (kind === undefined || toSessionStatus(session.status) !== 'draft' || !isMadeBy(session, maker)) continue;
    const candidates = sought.filter(each => each.kind === kind && !each.exclude.has(id));
    if (candidates.length === 0) continue;
    const artifacts = await readArtifacts(calls, tenantId, { id, kind }, signal);
    const isOne = candidates.some(({ items }) => {
      const { missing, foreign } = compareDraft(items, artifacts, destination);
      return missing.length === 0 && foreign.length === 0;
    });
    if (isOne) found.push(session);
  }
  return found;
}
