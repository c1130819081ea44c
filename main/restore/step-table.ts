import { GraphError } from '../graph/index.ts';
import {
  UNDONE,
  GONE,
  toRefusal,
  findGonePoints,
  concludeNotFound,
  readChunk,
  toActivation,
  statusAfter,
  concludeDiscard,
  later,
  givenUp,
} from './conclusions.ts';
import { isNotFound, notInDraft, readDraft, readStatus } from './draft-reading.ts';
import type { Step } from './next-step.ts';
import { compareDraft, findOwnDrafts } from './own-drafts.ts';
import type { IntentFacts, OpenIntent, StepName } from './run-state.ts';
import {
  artifactsOf,
  linkOf,
  partOf,
  partAt,
  sessionOf,
  draftOf,
  withRequestId,
  searchIn,
  type Conclusion,
  type StepContext,
} from './step-context.ts';
import { findStrays, deleteStray, notAstray } from './stray-drafts.ts';

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
