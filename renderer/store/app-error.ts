import { AppError, AppFailure } from '../../shared/contract/errors.ts';
import { WINDOW_FAULT } from '../ui/messages.ts';

/** Whatever a call rejected with, as an AppError. The client rejects with AppFailure alone; anything else is a fault of this window. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppFailure) return thrown.error;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return { code: 'ABORTED' };
  const data = thrown instanceof Error && 'data' in thrown ? AppError.safeParse(thrown.data) : undefined;
  if (data?.success === true) return data.data;
  return { code: 'UNEXPECTED', errorId: WINDOW_FAULT };
}
