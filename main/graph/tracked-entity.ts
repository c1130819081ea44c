import { z } from 'zod';
import type { ServiceError } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import {
  type Actor,
  findObject,
  type GraphObject,
  instant,
  list,
  text,
  toActor,
  toServiceError,
  withoutUndefined,
} from './fields.ts';

/** One thing that a job or a request could not do (`publicErrorDetail`). */
export interface ErrorDetail {
  /** Such as `SiteUrlNotFound`. */
  readonly code: string;
  readonly message: string;
  /** What it is about; one documented answer has it in the message alone. */
  readonly target?: string;
}

/** What most entities say about themselves: who made and changed them, when, and what went wrong. */
export interface Tracked {
  readonly createdAt?: UtcSeconds;
  readonly createdBy?: Actor;
  readonly lastModifiedAt?: UtcSeconds;
  readonly lastModifiedBy?: Actor;
  readonly error?: ServiceError;
  /** One for each item that failed, where the service lists them. */
  readonly errorDetails?: readonly ErrorDetail[];
}

const trackedFields = z.object({ createdDateTime: instant, lastModifiedDateTime: instant });
const detailFields = z.object({ code: text, message: text, target: text });

/** Reads the fields that most entities have. */
export function toTracked(graph: GraphObject): Tracked {
  const fields = trackedFields.parse(graph);
  return withoutUndefined({
    createdAt: fields.createdDateTime,
    createdBy: findActor(graph['createdBy']),
    lastModifiedAt: fields.lastModifiedDateTime,
    lastModifiedBy: findActor(graph['lastModifiedBy']),
    error: toServiceError(graph['error']),
    errorDetails: findErrorDetails(graph['error']),
  });
}

/** Nobody rather than an actor without a name: a documented answer has `""` in place of the identities. */
function findActor(value: unknown): Actor | undefined {
  const actor = toActor(value);
  return actor === undefined || Object.keys(actor).length === 0 ? undefined : actor;
}

/** The details of `publicError`; of all members where the documentation once sends an array of errors. */
function findErrorDetails(error: unknown): readonly ErrorDetail[] | undefined {
  const errors = Array.isArray(error) ? (error as readonly unknown[]) : [error];
  const details = errors.flatMap(member => list.parse(findObject(member)?.['details'])).flatMap(toErrorDetail);
  return details.length === 0 ? undefined : details;
}

function toErrorDetail(value: unknown): ErrorDetail[] {
  const { code, message, target } = detailFields.parse(findObject(value) ?? {});
  if (code === undefined && message === undefined && target === undefined) return [];
  return [{ code: code ?? 'unknown', message: message ?? '', ...withoutUndefined({ target }) }];
}
