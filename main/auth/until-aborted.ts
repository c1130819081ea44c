import { SignInError } from './sign-in-problem.ts';

/** Ends the waiting, not the work: others may wait for the same answer. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, tenantId: string): Promise<T> {
  if (signal === undefined) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(new SignInError({ kind: 'cancelled', tenantId }));
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
