import type { ServiceError } from '../../../shared/domain/protection-unit.ts';

/** Two columns as the optional `error` of an entity. */
export const toServiceError = (row: {
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}): { error?: ServiceError } =>
  row.errorCode === null ? {} : { error: { code: row.errorCode, message: row.errorMessage ?? '' } };
