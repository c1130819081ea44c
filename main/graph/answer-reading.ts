import { z } from 'zod';
import type { Answer, AnswerFacts } from './answer.ts';
import { findClaimsChallenge } from './claims-challenge.ts';
import { findObject, ShapeError, text } from './fields.ts';
import { clientFaults, GraphError, type GraphErrorFacts, type Outcome } from './graph-error.ts';
import type { GraphRequest } from './graph-request.ts';
import { toRetryAfterSeconds } from './retry-after.ts';

/** An answer that is there, be it an HTTP answer of its own or a part of a `$batch`. */
export interface RawAnswer {
  readonly facts: AnswerFacts;
  readonly header: (name: string) => string | null;
  /** The parsed JSON; `undefined` for an empty body. */
  readonly body: unknown;
  /** What the body is where it is no JSON: its beginning, for the error alone. */
  readonly unreadable?: string;
}

const MAX_QUOTED = 200;

/** Reads a body's text as JSON. */
export function toBody(content: string): Pick<RawAnswer, 'body' | 'unreadable'> {
  if (content.trim() === '') return { body: undefined };
  try {
    return { body: JSON.parse(content) as unknown };
  } catch {
    return { body: undefined, unreadable: content.slice(0, MAX_QUOTED) };
  }
}

/** @throws GraphError unless the service did what was asked and said so in a form that can be read */
export function readAnswer<T>(request: GraphRequest<T>, raw: RawAnswer): Answer<T> {
  const { status } = raw.facts;
  if (status < 200 || status >= 300) throw toGraphError(request, raw);
  if (raw.unreadable !== undefined) {
    throw new GraphError(`The answer (${status}) is not readable as JSON.`, {
      ...errorFacts(request, raw, clientFaults.unreadableAnswer),
      body: raw.unreadable,
    });
  }
  try {
    return { ...raw.facts, value: request.toValue(raw.body) };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new GraphError(`The answer (${status}) is not what the service documents: ${error.message}.`, {
      ...errorFacts(request, raw, clientFaults.unexpectedShape),
      body: raw.body,
    });
  }
}

const errorBody = z.object({ code: text, message: text });

function toGraphError(request: GraphRequest<unknown>, raw: RawAnswer): GraphError {
  const { status } = raw.facts;
  const body = findObject(raw.body);
  const error = findObject(body?.['error']) ?? barePublicError(body, raw);
  const { code, message } = errorBody.parse(error ?? {});
  const inner = findObject(error?.['innerError']);
  const requestId = raw.facts.requestId ?? text.parse(inner?.['request-id']);
  const facts = errorFacts(request, raw, code ?? clientFaults.unreadableAnswer);
  return new GraphError(message ?? `Graph answered ${status} without saying why.`, {
    ...facts,
    ...(requestId === undefined ? {} : { requestId }),
    body: raw.unreadable ?? raw.body,
  });
}

/**
 * One documented refusal (of the preview) is a bare publicError, without the envelope. Told from any other JSON, such as a
 * proxy's, by Graph's marks: a request id, or the rest of a publicError.
 */
function barePublicError(body: ReturnType<typeof findObject>, raw: RawAnswer): ReturnType<typeof findObject> {
  const isGraphs =
    raw.facts.requestId !== undefined || body?.['innerError'] !== undefined || Array.isArray(body?.['details']);
  return isGraphs ? body : undefined;
}

function errorFacts(request: GraphRequest<unknown>, raw: RawAnswer, code: string): GraphErrorFacts {
  const { status, requestId, clientRequestId, serviceAt } = raw.facts;
  const retryAfterSeconds = toRetryAfterSeconds(raw.header('retry-after'), serviceAt);
  const claims = status === 401 ? findClaimsChallenge(raw.header('www-authenticate')) : undefined;
  return {
    status,
    code,
    outcome: toOutcome(request, status, code),
    clientRequestId,
    ...(requestId === undefined ? {} : { requestId }),
    ...(serviceAt === undefined ? {} : { serviceAt }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(claims === undefined ? {} : { claims }),
  };
}

/** Half a deletion is something done; the other documented "wait" codes say that nothing was. */
const PARTLY_DONE = 'incompleteartifactdeletion';

function toOutcome(request: GraphRequest<unknown>, status: number, code: string): Outcome {
  if (status === 429) return 'nothing-done';
  // 408: the service gave up on the request, wherever it was.
  if (status >= 400 && status < 500 && status !== 408) return 'refused';
  if (request.effect === 'read') return 'nothing-done';
  return isWaitCode(request, code) && code.toLowerCase() !== PARTLY_DONE ? 'nothing-done' : 'unknown';
}

/** True for a documented code of this write that means: not now, ask again later. */
export function isWaitCode(request: GraphRequest<unknown>, code: string): boolean {
  return (
    request.effect === 'write' && (request.waitCodes ?? []).some(known => known.toLowerCase() === code.toLowerCase())
  );
}
