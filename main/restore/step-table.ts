import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import type { NewOutcome, Together } from '../catalog/index.ts';
import { type DeltaFailure, GraphError } from '../graph/index.ts';
import {
  isNotFound,
  notInDraft,
  readDraft,
  readStatus,
  readStatusAfterRefusal,
  type SessionReading,
} from './draft-reading.ts';
import { toItemRefusals } from './item-refusals.ts';
import type { Step } from './next-step.ts';
import { compareDraft, type DraftSearch, findOwnDrafts, type Maker } from './own-drafts.ts';
import type { RunPlan } from './run-plan.ts';
import type {
  IntentFacts,
  ItemRefusals,
  OpenIntent,
  OutcomeFacts,
  PartState,
  Refusal,
  RunState,
  StepName,
} from './run-state.ts';

/** What came of a step, as it goes to disk. */
export interface Conclusion {
  readonly outcome: Exclude<NewOutcome['outcome'], 'unknown'>;
  readonly facts: OutcomeFacts;
  readonly link?: NonNullable<Together['link']>;
}

/** What every step works on. */
export interface StepContext extends SessionReading {
  readonly planId: string;
  readonly plan: RunPlan;
  readonly maker: Maker;
  /** Sessions that a plan of this console's calls its own: never a draft astray, whoever's plan it is. */
  readonly linkedSessions: () => Promise<readonly string[]>;
  readonly state: RunState;
}

/**
 * One row of the table: what is read before the intent is written, what is sent after it, and how an intent without a known
 * outcome is settled by reading. `writes` says whether the request changes anything, and so goes into the audit.
 */
export interface StepRow {
  readonly writes: boolean;
  readonly prepare?: (context: StepContext) => Promise<Pick<IntentFacts, 'seenBefore'>>;
  /** @throws GraphError with the outcome `unknown` or `nothing-done`; what was refused is a conclusion */
  readonly request: (context: StepContext, step: Step) => Promise<Conclusion>;
  /** Finds out by reading what became of it. `undone` means: surely nothing, so it may be done again. */
  readonly settle: (context: StepContext, open: OpenIntent) => Promise<Conclusion>;
}

/** Creates of one session that end without an answer and without a draft: each may yet make one, so there is an end to them. */
export const MOST_LOST_CREATES = 10;
/** Deletions of one draft that the service puts off, or does not answer, before the draft is left standing: it restores nothing. */
export const MOST_DELETIONS_PUT_OFF = 5;
/** Waits between the tries to delete a draft that was found astray. */
const STRAY_WAITS_MS = [2_000, 10_000] as const;

/** Why a unit is not restored whose session was not activated before the start was taken back. */
export const TAKEN_BACK: Refusal = {
  code: 'startTakenBack',
  message: 'The start was taken back before the session of this unit was activated.',
};

const UNDONE: Conclusion = { outcome: 'undone', facts: { settledBy: 'reading' } };

/** Somebody deleted the draft before it was activated: neither the session itself nor the list of sessions knows it, asked repeatedly. */
const GONE: Conclusion = {
  outcome: 'refused',
  facts: {
    refusal: { code: 'RestoreSessionNotFound', message: 'The draft is gone from the service.' },
    settledBy: 'reading',
  },
};

