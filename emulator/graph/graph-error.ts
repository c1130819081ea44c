/** Graph's way of refusing. */

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

/** 403 as no document of this service words it: Graph's general code for a call that the state forbids. */
export const notAllowed = (message: string): GraphError => new GraphError(403, 'notAllowed', message);

export const notFound = (message: string): GraphError => new GraphError(404, 'itemNotFound', message);
