import { QUESTIONS_A_BATCH, type Question } from '../../shared/domain/knowledge/index.ts';
import { type Reply, toBatches } from '../../shared/domain/planner/index.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { type BatchPart, clientFaults, type GraphError, hasCode, type TenantGraph } from '../graph/index.ts';
import { type Told, toAnswer, toRequest } from './graph-questions.ts';
import type { ServiceClocks } from './service-clock.ts';

/** Batches of one wave, under way side by side. */
const BATCHES_AT_ONCE = 4;
/** So many questions are asked before their answers are written and anybody else may have a turn. */
export const QUESTIONS_A_WAVE = BATCHES_AT_ONCE * QUESTIONS_A_BATCH;

/** All of the Graph client that asking needs. */
export interface BatchingGraph {
  forTenant(tenantId: TenantId): Pick<TenantGraph, 'batch'>;
}

/** What became of a wave of questions. */
export interface WaveResult {
  /** `replies[i]` belongs to the i-th question; `undefined`: it was not asked to its end, so nothing may be concluded from it. */
  readonly replies: readonly (Reply | undefined)[];
  /** Why asking further would be of no use now: the network, the sign-in, the service's own limits. Not there: go on. */
  readonly final?: Error;
  /** The first failure that concerned its question alone. */
  readonly failure?: GraphError;
}

/**
 * Asks up to `QUESTIONS_A_WAVE` questions, twenty a `$batch`, all side by side. Never throws for what the service or the network
 * did: what was answered is answered, whatever became of the rest.
 */
export async function askWave(
  { graph, clocks }: { readonly graph: BatchingGraph; readonly clocks: Pick<ServiceClocks, 'learn'> },
  tenantId: TenantId,
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<WaveResult> {
  const tenant = graph.forTenant(tenantId);
  // Each batch by itself: when the signal aborts, those that were answered before are kept.
  const batches = await Promise.allSettled(
    toBatches(questions).map(async batch => {
      const parts = await tenant.batch(batch.map(toRequest), { signal });
      return parts.map((part, index) => ({ part, question: batch[index] }));
    }),
  );
  const replies: (Reply | undefined)[] = [];
  let final: Error | undefined;
  let failure: GraphError | undefined;
  for (const [at, batch] of batches.entries()) {
    if (batch.status === 'rejected') {
      final ??= toError(batch.reason);
      const size = Math.min(QUESTIONS_A_BATCH, questions.length - at * QUESTIONS_A_BATCH);
      for (let left = size; left > 0; left--) replies.push(undefined);
      continue;
    }
    for (const { part, question } of batch.value) {
      if (part.ok) clocks.learn(tenantId, part.answer);
      else if (isFinal(part.error)) final ??= part.error;
      else failure ??= part.error;
      replies.push(question === undefined ? undefined : toReply(question, part));
    }
  }
  return { replies, ...(final === undefined ? {} : { final }), ...(failure === undefined ? {} : { failure }) };
}

/** What a promise was rejected with, which may be anything. */
export function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function toReply(question: Question, part: BatchPart<Told>): Reply | undefined {
  if (part.ok) return toAnswer(question, part.answer) ?? 'failed';
  return isFinal(part.error) ? undefined : 'failed';
}

const FINAL_FAULTS: readonly string[] = [
  clientFaults.tokenUnavailable,
  clientFaults.wrongTenant,
  clientFaults.foreignOrigin,
  clientFaults.redirected,
  clientFaults.networkLost,
  clientFaults.timedOut,
  clientFaults.aborted,
];

/** Whether the failure has nothing to do with the question: any other would fail the same way now. The client has retried already. */
function isFinal(error: GraphError): boolean {
  if (FINAL_FAULTS.some(code => hasCode(error, code))) return true;
  return (
    error.status === 401 || error.status === 429 || (error.status === 503 && error.retryAfterSeconds !== undefined)
  );
}

/** Whether the service as a whole seems to be failing, rather than to refuse this question. */
export function isOutage(error: GraphError): boolean {
  return (
    error.status >= 500 ||
    error.status === 403 ||
    error.code.toLowerCase() === clientFaults.unreadableAnswer.toLowerCase()
  );
}
