/** Reading what callers send, without trusting any of it. */
import type { GraphRequest } from './exchange.ts';
import { badRequest } from './graph-error.ts';

export type JsonObject = { readonly [name: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body as an object; `{}` when none was sent. Throws a 400 with the code given for anything else. */
export const objectBody = (request: GraphRequest, code = 'BadRequest'): JsonObject => {
  const { body } = request;
  if (body.kind === 'none') return {};
  if (body.kind === 'malformed') throw badRequest(body.why, code);
  if (!isObject(body.value)) throw badRequest('The request body must be a JSON object.', code);
  return body.value;
};

/** A property whatever the letter case of its name. */
export const property = (object: JsonObject, name: string): unknown => {
  if (name in object) return object[name];
  const lower = name.toLowerCase();
  const key = Object.keys(object).find(candidate => candidate.toLowerCase() === lower);
  return key === undefined ? undefined : object[key];
};

export const isGuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
