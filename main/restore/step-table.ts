import type { TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import { toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { NewOutcome, Together } from '../catalog/index.ts';
import { type FetchedArtifact, GraphError } from '../graph/index.ts';
import type { Step } from './next-step.ts';
import { compareDraft, findOwnDrafts, type Maker, readArtifacts } from './own-drafts.ts';
import type { RestoreCalls } from './restore-calls.ts';
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
export interface StepContext {
  readonly calls: RestoreCalls;
  readonly tenantId: TenantId;
  readonly planId: string;
  readonly plan: RunPlan;
  readonly maker: Maker;
  /** Sessions that a plan of this console's calls its own: never a draft astray, whoever's plan it is. */
  readonly linkedSessions: () => Promise<readonly string[]>;
  readonly state: RunState;
  readonly signal: AbortSignal;
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

const UNDONE: Conclusion = { outcome: 'undone', facts: { settledBy: 'reading' } };

/** Somebody deleted the draft before it was activated. */
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
      const [draft] = await findOwnDrafts(
        context.calls,
        {
          tenantId: context.tenantId,
          kind: part.kind,
          items: part.chunks[0] ?? [],
          destination: context.plan.destination,
          maker: context.maker,
          exclude: await notAstray(context, facts.seenBefore ?? []),
        },
        context.signal,
      );
      return draft === undefined
        ? UNDONE
        : {
            outcome: 'done',
            facts: { sessionId: draft.id, settledBy: 'reading' },
            link: linkOf(context, part.kind, draft.id),
          };
    },
  },

  add: {
    writes: true,
    request: async (context, step) => {
      const part = partOf(context.state, step);
      const chunk = step.step === 'add' ? (part.chunks[step.chunk] ?? []) : [];
      const items = part.mayHoldNext ? await notInDraft(context, part, chunk) : chunk;
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
        const itemRefusals = await findGonePoints(context, items, refusal);
        // The chunk was refused whole for some of its points; the others are sent again without them.
        if (itemRefusals.length > 0) return { outcome: 'undone', facts: { itemRefusals } };
        return { outcome: 'refused', facts: { refusal } };
      }
    },
    settle: async (context, { facts }) => {
      const part = partAt(context.state, facts.part);
      const missing = await notInDraft(context, part, part.chunks[facts.chunk ?? 0] ?? []);
      if (missing === undefined) return GONE;
      return missing.length === 0 ? { outcome: 'done', facts: { settledBy: 'reading' } } : UNDONE;
    },
  },

  verify: {
    writes: false,
    request: async (context, step) => {
      const part = partOf(context.state, step);
      const artifacts = await readDraft(context, part);
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
        const read = await readActivation(context, part);
        return read.outcome === 'done' ? read : { outcome: 'refused', facts: { refusal } };
      }
    },
    settle: async (context, { facts }) => readActivation(context, partAt(context.state, facts.part)),
  },

  discard: {
    writes: true,
    request: async (context, step) => {
      const sessionId = sessionOf(partOf(context.state, step));
      try {
        return { outcome: 'done', facts: { sessionId, ...(await deleteDraft(context, sessionId)) } };
      } catch (error) {
        // A draft that the service will not delete restores nothing; it is left, and the record says so.
        return { outcome: 'refused', facts: { sessionId, refusal: toRefusal(error) } };
      }
    },
    settle: async (context, { facts }) => {
      const sessionId = sessionOf(partAt(context.state, facts.part));
      const status = await readStatus(context, sessionId);
      return status === 'draft' ? UNDONE : { outcome: 'done', facts: { sessionId, settledBy: 'reading' } };
    },
  },

  sweep: {
    writes: true,
    request: async context => {
      const deleted: string[] = [];
      const left: string[] = [];
      for (const { kind, sent, seenBefore } of context.state.lostCreates) {
        const strays = await findOwnDrafts(
          context.calls,
          {
            tenantId: context.tenantId,
            kind,
            items: sent,
            destination: context.plan.destination,
            maker: context.maker,
            exclude: await notAstray(context, seenBefore),
          },
          context.signal,
        );
        for (const { id } of strays) {
          try {
            await deleteDraft(context, id);
            deleted.push(id);
          } catch (error) {
            // A draft that the service will not delete restores nothing: it is left, and the record says so.
            toRefusal(error);
            left.push(id);
          }
        }
      }
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

/** What stands in the part's draft; `undefined` where the service does not know the draft. */
async function readDraft(context: StepContext, part: PartState): Promise<FetchedArtifact[] | undefined> {
  const session = { id: sessionOf(part), kind: part.kind };
  try {
    return await readArtifacts(context.calls, context.tenantId, session, context.signal);
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return undefined;
    throw error;
  }
}

/** Which of the items do not stand in the part's draft; `undefined` where the service does not know the draft. */
async function notInDraft(
  context: StepContext,
  part: PartState,
  items: readonly RestoreItem[],
): Promise<RestoreItem[] | undefined> {
  const artifacts = await readDraft(context, part);
  if (artifacts === undefined) return undefined;
  const points = new Set(artifacts.map(artifact => artifact.restorePointId));
  return items.filter(item => !points.has(item.restorePointId));
}

async function readChunk(
  context: StepContext,
  part: PartState,
  items: readonly RestoreItem[],
  failures: readonly Refusal[],
  requestId: Pick<OutcomeFacts, 'requestId'>,
): Promise<Conclusion> {
  if (failures.length === 0) return { outcome: 'done', facts: requestId };
  const missing = await notInDraft(context, part, items);
  if (missing === undefined) return GONE;
  // A failure need not say which item it is about; where it is alone, or all are alike, that does not matter.
  const reason = failures[0] ?? { code: 'unknown', message: '' };
  const itemRefusals = missing.map(({ unitId }, index) => {
    const { code, message } = failures.length === missing.length ? (failures[index] ?? reason) : reason;
    return { unitId, refusal: { code, message, ...requestId } };
  });
  return { outcome: 'done', facts: { ...requestId, itemRefusals } };
}

/** Whether the session was activated, by its own word. */
async function readActivation(context: StepContext, part: PartState): Promise<Conclusion> {
  const sessionId = sessionOf(part);
  const status = await readStatus(context, sessionId);
  if (status === undefined) return GONE;
  return status === 'draft' ? UNDONE : { outcome: 'done', facts: { sessionId, settledBy: 'reading' } };
}

/** The session's status; `undefined` where the service does not know it. */
async function readStatus(context: StepContext, sessionId: string): Promise<string | undefined> {
  try {
    const { value } = await context.calls.getSession(context.tenantId, sessionId, { signal: context.signal });
    return toSessionStatus(value.status) ?? value.status;
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return undefined;
    throw error;
  }
}

async function deleteDraft(context: StepContext, sessionId: string): Promise<Pick<OutcomeFacts, 'requestId'>> {
  try {
    const answer = await context.calls.deleteSession(context.tenantId, sessionId, { signal: context.signal });
    return withRequestId(answer.requestId);
  } catch (error) {
    // Gone already, or started by somebody's hand: either way there is no draft left to delete.
    const refusal = toRefusal(error);
    const status = await readStatus(context, sessionId);
    if (status === 'draft') throw error;
    return withRequestId(refusal.requestId);
  }
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

function withRequestId(requestId: string | undefined): Pick<OutcomeFacts, 'requestId'> {
  return requestId === undefined ? {} : { requestId };
}
