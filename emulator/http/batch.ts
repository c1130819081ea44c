/** `$batch`: up to twenty questions in one request, each answered, throttled, faulted and counted by itself. */
import type { GraphAnswer, GraphRequest, RequestBody } from '../graph/exchange.ts';
import { json } from '../graph/exchange.ts';
import { badRequest, GraphError } from '../graph/graph-error.ts';
import { isObject } from '../graph/request-body.ts';
import type { JsonObject } from '../graph/request-body.ts';
import { hash } from '../seeded-random.ts';
import { answerQuestion, errorAnswer, requireDocumentedRefusal } from './answer-question.ts';
import type { Desk, Outcome } from './answer-question.ts';

const mostParts = 20;

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: RequestBody;
  readonly dependsOn: readonly string[];
}

const headersOf = (value: unknown): Readonly<Record<string, string>> => {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name.toLowerCase(), text]] : [])),
  );
};

const bodyOf = (part: JsonObject, headers: Readonly<Record<string, string>>): RequestBody => {
  const value = part['body'];
  if (value === undefined || value === null) return { kind: 'none' };
  if (headers['content-type'] === undefined)
    throw badRequest('Content-Type header is missing for a request with a body.');
  return { kind: 'json', value };
};

const readPart = (value: unknown): Part => {
  if (!isObject(value)) throw badRequest('A batch request must be an object.');
  const { id, method, url, dependsOn } = value;
  if (typeof id !== 'string' || id === '') throw badRequest('A batch request needs an id.');
  if (typeof method !== 'string' || typeof url !== 'string')
    throw badRequest(`Batch request ${id} needs a method and a url.`);
  const headers = headersOf(value['headers']);
  const waitsFor = dependsOn === undefined || dependsOn === null ? [] : dependsOn;
  if (!Array.isArray(waitsFor)) throw badRequest(`dependsOn of batch request ${id} must be a list of ids.`);
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers,
    body: bodyOf(value, headers),
    dependsOn: waitsFor.map((other: unknown) => String(other).toLowerCase()),
  };
};

const readParts = ({ body }: GraphRequest): readonly Part[] => {
  const requests = body.kind === 'json' && isObject(body.value) ? body.value['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > mostParts) {
    throw badRequest(
      `Number of batch request steps exceeds the maximum value of ${mostParts}.`,
      'MaximumValueExceeded',
    );
  }
  const parts = requests.map(readPart);
  const before = new Set<string>();
  for (const { id, dependsOn } of parts) {
    const key = id.toLowerCase();
    if (before.has(key)) throw badRequest(`Request Id '${id}' is used more than once in the batch.`);
    const missing = dependsOn.find(other => !before.has(other));
    if (missing !== undefined)
      throw badRequest(`Batch request ${id} depends on ${missing}, which does not come before it.`);
    before.add(key);
  }
  return parts;
};

const toRequest = (outer: GraphRequest, part: Part): GraphRequest => {
  const [path = '', query = ''] = part.url.replace(/^\/?/, '/').split(/\?(.*)/s);
  return {
    method: part.method,
    version: outer.version,
    path,
    query: new URLSearchParams(query),
    // A part is asked with the batch's own token unless it brings one.
    header: name =>
      part.headers[name.toLowerCase()] ?? (name.toLowerCase() === 'authorization' ? outer.header(name) : undefined),
    body: part.body,
    origin: outer.origin,
  };
};

const toResponse = (part: Part, answer: GraphAnswer): JsonObject => {
  const { body } = answer;
  const contentType =
    body === undefined ? {} : { 'Content-Type': 'text' in body ? body.contentType : 'application/json' };
  return {
    id: part.id,
    status: answer.status,
    headers: { 'Cache-Control': 'no-cache', ...contentType, ...answer.headers },
    // What is no JSON travels inside a batch as base64.
    ...(body === undefined ? {} : { body: 'json' in body ? body.json : Buffer.from(body.text).toString('base64') }),
  };
};

const failedDependency = new GraphError(424, 'FailedDependency', 'A request that this one depends on has failed.');

/** Throws a 400 for a batch that can't be read; the loss of one part's connection is the loss of all. */
export const answerBatch = async (desk: Desk, request: GraphRequest): Promise<Outcome> => {
  const parts = readParts(request);
  const outcomes = new Map<string, Promise<Outcome>>();
  for (const part of parts) {
    const before = part.dependsOn.flatMap(id => outcomes.get(id) ?? []);
    const ask = async (): Promise<Outcome> => {
      const settled = await Promise.all(before);
      const isFree = settled.every(outcome => outcome.kind === 'answer' && outcome.answer.status < 400);
      const inner = toRequest(request, part);
      if (!isFree) {
        const askedAt = desk.world.now();
        const answer = errorAnswer(failedDependency, inner, askedAt);
        if (desk.validateResponses) requireDocumentedRefusal('POST', '/$batch', answer);
        return { kind: 'answer', answer, askedAt };
      }
      return answerQuestion(desk, inner, 'part');
    };
    outcomes.set(part.id.toLowerCase(), ask());
  }
  const settled = await Promise.all(
    parts.map(async part => ({ part, outcome: await outcomes.get(part.id.toLowerCase()) })),
  );
  const responses: JsonObject[] = [];
  // One `Date` speaks for all parts: the earliest moment is true for each.
  let askedAt = desk.world.now();
  for (const { part, outcome } of settled) {
    if (outcome?.kind !== 'answer') return { kind: 'connectionLost' };
    askedAt = Math.min(askedAt, outcome.askedAt);
    responses.push(toResponse(part, outcome.answer));
  }
  // Answers may come in another order than the questions: here they always do, by an order of the ids' own.
  responses.sort((a, b) => hash(desk.world.seed, String(a['id'])) - hash(desk.world.seed, String(b['id'])));
  return { kind: 'answer', answer: json(200, { responses }), askedAt };
};
