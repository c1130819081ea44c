import type { AppError } from '../../shared/contract/errors.ts';
import type { Added } from './added-tenants.ts';
import type { TenantLine } from './tenant-csv.ts';

/** What became of a line so far. */
export type LineResult =
  | { readonly is: 'waiting' }
  | { readonly is: 'adding' }
  | { readonly is: 'added'; readonly answer: Added }
  | { readonly is: 'failed'; readonly error: AppError }
  /** It was not sent, since the adding was stopped or the network went before its turn. */
  | { readonly is: 'notSent' };

export type LineResults = ReadonlyMap<number, LineResult>;

/** Errors after which the next line would only fail alike. */
const ENDS_ALL: ReadonlySet<AppError['code']> = new Set(['OFFLINE', 'SIGNED_OUT', 'SESSION_EXPIRED', 'BRIDGE_CLOSED']);

/**
 * Adds the tenants of the lines one after another, telling each result as it comes. A line that fails stops no other, unless it is the
 * connection or the sign-in that failed. What was added stays added when it is stopped.
 */
export async function addLines(
  lines: readonly TenantLine[],
  add: (asked: string) => Promise<Added>,
  {
    onResult,
    toError,
    signal,
  }: {
    readonly onResult: (line: number, result: LineResult) => void;
    readonly toError: (error: unknown) => AppError;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  let isEnded = false;
  for (const { line, asked, problem } of lines) {
    if (problem !== undefined) continue;
    if (isEnded || signal.aborted) {
      onResult(line, { is: 'notSent' });
      continue;
    }
    onResult(line, { is: 'adding' });
    try {
      onResult(line, { is: 'added', answer: await add(asked) });
    } catch (thrown) {
      const error = toError(thrown);
      onResult(line, signal.aborted && error.code === 'ABORTED' ? { is: 'notSent' } : { is: 'failed', error });
      isEnded = ENDS_ALL.has(error.code);
    }
  }
}
