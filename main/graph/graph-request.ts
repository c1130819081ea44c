import type { Scope } from './scopes.ts';

/** What a request says, before it knows its tenant. */
interface RequestFacts<T> {
  /** Below the version: `/solutions/backupRestore/…`, query included, percent-encoded. */
  readonly path: string;
  readonly scopes: readonly Scope[];
  /** Turns the answer's JSON into the value. @throws ShapeError where it has not the documented shape */
  readonly toValue: (body: unknown) => T;
}

/** Changes nothing, so it may be repeated at will and packed into a `$batch`. A search is a POST, and still a read. */
export interface ReadRequest<T> extends RequestFacts<T> {
  readonly effect: 'read';
  readonly method: 'GET' | 'POST';
  readonly body?: unknown;
}

/**
 * What to do after a write whose outcome is unknown; the client does none of it by itself:
 * - `ask-again`: it sets values, or is documented as idempotent: the same request once more does no harm;
 * - `read`: the entity that it names says by its state, or by its absence, whether it was done;
 * - `search`: what it was to make has an id that was lost with the answer: look for its like among its kind first.
 */
export type AfterUnknown = 'ask-again' | 'read' | 'search';

/** Changes something: repeated only where the service surely did nothing. */
export interface WriteRequest<T> extends RequestFacts<T> {
  readonly effect: 'write';
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly afterUnknown: AfterUnknown;
  /** Documented codes of this endpoint's 5xx answers that mean "nothing was done, wait and ask again". */
  readonly waitCodes?: readonly string[];
}

export type GraphRequest<T> = ReadRequest<T> | WriteRequest<T>;

/** For one call: how to end it early. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}
