/** The `error` of rules, jobs and requests, as Graph writes it. */
import type { RecordError } from '../state/records.ts';
import type { JsonObject } from './request-body.ts';

export const recordErrorJson = (error: RecordError | undefined): JsonObject | null =>
  error === undefined
    ? null
    : { code: error.code, message: error.message, ...(error.details === undefined ? {} : { details: error.details }) };