/** The steps of a restore, all of them. */
export const stepTable: Readonly<Record<StepName, StepRow>> = {
  create: {
    writes: true,
    prepare: async ({ calls, tenantId, signal }) => {
      const seenBefore: string[] = [];
      for await (const session of calls.listSessions(tenantId, { signal })) seenBefore.push(session.id);
      return { seenBefore };
    },
    request: async (context, step) => {
      const part = partOf(context.state, step);
      const items = part.chunks[0] ?? [];
      try {
        const answer = await context.calls.createSession(context.tenantId, part.kind, artifactsOf(context, items), {
          signal: context.signal,
        });
        return {
          outcome: 'done',
          facts: { sessionId: answer.value.id, ...withRequestId(answer.requestId) },
          link: linkOf(context, part.kind, answer.value.id),
        };
      } catch (error) {
        const refusal = toRefusal(error);
        const itemRefusals = await findGonePoints(context, items, refusal);
        return itemRefusals.length > 0
          ? { outcome: 'refused', facts: { itemRefusals } }
          : { outcome: 'refused', facts: { refusal } };
      }
    },
    settle: async (context, { facts }) => {
      const part = partAt(context.state, facts.part);
      const exclude = await notAstray(context, facts.seenBefore ?? []);
      const [draft] = await findOwnDrafts(searchIn(context), [
        { kind: part.kind, items: part.chunks[0] ?? [], exclude },
      ]);
      if (draft !== undefined)
        return {
          outcome: 'done',
          facts: { sessionId: draft.id, settledBy: 'reading' },
          link: linkOf(context, part.kind, draft.id),
        };
      const lost = context.state.lostCreates.filter(each => each.part === facts.part).length;
      return lost < MOST_LOST_CREATES ? UNDONE : givenUp(lost);
    },
  },

  add: {
    writes: true,
    request: async (context, step) => {
      const part = partOf(context.state, step);
      const chunk = step.step === 'add' ? (part.chunks[step.chunk] ?? []) : [];
      const items = part.mayHoldNext ? await notInDraft(context, draftOf(part), chunk) : chunk;
      if (items === undefined) return GONE;
      if (artifactsOf(context, items).length === 0) return { outcome: 'done', facts: {} };
      try {
        const answer = await context.calls.updateSession(
          context.tenantId,
          part.kind,
          sessionOf(part),
          { add: artifactsOf(context, items) },
          { signal: context.signal },
        );
        // Order and ids of the answer need not match the request: what was taken is read back, never guessed.
        return readChunk(context, part, items, answer.value.failures, withRequestId(answer.requestId));
      } catch (error) {
        const refusal = toRefusal(error);
        if (isNotFound(error)) return await concludeNotFound(context, part, error);
        const itemRefusals = await findGonePoints(context, items, refusal);
        // The chunk was refused whole for some of its points; the others are sent again without them.
        if (itemRefusals.length > 0) return { outcome: 'undone', facts: { itemRefusals } };
        return { outcome: 'refused', facts: { refusal } };
      }
    },
    settle: async (context, { facts }) => {
      const part = partAt(context.state, facts.part);
      const missing = await notInDraft(context, draftOf(part), part.chunks[facts.chunk ?? 0] ?? []);
      if (missing === undefined) return GONE;
      return missing.length === 0 ? { outcome: 'done', facts: { settledBy: 'reading' } } : UNDONE;
    },
  },

  verify: {
    writes: false,
    request: async (context, step) => {
      const part = partOf(context.state, step);
      const artifacts = await readDraft(context, draftOf(part));
      if (artifacts === undefined) return GONE;
      const { missing, foreign } = compareDraft(part.expected, artifacts, context.plan.destination);
      if (missing.length === 0 && foreign.length === 0) return { outcome: 'done', facts: {} };
      return {
        outcome: 'refused',
        facts: {
          refusal: {
            code: 'draftDiffers',
            message: `The draft holds ${artifacts.length} artifacts; ${missing.length} of the plan are missing and ${foreign.length} are not of the plan.`,
          },
        },
      };
    },
    settle: async () => UNDONE,
  },

  activate: {
    writes: true,
    request: async (context, step) => {
      const part = partOf(context.state, step);
      try {
        const answer = await context.calls.activateSession(context.tenantId, sessionOf(part), {
          signal: context.signal,
        });
        return { outcome: 'done', facts: { sessionId: sessionOf(part), ...withRequestId(answer.requestId) } };
      } catch (error) {
        const refusal = toRefusal(error);
        // A session that has left `draft` refuses it: then it was activated before, and that is what was wanted.
        const read = toActivation(part, await statusAfter(context, part, refusal));
        if (read.outcome !== 'undone') return read;
        if (isNotFound(error)) throw later(error);
        return { outcome: 'refused', facts: { refusal } };
      }
    },
    settle: async (context, { facts }) => {
      const part = partAt(context.state, facts.part);
      return toActivation(part, await readStatus(context, sessionOf(part)));
    },
  },

  discard: {
    writes: true,
    request: async (context, step) => {
      const part = partOf(context.state, step);
      const sessionId = sessionOf(part);
      try {
        const answer = await context.calls.deleteSession(context.tenantId, sessionId, { signal: context.signal });
        return { outcome: 'done', facts: { sessionId, ...withRequestId(answer.requestId) } };
      } catch (error) {
        const refusal = toRefusal(error);
        const status = await statusAfter(context, part, refusal);
        // A draft that the service will not delete restores nothing; it is left, and the record says so.
        if (status === 'draft') return { outcome: 'refused', facts: { sessionId, refusal } };
        return await concludeDiscard(context, part, status, withRequestId(refusal.requestId));
      }
    },
    settle: async (context, { facts }) => {
      const part = partAt(context.state, facts.part);
      const sessionId = sessionOf(part);
      const status = await readStatus(context, sessionId);
      if (status !== 'draft') return await concludeDiscard(context, part, status, { settledBy: 'reading' });
      if (part.deletionsPutOff + 1 < MOST_DELETIONS_PUT_OFF) return UNDONE;
      const refusal = { code: 'deletionPutOff', message: 'The service has not deleted the draft, asked repeatedly.' };
      return { outcome: 'refused', facts: { sessionId, refusal, settledBy: 'reading' } };
    },
  },

  sweep: {
    writes: true,
    request: async context => {
      const deleted: string[] = [];
      const left: string[] = [];
      let strays: readonly string[];
      try {
        strays = await findStrays(context);
      } catch (error) {
        // Whoever may not list the sessions any more can't look; a draft restores nothing, and the record says that nobody looked.
        if (!(error instanceof GraphError) || error.status !== 403) throw error;
        return { outcome: 'refused', facts: { refusal: toRefusal(error) } };
      }
      for (const id of strays) ((await deleteStray(context, id)) ? deleted : left).push(id);
      return { outcome: 'done', facts: left.length === 0 ? { deleted } : { deleted, left } };
    },
    // Deleting what is already gone does no harm, so it is simply done again.
    settle: async () => UNDONE,
  },
};

