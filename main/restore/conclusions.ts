import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import { type DeltaFailure, GraphError } from '../graph/index.ts';
import { notInDraft, readStatus, readStatusAfterRefusal } from './draft-reading.ts';
import { toItemRefusals } from './item-refusals.ts';
import type { ItemRefusals, OutcomeFacts, PartState, Refusal } from './run-state.ts';
import { sessionOf, draftOf, withRequestId, type Conclusion, type StepContext } from './step-context.ts';

/** Why a unit is not restored whose session was not activated before the start was taken back. */
export const TAKEN_BACK: Refusal = {
  code: 'startTakenBack',
  message: 'The start was taken back before the session of this unit was activated.',
};

export const UNDONE: Conclusion = { outcome: 'undone', facts: { settledBy: 'reading' } };

/** Somebody deleted the draft before it was activated: neither the session itself nor the list of sessions knows it, asked repeatedly. */
export const GONE: Conclusion = {
  outcome: 'refused',
  facts: {
    refusal: { code: 'RestoreSessionNotFound', message: 'The draft is gone from the service.' },
    settledBy: 'reading',
  },
};

/** @throws the error itself unless the service read the request and said no */
export function toRefusal(error: unknown): Refusal {
  if (!(error instanceof GraphError) || error.outcome !== 'refused') throw error;
  return { code: error.code, message: error.message, ...withRequestId(error.requestId) };
}

/** After a refusal that may be about single points: which of them the service does not know any more. */
export async function findGonePoints(
  context: StepContext,
  items: readonly RestoreItem[],
  refusal: Refusal,
): Promise<ItemRefusals> {
  if (refusal.code.toLowerCase() !== 'invalidrestorepoint') return [];
  const gone: ItemRefusals = [];
  for (const { unitId, restorePointId } of items)
    if (!(await context.calls.pointExists(context.tenantId, restorePointId, { signal: context.signal })))
      gone.push({ unitId, refusal });
  return gone;
}

/** An addition that was answered "not found": the draft is gone for sure, or it is tried again later. */
export async function concludeNotFound(context: StepContext, part: PartState, error: GraphError): Promise<Conclusion> {
  if ((await readStatus(context, sessionOf(part))) === undefined) return GONE;
  throw later(error);
}

export async function readChunk(
  context: StepContext,
  part: PartState,
  items: readonly RestoreItem[],
  failures: readonly DeltaFailure[],
  requestId: Pick<OutcomeFacts, 'requestId'>,
): Promise<Conclusion> {
  if (failures.length === 0) return { outcome: 'done', facts: requestId };
  const missing = await notInDraft(context, draftOf(part), items);
  if (missing === undefined) return GONE;
  return { outcome: 'done', facts: { ...requestId, itemRefusals: toItemRefusals(missing, failures, requestId) } };
}

/** Whether the session was activated, by its own word. */
export function toActivation(part: PartState, status: string | undefined): Conclusion {
  if (status === undefined) return GONE;
  return status === 'draft' ? UNDONE : { outcome: 'done', facts: { sessionId: sessionOf(part), settledBy: 'reading' } };
}

/** The part's status after a refusal; looked at more than once where the refusal says that it is no draft, or not there. */
export async function statusAfter(
  context: StepContext,
  part: PartState,
  { code }: Refusal,
): Promise<string | undefined> {
  const saysNoDraft = ['restoresessionactionnotallowed', 'restoresessionnotfound'].includes(code.toLowerCase());
  return await (saysNoDraft ? readStatusAfterRefusal : readStatus)(context, sessionOf(part));
}

/** The end of a draft that was to be deleted and is none any more: gone, or activated by a request that nobody heard of again. */
export async function concludeDiscard(
  context: StepContext,
  part: PartState,
  status: string | undefined,
  facts: Pick<OutcomeFacts, 'requestId' | 'settledBy'>,
): Promise<Conclusion> {
  const sessionId = sessionOf(part);
  if (status === undefined) return { outcome: 'done', facts: { sessionId, ...facts } };
  // What stands in a session can't change any more once it is active.
  const meant = part.chunks.flat().filter(({ unitId }) => !part.refused.has(unitId));
  const missing = (await notInDraft(context, draftOf(part), meant)) ?? meant;
  const refusal = part.failed ?? TAKEN_BACK;
  const itemRefusals = missing.map(({ unitId }) => ({ unitId, refusal }));
  return {
    outcome: 'done',
    facts: { sessionId, activated: true, ...(itemRefusals.length === 0 ? {} : { itemRefusals }), ...facts },
  };
}

/** The error of a write that surely did nothing, since what it was about is known to be as it was: to be tried again later. */
export function later({ message, status, code, requestId }: GraphError): GraphError {
  const facts = { status, code, outcome: 'nothing-done' } as const;
  return new GraphError(message, requestId === undefined ? facts : { ...facts, requestId });
}

export function givenUp(creates: number): Conclusion {
  const message = `The service gave no answer to ${creates} creates of this session, and lists no draft of any.`;
  return { outcome: 'refused', facts: { refusal: { code: 'createUnanswered', message }, settledBy: 'reading' } };
}
