import { GraphError } from '../graph/index.ts';
import { readStatus } from './draft-reading.ts';
import { findOwnDrafts } from './own-drafts.ts';
import { searchIn, type StepContext } from './step-context.ts';

/** Waits between the tries to delete a draft that was found astray. */
const STRAY_WAITS_MS = [2_000, 10_000] as const;

/** Drafts that creates of this run made although they were taken for lost. The sessions are listed once. */
export async function findStrays(context: StepContext): Promise<string[]> {
  const own = await notAstray(context, []);
  const sought = context.state.lostCreates.map(({ kind, sent, seenBefore }) => ({
    kind,
    items: sent,
    exclude: new Set([...own, ...seenBefore]),
  }));
  return (await findOwnDrafts(searchIn(context), sought)).map(({ id }) => id);
}

/** @returns false where it is left: the service refuses to delete it, or puts it off, or somebody has activated it */
export async function deleteStray(context: StepContext, sessionId: string): Promise<boolean> {
  for (const wait of [...STRAY_WAITS_MS, undefined]) {
    let isRefused = false;
    try {
      await context.calls.deleteSession(context.tenantId, sessionId, { signal: context.signal });
      return true;
    } catch (error) {
      if (!(error instanceof GraphError) || error.outcome === 'nothing-done') throw error;
      isRefused = error.outcome === 'refused';
    }
    const status = await readStatus(context, sessionId);
    if (status !== 'draft' || isRefused) return status === undefined;
    if (wait !== undefined) await context.pause(wait);
  }
  return false;
}

/** Sessions that a create can't have made: they stood before it, are this run's own, or another plan's. */
export async function notAstray(
  { state, linkedSessions }: StepContext,
  seenBefore: readonly string[],
): Promise<Set<string>> {
  const own = state.parts.flatMap(part => part.sessionId ?? []);
  return new Set([...seenBefore, ...own, ...(await linkedSessions())]);
}
