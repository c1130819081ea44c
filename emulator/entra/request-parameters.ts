import { malformedRequest, missingParameter } from './refusals.ts';
import type { Refusal } from './aadsts.ts';

/** A refusal thrown where a request is read, and answered at its end. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`AADSTS${refusal.code}`);
    this.refusal = refusal;
  }
}

/** Ends the request with a refusal. */
export const refuse = (refusal: Refusal): never => {
  throw new RefusedRequest(refusal);
};

/** A request's parameters, each at most once (RFC 6749, 3.1); an empty one counts as left out. */
export interface RequestParameters {
  find(name: string): string | undefined;
  /** @throws RefusedRequest 900144 when it is missing */
  get(name: string): string;
}

/** @throws RefusedRequest 9002313 when a parameter comes twice */
export const readParameters = (given: URLSearchParams): RequestParameters => {
  const values = new Map<string, string>();
  for (const [name, value] of given) {
    if (values.has(name)) refuse(malformedRequest(`the parameter '${name}' comes more than once`));
    values.set(name, value);
  }
  const find = (name: string): string | undefined => {
    const value = values.get(name);
    return value === '' ? undefined : value;
  };
  return { find, get: name => find(name) ?? refuse(missingParameter(name)) };
};
