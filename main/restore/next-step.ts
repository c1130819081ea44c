import type { PartState, RunState, StepName } from './run-state.ts';

/** One step to take: which, and for which part. `sweep` is about the whole run. */
export type Step =
  | { readonly step: Exclude<StepName, 'add' | 'sweep'>; readonly part: number }
  | { readonly step: 'add'; readonly part: number; readonly chunk: number }
  | { readonly step: 'sweep' };

/**
 * What to do next, from what is on disk. The order is the safety: every session is drafted and found equal to the plan before
 * the first is activated, and a draft that is not wanted any more is deleted.
 *
 * @param verifiedSince only a verification written after this seq counts (those of an earlier process are made again,
 *   since others may have changed the draft meanwhile)
 * @returns `undefined` once nothing is left to do but to follow the active sessions
 */
export function nextStep(
  state: RunState,
  given: { readonly cancelled: boolean; readonly verifiedSince: number },
): Step | undefined {
  if (!given.cancelled) {
    for (const part of state.parts) {
      const step = drafting(part, given.verifiedSince);
      if (step !== undefined) return step;
    }
    const waiting = state.parts.find(part => isWorthActivating(part) && !part.activated);
    if (waiting !== undefined) return { step: 'activate', part: waiting.part };
  }
  // Last, so that a draft which the service is slow to delete keeps no sound session waiting.
  for (const part of state.parts) {
    const step = given.cancelled || !isWorthActivating(part) ? unwanted(part) : undefined;
    if (step !== undefined) return step;
  }
  return state.lostCreates.length > 0 && !state.swept ? { step: 'sweep' } : undefined;
}

/** Whether the part shall still be restored. */
function isWanted(part: PartState): boolean {
  return part.failed === undefined && !part.discarded;
}

/** A draft of which the service took nothing is not: it would be an empty restore. */
function isWorthActivating(part: PartState): boolean {
  return isWanted(part) && part.expected.length > 0;
}

function drafting(part: PartState, verifiedSince: number): Step | undefined {
  if (part.activated) return undefined;
  if (!isWanted(part)) return undefined;
  if (part.sessionId === undefined) return { step: 'create', part: part.part };
  if (part.added < part.chunks.length) return { step: 'add', part: part.part, chunk: part.added };
  if (!isWorthActivating(part)) return undefined;
  const verified = part.verifiedSeq !== undefined && part.verifiedSeq > verifiedSince;
  return verified ? undefined : { step: 'verify', part: part.part };
}

function unwanted(part: PartState): Step | undefined {
  const standing = part.sessionId !== undefined && !part.discarded && !part.activated;
  return standing ? { step: 'discard', part: part.part } : undefined;
}
