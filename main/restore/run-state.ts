import { z } from 'zod';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import { restoreLimits } from '../../shared/domain/restore-session.ts';
import type { Intent, Outcome } from '../catalog/index.ts';
import type { RunPlan } from './run-plan.ts';

/** Why the service did not take something, in its own words. */
const Refusal = z.object({ code: z.string(), message: z.string(), requestId: z.string().optional() });
export type Refusal = z.infer<typeof Refusal>;

const ItemRefusals = z.array(z.object({ unitId: z.string(), refusal: Refusal }));
export type ItemRefusals = z.infer<typeof ItemRefusals>;

/** The names of the steps, each of which writes an intent before its request and an outcome after it. */
export const stepNames = ['create', 'add', 'verify', 'activate', 'discard', 'sweep'] as const;
export type StepName = (typeof stepNames)[number];

/** What an intent says of itself. `part` is -1 for `sweep`, which is about the whole run. */
export const IntentFacts = z.object({
  run: z.guid(),
  part: z.int().min(-1),
  /** `create`: ids of all sessions that stood before it, so that a draft made by it can be told from an older one. */
  seenBefore: z.array(z.string()).optional(),
  /** `add`: which chunk. */
  chunk: z.int().optional(),
});
export type IntentFacts = z.infer<typeof IntentFacts>;

/** What an outcome says. Which fields are there depends on the step; see `step-table.ts`. */
export const OutcomeFacts = z.object({
  sessionId: z.string().optional(),
  requestId: z.string().optional(),
  /** Items that the service will not take; they are left out from here on. */
  itemRefusals: ItemRefusals.optional(),
  /** The part can't go on. */
  refusal: Refusal.optional(),
  /** `discard`: the session had been activated before, by a request of ours whose answer was lost or by somebody's hand. */
  activated: z.boolean().optional(),
  /** How this was found out, where not from the request's own answer. */
  settledBy: z.enum(['reading']).optional(),
  /** `sweep`: drafts of ours that were found astray and deleted. */
  deleted: z.array(z.string()).optional(),
  /** `sweep`: those that the service refused to delete. */
  left: z.array(z.string()).optional(),
});
export type OutcomeFacts = z.infer<typeof OutcomeFacts>;

/** An intent of this run that nobody knows the end of: the process died, or the answer was lost. Settled by reading. */
export interface OpenIntent {
  readonly seq: number;
  readonly step: StepName;
  readonly facts: IntentFacts;
}

export interface PartState {
  readonly part: number;
  readonly kind: RunPlan['parts'][number]['kind'];
  /** The items still meant, in the chunks that requests carry: the first with the create, each other with a PATCH. */
  readonly chunks: readonly (readonly RestoreItem[])[];
  readonly sessionId?: string;
  /** Chunks that are in the draft. */
  readonly added: number;
  /** The next chunk was sent before without a clear end, so part of it may stand in the draft: read it before sending again. */
  readonly mayHoldNext: boolean;
  /** Items in the draft by our own account: what `verify` compares with. */
  readonly expected: readonly RestoreItem[];
  readonly refused: ReadonlyMap<string, Refusal>;
  /** Seq of the outcome by which the draft was last found equal to the plan. */
  readonly verifiedSeq?: number;
  readonly activated: boolean;
  readonly failed?: Refusal;
  /** The draft was deleted, or never stood. */
  readonly discarded: boolean;
  /** How often the draft was asked to be deleted without an answer, and was found standing. */
  readonly deletionsPutOff: number;
}

export interface RunState {
  readonly parts: readonly PartState[];
  readonly open?: OpenIntent;
  /** Creates whose outcome was unknown at some time, so that a draft of theirs may turn up late. */
  readonly lostCreates: readonly LostCreate[];
  readonly swept: boolean;
}

/** A create of which nobody knew the end: a draft of its making holds what it sent, and did not stand before it. */
export interface LostCreate {
  readonly part: number;
  readonly kind: PartState['kind'];
  /** As the part was cut then; it may have been cut anew since. */
  readonly sent: readonly RestoreItem[];
  readonly seenBefore: readonly string[];
}

/**
 * Reads how far a run has come from what is on disk, and from nothing else: the same after a restart as before it.
 *
 * @param intents all of the plan's, in the order written; those of other runs are passed over
 */
