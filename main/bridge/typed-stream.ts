import { AsyncIteratorClass } from '@orpc/server';

/**
 * A stream as it may leave main: its errors are turned by `toError`, and it ends as soon as the caller has gone, even while
 * the source is still waiting for its next event. The source is told by `return()`, and by the call's own signal.
 */
export function typedStream<T>(
  source: AsyncIterator<T, unknown>,
  signal: AbortSignal | undefined,
  toError: (thrown: unknown) => Error,
): AsyncIteratorClass<T> {
  let gone = signal?.aborted === true;
  /** Ends the read that waits, if one does. A race of promises would keep something of every event until the stream ends. */
  let endRead: (() => void) | undefined;
  const onAbort = (): void => {
    gone = true;
    endRead?.();
  };
  signal?.addEventListener('abort', onAbort, { once: true });

  const read = (): Promise<IteratorResult<T, unknown>> =>
    new Promise((resolve, reject) => {
      const end = (): void => resolve({ done: true, value: undefined });
      if (gone) {
        end();
        return;
      }
      endRead = end;
      source.next().then(resolve, (thrown: unknown) => reject(toError(thrown)));
    });
  return new AsyncIteratorClass<T>(read, async () => {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited: a generator that waits for its next event answers `return()` only once that event has come.
    void Promise.resolve(source.return?.()).catch(() => undefined);
  });
}
