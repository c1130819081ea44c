import type { CatalogCalls } from '../../catalog.ts';
import type { Sliced } from '../slices.ts';

/** A call as the worker answers it: at once, or in slices. */
type Handler<F> = F extends (...args: infer A) => Promise<infer R> ? (...args: A) => R | Sliced<R> : never;

/** The handlers of one group; one that is missing is a type error. */
export type HandlersOf<G> = { readonly [M in keyof G]: Handler<G[M]> };
export type Handlers = { readonly [G in keyof CatalogCalls]: HandlersOf<CatalogCalls[G]> };

/** Rows that one call may give or take at most; more comes in windows. */
const AT_MOST = 1_000;

/** @throws RangeError where more is asked for than a window holds */
export function limited<T>(items: readonly T[]): readonly T[] {
  if (items.length > AT_MOST) throw new RangeError(`At most ${AT_MOST} can be named in one call, not ${items.length}`);
  return items;
}

export const limitOf = (limit: number): number => Math.max(0, Math.min(limit, AT_MOST));