export function toRunState(plan: RunPlan, intents: readonly Intent[]): RunState {
  const parts = plan.parts.map(({ kind, items }, part) => new PartBuilder(part, kind, items));
  const lostCreates: LostCreate[] = [];
  let open: OpenIntent | undefined;
  let swept = false;
  for (const intent of intents) {
    const facts = IntentFacts.parse(intent.facts);
    if (facts.run !== plan.run) continue;
    const step = toStepName(intent.step);
    const outcome = intent.outcomes.at(-1);
    // What it sent is the part's first chunk as the intents before it left it.
    const lost = step === 'create' ? parts[facts.part]?.toLostCreate(facts.seenBefore ?? []) : undefined;
    if (outcome === undefined || outcome.outcome === 'unknown') {
      if (lost !== undefined) lostCreates.push(lost);
      open = { seq: intent.seq, step, facts };
      continue;
    }
    const said = OutcomeFacts.parse(outcome.facts);
    if (lost !== undefined && said.settledBy !== undefined) lostCreates.push(lost);
    // Refused is the end of it as well: whoever may not list the sessions can't look for what was left.
    if (step === 'sweep') swept ||= outcome.outcome === 'done' || outcome.outcome === 'refused';
    else parts[facts.part]?.take(step, facts, outcome, said);
  }
  const state = { parts: parts.map(part => part.build()), lostCreates, swept };
  return open === undefined ? state : { ...state, open };
}

function toStepName(text: string): StepName {
  return z.enum(stepNames).parse(text);
}

/** Cuts items into the chunks that requests carry. */
function toChunks(items: readonly RestoreItem[]): RestoreItem[][] {
  const chunks: RestoreItem[][] = [];
  for (let from = 0; from < items.length; from += restoreLimits.artifactsPerRequest)
    chunks.push(items.slice(from, from + restoreLimits.artifactsPerRequest));
  return chunks;
}

/** Gathers one part's state from its outcomes, in order. */
class PartBuilder {
  readonly #part: number;
  readonly #kind: PartState['kind'];
  #chunks: readonly (readonly RestoreItem[])[];
  #sessionId: string | undefined;
  #added = 0;
  #mayHoldNext = false;
  readonly #refused = new Map<string, Refusal>();
  #verifiedSeq: number | undefined;
  #activated = false;
  #failed: Refusal | undefined;
  #discarded = false;
  #deletionsPutOff = 0;

  constructor(part: number, kind: PartState['kind'], items: readonly RestoreItem[]) {
    this.#part = part;
    this.#kind = kind;
    this.#chunks = toChunks(items);
  }

  take(step: StepName, facts: IntentFacts, outcome: Outcome, said: OutcomeFacts): void {
    for (const { unitId, refusal } of said.itemRefusals ?? []) this.#refused.set(unitId, refusal);
    switch (step) {
      case 'create':
        if (outcome.outcome === 'done') {
          this.#sessionId = said.sessionId;
          this.#added = 1;
          this.#discarded = false;
        } else if (said.itemRefusals !== undefined) {
          // Nothing was sent yet, so what is left may be cut anew; an empty rest ends the part.
          this.#chunks = toChunks(this.#chunks.flat().filter(item => !this.#refused.has(item.unitId)));
          if (this.#chunks.length === 0) this.#fail(said.itemRefusals[0]?.refusal);
        } else if (outcome.outcome === 'refused') this.#fail(said.refusal);
        return;
      case 'add':
        this.#mayHoldNext = outcome.outcome === 'undone';
        if (outcome.outcome === 'done') this.#added = Math.max(this.#added, (facts.chunk ?? 0) + 1);
        else if (outcome.outcome === 'refused') this.#fail(said.refusal);
        return;
      case 'verify':
        if (outcome.outcome === 'done') this.#verifiedSeq = outcome.seq;
        else if (outcome.outcome === 'refused') this.#fail(said.refusal);
        return;
      case 'activate':
        if (outcome.outcome === 'done') this.#activated = true;
        else if (outcome.outcome === 'refused') this.#fail(said.refusal);
        return;
      case 'discard':
        if (said.activated === true) {
          // It runs, so nothing of it failed but the items that do not stand in it.
          this.#activated = true;
          this.#failed = undefined;
        } else if (outcome.outcome !== 'undone') {
          // Deleted, or given up on because the service does not delete it.
          this.#discarded = true;
        } else if (said.settledBy !== undefined) this.#deletionsPutOff += 1;
        return;
      case 'sweep':
        return;
    }
  }

  /** A create of the part as it is cut now, should its outcome be unknown. */
  toLostCreate(seenBefore: readonly string[]): LostCreate {
    return { part: this.#part, kind: this.#kind, sent: this.#chunks[0] ?? [], seenBefore };
  }

  build(): PartState {
    const added = this.#chunks.slice(0, this.#added).flat();
    return {
      part: this.#part,
      kind: this.#kind,
      chunks: this.#chunks,
      added: this.#added,
      mayHoldNext: this.#mayHoldNext,
      expected: added.filter(item => !this.#refused.has(item.unitId)),
      refused: this.#refused,
      activated: this.#activated,
      discarded: this.#discarded,
      deletionsPutOff: this.#deletionsPutOff,
      ...(this.#sessionId === undefined ? {} : { sessionId: this.#sessionId }),
      ...(this.#verifiedSeq === undefined ? {} : { verifiedSeq: this.#verifiedSeq }),
      ...(this.#failed === undefined ? {} : { failed: this.#failed }),
    };
  }

  #fail(refusal: Refusal | undefined): void {
    this.#failed = refusal ?? { code: 'unknown', message: '' };
  }
}