/** @throws the error itself unless the service read the request and said no */
function toRefusal(error: unknown): Refusal {
  if (!(error instanceof GraphError) || error.outcome !== 'refused') throw error;
  return { code: error.code, message: error.message, ...withRequestId(error.requestId) };
}

/** After a refusal that may be about single points: which of them the service does not know any more. */
async function findGonePoints(
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
async function concludeNotFound(context: StepContext, part: PartState, error: GraphError): Promise<Conclusion> {
  if ((await readStatus(context, sessionOf(part))) === undefined) return GONE;
  throw later(error);
}

async function readChunk(
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
function toActivation(part: PartState, status: string | undefined): Conclusion {
  if (status === undefined) return GONE;
  return status === 'draft' ? UNDONE : { outcome: 'done', facts: { sessionId: sessionOf(part), settledBy: 'reading' } };
}

/** The part's status after a refusal; looked at more than once where the refusal says that it is no draft, or not there. */
async function statusAfter(context: StepContext, part: PartState, { code }: Refusal): Promise<string | undefined> {
  const saysNoDraft = ['restoresessionactionnotallowed', 'restoresessionnotfound'].includes(code.toLowerCase());
  return await (saysNoDraft ? readStatusAfterRefusal : readStatus)(context, sessionOf(part));
}

/** The end of a draft that was to be deleted and is none any more: gone, or activated by a request that nobody heard of again. */
async function concludeDiscard(
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

/** Drafts that creates of this run made although they were taken for lost. The sessions are listed once. */
async function findStrays(context: StepContext): Promise<string[]> {
  const own = await notAstray(context, []);
  const sought = context.state.lostCreates.map(({ kind, sent, seenBefore }) => ({
    kind,
    items: sent,
    exclude: new Set([...own, ...seenBefore]),
  }));
  return (await findOwnDrafts(searchIn(context), sought)).map(({ id }) => id);
}

/** @returns false where it is left: the service refuses to delete it, or puts it off, or somebody has activated it */
async function deleteStray(context: StepContext, sessionId: string): Promise<boolean> {
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

/** The error of a write that surely did nothing, since what it was about is known to be as it was: to be tried again later. */
function later({ message, status, code, requestId }: GraphError): GraphError {
  const facts = { status, code, outcome: 'nothing-done' } as const;
  return new GraphError(message, requestId === undefined ? facts : { ...facts, requestId });
}

function givenUp(creates: number): Conclusion {
  const message = `The service gave no answer to ${creates} creates of this session, and lists no draft of any.`;
  return { outcome: 'refused', facts: { refusal: { code: 'createUnanswered', message }, settledBy: 'reading' } };
}

function searchIn({ calls, tenantId, maker, signal, plan }: StepContext): DraftSearch {
  return { calls, tenantId, maker, signal, destination: plan.destination };
}

function artifactsOf({ plan, state }: StepContext, items: readonly RestoreItem[]) {
  const refused = new Set(state.parts.flatMap(part => [...part.refused.keys()]));
  return items
    .filter(item => !refused.has(item.unitId))
    .map(({ restorePointId }) => ({ restorePointId, destinationType: plan.destination }));
}

function linkOf({ planId, tenantId }: StepContext, kind: UnitKind, sessionId: string): NonNullable<Together['link']> {
  return { planId, tenantId, sessionId, kind };
}

/** Sessions that a create can't have made: they stood before it, are this run's own, or another plan's. */
async function notAstray({ state, linkedSessions }: StepContext, seenBefore: readonly string[]): Promise<Set<string>> {
  const own = state.parts.flatMap(part => part.sessionId ?? []);
  return new Set([...seenBefore, ...own, ...(await linkedSessions())]);
}

function partOf(state: RunState, step: Step): PartState {
  return partAt(state, step.step === 'sweep' ? -1 : step.part);
}

function partAt(state: RunState, index: number): PartState {
  const part = state.parts[index];
  if (part === undefined) throw new Error(`The run has no part ${index}.`);
  return part;
}

function sessionOf(part: PartState): string {
  if (part.sessionId === undefined) throw new Error(`Part ${part.part} has no session yet.`);
  return part.sessionId;
}

function draftOf(part: PartState): { readonly id: string; readonly kind: UnitKind } {
  return { id: sessionOf(part), kind: part.kind };
}

function withRequestId(requestId: string | undefined): Pick<OutcomeFacts, 'requestId'> {
  return requestId === undefined ? {} : { requestId };
}
