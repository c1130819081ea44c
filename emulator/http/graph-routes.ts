/** Graph over HTTP: `/v1.0` and `/beta`, their `$batch` included. */
import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { GraphAnswer, GraphRequest, RequestBody } from '../graph/exchange.ts';
import { GraphError } from '../graph/graph-error.ts';
import { toMilliseconds } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { answerBatch } from './batch.ts';
import { answerQuestion, errorAnswer, requireDocumentedRefusal, unauthorized } from './answer-question.ts';
import type { Desk, Outcome } from './answer-question.ts';
import { disturbed, refusalOf } from './disturbances.ts';
import { lostConnection } from './request-counters.ts';

type Env = { Bindings: HttpBindings };

/** Longer bodies than this are refused, as no call of this service needs one. */
const longestBody = 4 * 1024 * 1024;

const readBody = async (c: Context<Env>): Promise<RequestBody> => {
  const text = await c.req.text();
  if (text.trim() === '') return { kind: 'none' };
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    return { kind: 'malformed', why: 'A request with a body needs Content-Type: application/json.' };
  }
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return {
      kind: 'malformed',
      why: 'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    };
  }
};

const toRequest = (c: Context<Env>, body: RequestBody): GraphRequest => {
  const url = new URL(c.req.url);
  const [, version = '', ...segments] = url.pathname.split('/');
  return {
    method: c.req.method,
    version: version.toLowerCase() === 'beta' ? 'beta' : 'v1.0',
    path: `/${segments.join('/')}`,
    query: url.searchParams,
    header: name => c.req.header(name),
    body,
    origin: url.origin,
  };
};

/** Cuts the caller's connection in the middle of everything. */
const cutConnection = (c: Context<Env>): Response => {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
};

const toResponse = (answer: GraphAnswer, request: GraphRequest, askedAt: Ticks): Response => {
  const requestId = answer.headers['request-id'] ?? randomUUID();
  const headers = new Headers({
    Date: new Date(toMilliseconds(askedAt)).toUTCString(),
    'OData-Version': '4.0',
    'Cache-Control': 'no-cache',
    'request-id': requestId,
    'client-request-id': request.header('client-request-id') ?? requestId,
    ...answer.headers,
  });
  const { body } = answer;
  if (body === undefined) return new Response(null, { status: answer.status, headers });
  headers.set(
    'Content-Type',
    'json' in body
      ? 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'
      : body.contentType,
  );
  return new Response('json' in body ? JSON.stringify(body.json) : body.text, { status: answer.status, headers });
};

/** The envelope of a batch is a round trip of its own: faults may name it as `/$batch`. */
const answerEnvelope = async (desk: Desk, request: GraphRequest): Promise<Outcome> => {
  const { world, counters, faults } = desk;
  const verdict = world.tokens.verifyAuthorization(request.header('authorization'));
  const tenantId = verdict.ok ? verdict.claims.tid : undefined;
  const question = { method: request.method, route: '/$batch', ...(tenantId === undefined ? {} : { tenantId }) };
  const count = (status: number): void => counters.count({ ...question, status, kind: 'batch' });
  const striking = faults.strike({ ...question, onlyRoutesFrom: '/$batch' });
  const lost = (): Outcome => {
    count(lostConnection);
    return { kind: 'connectionLost' };
  };
  const given = (answer: GraphAnswer, askedAt = world.now()): Outcome => {
    count(answer.status);
    return { kind: 'answer', answer, askedAt };
  };
  if (striking.some(({ effect }) => effect === 'dropBefore')) return lost();
  try {
    if (request.method !== 'POST') throw new GraphError(405, 'Request_BadRequest', '$batch takes POST only.');
    if (striking.some(({ effect }) => effect === 'expiredToken')) throw unauthorized(world, 'expired');
    if (!verdict.ok) throw unauthorized(world, verdict.refusal);
    for (const fault of striking) {
      const refusal = refusalOf(fault);
      if (refusal !== undefined) throw refusal;
    }
    const outcome = await answerBatch(desk, request);
    if (outcome.kind === 'connectionLost' || striking.some(({ effect }) => effect === 'dropAfter')) return lost();
    return given(striking.reduce(disturbed, outcome.answer), outcome.askedAt);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const refused = errorAnswer(error, request, world.now());
    // A fault may answer anything.
    if (desk.validateResponses && striking.length === 0) {
      requireDocumentedRefusal(request.method, '/$batch', refused);
    }
    return given(refused);
  }
};

export const graphRoutes = (desk: Desk): Hono<Env> => {
  const answer = async (c: Context<Env>): Promise<Response> => {
    const length = Number(c.req.header('content-length') ?? 0);
    if (length > longestBody) {
      const request = toRequest(c, { kind: 'none' });
      const tooLarge = new GraphError(413, 'RequestEntityTooLarge', 'The request is too large.');
      const now = desk.world.now();
      return toResponse(errorAnswer(tooLarge, request, now), request, now);
    }
    const request = toRequest(c, await readBody(c));
    const isBatch = /^\/(\$|%24)batch\/?$/i.test(request.path);
    const outcome = isBatch ? await answerEnvelope(desk, request) : await answerQuestion(desk, request, 'single');
    return outcome.kind === 'connectionLost' ? cutConnection(c) : toResponse(outcome.answer, request, outcome.askedAt);
  };
  const app = new Hono<Env>();
  app.all('/:version{[vV]1\\.0|[bB][eE][tT][aA]}/*', answer);
  return app;
};
