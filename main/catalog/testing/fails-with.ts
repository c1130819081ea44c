import { expect } from 'vitest';
import type { AppErrorCode } from '../../../shared/contract/errors.ts';

/** Matches an AppFailure of a code, with these facts among its own. */
export const failsWith = (code: AppErrorCode, facts: object = {}): unknown =>
  expect.objectContaining({ error: expect.objectContaining({ code, ...facts }) });
