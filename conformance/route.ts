import type { Answer, Pages, TenantGraph } from '../main/graph/index.ts';
import type { Example } from './example.ts';

/** Asks the client for what an example asks for; the ids of its path, in order, and its body. */
export type Ask = (tenant: TenantGraph, ids: readonly string[], body: unknown) => Promise<Answer<unknown>>;

/** An endpoint, and which of the client's functions speaks it. */
export interface Route {
  readonly method: Example['request']['method'];
  /** Below `/solutions/backupRestore`. */
  readonly pattern: string;
  /** As it stands on a tenant's client. */
  readonly function: string;
  /** Others that speak it, by what the request holds. */
  readonly also?: readonly string[];
  /** The client has no words for it yet: the answer comes whole and unread. */
  readonly isOpen?: true;
  readonly ask: Ask;
}

/** The first page of a list. */
export async function firstOf<T>(pages: Pages<T>): Promise<Answer<unknown>> {
  for await (const page of pages) return page;
  throw new Error('the list has no page');
}
