/** Graph's way of refusing. */
import { refusalFrom } from '../state/machines/move.ts';
import type { Move } from '../state/machines/move.ts';

/** A documented refusal: thrown anywhere below a route, answered as Graph's error body. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** 400 for a request that says nothing that this call understands; the code where the call documents none of its own. */
export const badRequest = (message: string, code = 'BadRequest'): GraphError => new GraphError(400, code, message);

/** 403 as no document of this service words it: Graph's general code for a call that is not open to the caller. */
export const accessDenied = (message: string): GraphError => new GraphError(403, 'accessDenied', message);

/** Throws what the table of states refuses the move with in this state, if it does. */
export const requireState = (
  move: Move,
  state: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  const refusal = refusalFrom(move, state);
  if (refusal !== undefined) throw new GraphError(refusal.status, refusal.code, message, headers);
};

export const notFound = (message: string): GraphError => new GraphError(404, 'itemNotFound', message);
