/** One question to Graph and its answer, whether it came alone or as a part of a `$batch`. */
import type { Ticks } from '../instant.ts';
import type { Tenant } from '../state/tenant.ts';
import type { World } from '../state/world.ts';
import type { AccessTokenClaims } from '../tokens.ts';

export interface GraphRequest {
  readonly method: string;
  readonly version: 'v1.0' | 'beta';
  /** Below the version, still encoded: `/solutions/backupRestore`. */
  readonly path: string;
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  readonly body: RequestBody;
  /** Scheme, host and port that the caller used: links in answers go there. */
  readonly origin: string;
}

export type RequestBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed'; readonly why: string }
  | { readonly kind: 'json'; readonly value: unknown };

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A value to be written as JSON, or text that is to go out as it is. */
  readonly body?: { readonly json: unknown } | { readonly text: string; readonly contentType: string };
}

/** Everything that a route's handler may look at. */
export interface GraphContext {
  readonly request: GraphRequest;
  readonly caller: AccessTokenClaims;
  readonly world: World;
  readonly tenant: Tenant;
  readonly now: Ticks;
  /** The last `{id}` of the template. */
  readonly id: string;
  /** The first one, where there are two: the id of what holds the other. */
  readonly parentId: string;
  /** `Prefer: include-unknown-enum-members` was sent. */
  readonly includesUnknownMembers: boolean;
}

/** A person is signed in: names and addresses are told. */
export const isDelegated = (context: GraphContext): boolean => context.caller.idtyp === 'user';

/** Absolute address of something below the version. */
export const linkTo = ({ request }: GraphContext, pathAndQuery: string): string =>
  `${request.origin}/${request.version}${pathAndQuery}`;

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): GraphAnswer => ({
  status,
  headers,
  body: { json: body },
});

export const noContent: GraphAnswer = { status: 204, headers: {} };
