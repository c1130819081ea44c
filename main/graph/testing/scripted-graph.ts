import {
  createGraphClient,
  type GraphClient,
  type GraphClientOptions,
  type AccessTokenOptions,
  type TokenSource,
} from '../index.ts';
import { VirtualTime } from './virtual-time.ts';

export const ORIGIN = 'https://graph.microsoft.com';
export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
export const OTHER_TENANT = 'bbbbbbbb-0000-4000-8000-000000000002';

/** A request as it left. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | undefined;
  readonly redirect: string | undefined;
  readonly credentials: string | undefined;
}

export type Reply = (call: Call) => Response | Promise<Response>;

/** Graph in a test: it answers what the test says, in the order that it says, and remembers what it was asked. */
export interface ScriptedGraph {
  readonly calls: Call[];
  readonly time: VirtualTime;
  readonly tokens: ScriptedTokens;
  readonly client: GraphClient;
  /** Answers the next requests, one each. */
  reply(...replies: readonly Reply[]): void;
  /** Answers every request that finds no reply waiting. */
  always(reply: Reply): void;
}

export function scriptedGraph(options: Partial<GraphClientOptions> = {}): ScriptedGraph {
  const time = new VirtualTime();
  const tokens = new ScriptedTokens();
  const calls: Call[] = [];
  const waiting: Reply[] = [];
  let standing: Reply = call => {
    throw new Error(`no reply was scripted for ${call.method} ${call.url.href}`);
  };
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const call: Call = {
      method: init?.method ?? 'GET',
      url: new URL(input instanceof Request ? input.url : input),
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      signal: init?.signal ?? undefined,
      redirect: init?.redirect,
      credentials: init?.credentials,
    };
    calls.push(call);
    return await (waiting.shift() ?? standing)(call);
  };
  return {
    calls,
    time,
    tokens,
    client: createGraphClient({ graphOrigin: ORIGIN, tokens, fetch, timing: time, ...options }),
    reply: (...replies) => void waiting.push(...replies),
    always: reply => {
      standing = reply;
    },
  };
}

/** A token source whose tokens can be made another tenant's. */
export class ScriptedTokens implements TokenSource {
  readonly asked: {
    readonly tenantId: string;
    readonly scopes: readonly string[];
    readonly options: AccessTokenOptions;
  }[] = [];
  /** What to hand out instead of an honest token. */
  issue: ((tenantId: string, options: AccessTokenOptions) => { token: string; tenantId: string }) | undefined;

  async accessToken(tenantId: string, scopes: readonly string[], options: AccessTokenOptions = {}) {
    this.asked.push({ tenantId, scopes, options });
    return this.issue?.(tenantId, options) ?? { token: tokenOf(tenantId), tenantId };
  }
}

/** An unsigned token of that tenant. */
export function tokenOf(tenantId: string, claims: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ tid: tenantId, ...claims })}.signature`;
}

/** An answer with the headers that Graph always sends. */
export function json(status: number, body?: unknown, headers: Record<string, string> = {}): Reply {
  return () =>
    new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: {
        'Content-Type': 'application/json',
        Date: 'Fri, 06 Mar 2026 14:05:09 GMT',
        'request-id': 'the-request-id',
        ...headers,
      },
    });
}

/** An error as Graph words it. */
export function refusal(status: number, code: string, headers: Record<string, string> = {}): Reply {
  return json(
    status,
    { error: { code, message: `${code} was said`, innerError: { 'request-id': 'inner-id' } } },
    headers,
  );
}

/** A connection that breaks, as Node's fetch reports it. */
export const lost =
  (code = 'ECONNRESET'): Reply =>
  () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(`read ${code}`), { code }) });
  };

/** A request that is never answered. */
export const never: Reply = () => new Promise(() => {});

/** What a call threw. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

export async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
