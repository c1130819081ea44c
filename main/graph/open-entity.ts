import { findObject, type GraphObject } from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import type { Scope } from './scopes.ts';

/** What an endpoint answers that has no function of its own, whole and unread. */
export interface OpenEntity {
  readonly graph: GraphObject;
}

/**
 * Reads whatever stands at an address below the version: for what the service offers next year and this client has no word for yet.
 *
 * @param path such as `/solutions/backupRestore/activityLogs`, percent-encoded
 * @returns the object; an answer without a body is an empty one
 */
export function openRequest(path: string, scopes: readonly Scope[]): ReadRequest<OpenEntity> {
  return { effect: 'read', method: 'GET', path, scopes, toValue: body => ({ graph: findObject(body) ?? {} }) };
}
