import { AsyncIteratorClass } from '@orpc/server';

/**
 * A stream as it may leave main: its errors are turned by `toError`, and it ends as soon as the caller has gone, even while
 * the source is still waiting for its next event. The source is told by `return()`, and by the call's own signal.
 */
export function typedStream<T>(
  source: AsyncIterator<T, unknown>,
  signal: AbortSignal | undefined,
  toError: (thrown: unknown) => Error,
): AsyncIteratorClass<T, unknown, unknown> {
  const gone = Promise.withResolvers<IteratorResult<T, unknown>>();
  const onAbort = (): void => gone.resolve({ done: true, value: undefined });
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });

  const endSource = (): void => {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited: a generator that waits for its next event answers `return()` only once that event has come.
    void Promise.resolve(source.return?.()).catch(() => undefined);
  };
  return new AsyncIteratorClass<T, unknown, unknown>(
    async () => {
      const next = source.next();
      // Whoever loses the race below must not be an unhandled rejection.
      next.catch(() => undefined);
      try {
        return await Promise.race([next, gone.promise]);
      } catch (thrown) {
        throw toError(thrown);
      }
    },
    async () => endSource(),
  );
}
