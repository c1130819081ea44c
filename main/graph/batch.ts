import { QUESTIONS_A_BATCH } from '../../shared/domain/knowledge/index.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { Answer } from './answer.ts';
import { type RawAnswer, readAnswer } from './answer-reading.ts';
import { asObject, count, findObject, ShapeError, text } from './fields.ts';
import { clientFaults, GraphError, hasCode, ofTenant, toClientFault } from './graph-error.ts';
import type { CallOptions, ReadRequest } from './graph-request.ts';
import type { RetryCount } from './retry-policy.ts';
import { type RequestRunner, type RunOptions, toRenewal } from './request-runner.ts';

/** Batches of one call that are under way at once. */
const MAX_AT_ONCE = 4;

/** What became of one request of a batch. */
export type BatchPart<T> =
  | { readonly ok: true; readonly answer: Answer<T> }
  | { readonly ok: false; readonly error: GraphError };

/** One question on its way: what it is, when it may be asked next, and how often it was. */
interface Pending<T> {
  readonly index: number;
  readonly request: ReadRequest<T>;
  readonly tries: RetryCount;
  dueMs: number;
  claims: string | undefined;
  forceRefresh: boolean;
}

/**
 * Asks many independent questions in few round trips, twenty a `$batch`. Each is answered, fails, waits and is asked again for itself.
 *
 * @returns what became of each, in the order asked
 * @throws GraphError `clientAborted` when the signal aborts
 */
export async function runBatch<T>(
  runner: RequestRunner,
  tenantId: TenantId,
  requests: readonly ReadRequest<T>[],
  options: CallOptions = {},
): Promise<readonly BatchPart<T>[]> {
  const [only, ...others] = requests;
  if (only !== undefined && others.length === 0) return [await asPart(runner.run(tenantId, only, options))];
  const results = new Map<number, BatchPart<T>>();
  const chunks: Pending<T>[][] = [];
  for (const [index, request] of requests.entries()) {
    if (index % QUESTIONS_A_BATCH === 0) chunks.push([]);
    chunks
      .at(-1)
      ?.push({ index, request, tries: runner.countTries(), dueMs: 0, claims: undefined, forceRefresh: false });
  }
  const workers = Array.from({ length: Math.min(MAX_AT_ONCE, chunks.length) }, async () => {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      await runChunk(runner, tenantId, chunk, results, options);
    }
  });
  await Promise.all(workers);
  return requests.map((_, index) => results.get(index) ?? missing());
}

async function runChunk<T>(
  runner: RequestRunner,
  tenantId: TenantId,
  chunk: readonly Pending<T>[],
  results: Map<number, BatchPart<T>>,
  options: CallOptions,
): Promise<void> {
  let pending = [...chunk];
  while (pending.length > 0) {
    await runner.sleepUntil(Math.min(...pending.map(part => part.dueMs)), options.signal);
    const now = runner.timing.elapsedMs();
    const due = pending.filter(part => part.dueMs <= now);
    pending = pending.filter(part => part.dueMs > now);
    const answer = await asPart(runner.run(tenantId, batchRequest(due), toRunOptions(due, options)));
    const throttled: number[] = [];
    for (const [position, part] of due.entries()) {
      // The batch as a whole was tried as often as it may be: its failure is each part's, for good.
      const outcome = answer.ok ? readPart(part.request, answer.answer, String(position)) : answer;
      const retry = answer.ok && !outcome.ok ? toNextTry(part, outcome.error) : undefined;
      if (retry === undefined) {
        results.set(part.index, outcome.ok ? outcome : { ok: false, error: ofTenant(tenantId, outcome.error) });
        continue;
      }
      part.dueMs = runner.timing.elapsedMs() + retry.waitSeconds * 1000;
      if (retry.isThrottled) throttled.push(retry.waitSeconds);
      pending.push(part);
    }
    // Each part waits for itself; the tenant's other requests wait until the first of them may ask again.
    if (throttled.length > 0) runner.gate.close(tenantId, Math.min(...throttled));
  }
}

function toNextTry<T>(part: Pending<T>, error: GraphError): { waitSeconds: number; isThrottled: boolean } | undefined {
  const renewal = toRenewal(error, part);
  if (renewal === undefined) return part.tries.next(part.request, error);
  Object.assign(part, renewal);
  return { waitSeconds: 0, isThrottled: false };
}

function toRunOptions(parts: readonly Pending<unknown>[], options: CallOptions): RunOptions {
  const claims = parts.find(part => part.claims !== undefined)?.claims;
  return {
    ...options,
    ...(claims === undefined ? {} : { claims }),
    forceRefresh: parts.some(part => part.forceRefresh),
  };
}

function batchRequest(parts: readonly Pending<unknown>[]): ReadRequest<ReadonlyMap<string, unknown>> {
  return {
    effect: 'read',
    method: 'POST',
    path: '/$batch',
    body: {
      requests: parts.map(({ request }, position) => ({
        id: String(position),
        method: request.method,
        url: request.path,
        headers: {
          Prefer: 'include-unknown-enum-members',
          ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: request.body }),
      })),
    },
    scopes: [...new Set(parts.flatMap(({ request }) => request.scopes))],
    toValue: body => {
      const { responses } = asObject(body, 'the batch');
      if (!Array.isArray(responses)) throw new ShapeError('the batch has no "responses"');
      return new Map(responses.map((part: unknown) => [String(findObject(part)?.['id']), part]));
    },
  };
}

function readPart<T>(request: ReadRequest<T>, answers: Answer<ReadonlyMap<string, unknown>>, id: string): BatchPart<T> {
  const { value, ...outer } = answers;
  const part = findObject(value.get(id));
  const status = count.parse(part?.['status']);
  if (part === undefined || status === undefined) return missing(outer.requestId);
  const headers = findObject(part['headers']) ?? {};
  const header = (name: string) => {
    const key = Object.keys(headers).find(candidate => candidate.toLowerCase() === name);
    const content = key === undefined ? undefined : headers[key];
    return typeof content === 'string' || typeof content === 'number' ? String(content) : null;
  };
  const requestId = text.parse(header('request-id')) ?? outer.requestId;
  const contentLocation = text.parse(header('content-location'));
  const body = part['body'];
  const raw: RawAnswer = {
    facts: {
      ...outer,
      status,
      ...(requestId === undefined ? {} : { requestId }),
      ...(contentLocation === undefined ? {} : { contentLocation }),
    },
    header,
    // A body that is no JSON comes as text.
    ...(typeof body === 'string' && body !== ''
      ? { body: undefined, unreadable: body.slice(0, 200) }
      : { body: body ?? undefined }),
  };
  try {
    return { ok: true, answer: readAnswer(request, raw) };
  } catch (error) {
    if (error instanceof GraphError) return { ok: false, error };
    throw error;
  }
}

async function asPart<T>(work: Promise<Answer<T>>): Promise<BatchPart<T>> {
  try {
    return { ok: true, answer: await work };
  } catch (error) {
    if (!(error instanceof GraphError) || hasCode(error, clientFaults.aborted)) throw error;
    return { ok: false, error };
  }
}

function missing(requestId?: string): { readonly ok: false; readonly error: GraphError } {
  return {
    ok: false,
    error: toClientFault(clientFaults.partMissing, "The batch's answer says nothing of one of its questions.", {
      status: 200,
      ...(requestId === undefined ? {} : { requestId }),
    }),
  };
}
