import { isDeepStrictEqual } from 'node:util';
import { createGraphClient, GraphError, realTiming, type TenantGraph } from '../main/graph/index.ts';
import { findRoute } from './client-routes.ts';
import { type Example, headerAt } from './example.ts';
import { inMetadataForm } from './metadata-form.ts';
import { objectOf, textOf } from './request-body.ts';
import { returnedProblems } from './returned-values.ts';
import { sentProblems, type SentRequest } from './sent-request.ts';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';

/**
 * The client's half of conformance: fed the documented answer, the client returns every value in it; a documented failure becomes a
 * `GraphError` that keeps status, code, message and body.
 *
 * @returns a line for each problem; none where the example passes
 */
export async function checkClient(example: Example): Promise<string[]> {
  const { problems } = await askClient(example);
  return [...problems];
}

/** Whether the client, asked for the same, sends what the documentation sends. @returns a line for each difference */
export async function checkRequest(example: Example): Promise<string[]> {
  const asked = inMetadataForm(example);
  const { sent } = await askClient(asked);
  return sent === undefined ? ['nothing was sent'] : sentProblems(sent, asked.request);
}

async function askClient(example: Example): Promise<{ problems: readonly string[]; sent: SentRequest | undefined }> {
  const found = findRoute(example);
  if (found === undefined) {
    const { method, path } = example.request;
    return { problems: [`the client has no function for ${method} ${path}`], sent: undefined };
  }
  const sent: SentRequest[] = [];
  const tenant = answeringClient(example, sent);
  const { status, body } = example.response;
  try {
    const { value, ...facts } = await found.route.ask(tenant, found.ids, example.request.body);
    const problems =
      status < 300
        ? returnedProblems(value, body, found.route.isOpen)
        : [`the documented ${status} was taken as a success`];
    if (facts.status !== status) problems.push(`status ${status} was returned as ${facts.status}`);
    const location = headerAt(example.response.headers, 'content-location');
    if (status < 300 && location !== undefined && facts.contentLocation !== location) {
      problems.push('Content-Location is lost');
    }
    return { problems, sent: sent[0] };
  } catch (error) {
    if (!(error instanceof GraphError)) return { problems: [`it threw ${String(error)}`], sent: sent[0] };
    return { problems: failureProblems(error, example), sent: sent[0] };
  }
}

function failureProblems(error: GraphError, { response: { status, headers, body } }: Example): string[] {
  if (status < 300) return [`it failed with ${error.code}: ${error.message}`];
  const said = objectOf(objectOf(body)['error'] ?? body);
  const [code, message] = [textOf(said['code']), textOf(said['message'])];
  return [
    ...(error.status === status ? [] : [`status ${status} became ${error.status} (${error.code})`]),
    ...(code === undefined || error.code === code ? [] : [`code ${code} became ${error.code}`]),
    ...(message === undefined || error.message === message ? [] : [`the message became "${error.message}"`]),
    ...(isDeepStrictEqual(error.body, body) ? [] : ['the body is lost']),
    ...(status < 500 && status !== 408 && status !== 429 && error.outcome !== 'refused'
      ? [`a refusal became ${error.outcome}`]
      : []),
    ...keptProblems(error, headers, said),
  ];
}

/** What the error must have kept besides: how long to wait, and the id that Microsoft's support asks for. */
function keptProblems(
  error: GraphError,
  headers: Readonly<Record<string, string>> | undefined,
  said: Readonly<Record<string, unknown>>,
): string[] {
  const wait = headerAt(headers, 'retry-after');
  const requestId = headerAt(headers, 'request-id') ?? textOf(objectOf(said['innerError'])['request-id']);
  const isKept = wait === undefined || !/^\d+$/.test(wait) || error.retryAfterSeconds === Number(wait);
  return [
    ...(isKept ? [] : [`Retry-After ${wait} became ${String(error.retryAfterSeconds)}`]),
    ...(requestId === undefined || error.requestId === requestId
      ? []
      : [`request-id became ${String(error.requestId)}`]),
  ];
}

/** A client whose every request gets the documented answer. */
function answeringClient({ response }: Example, sent: SentRequest[]): TenantGraph {
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    sent.push({ method: init?.method ?? 'GET', path: url.pathname + url.search, body });
    const content = response.body === undefined ? null : JSON.stringify(response.body);
    return new Response(content, { status: response.status, headers: response.headers ?? {} });
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'none' })}.${part({ tid: TENANT })}.none`;
  const client = createGraphClient({
    graphOrigin: 'https://graph.microsoft.com',
    fetch,
    tokens: { accessToken: async () => ({ token, tenantId: TENANT }) },
    timing: realTiming(() => Math.floor(Date.now() / 1000)),
    // A documented 429 or 500 is to be seen at once, not waited for.
    retry: { attempts: 1, throttledAttempts: 1 },
  });
  return client.forTenant(TENANT);
}
