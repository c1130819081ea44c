import { Worker } from 'node:worker_threads';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { CatalogNotice } from './notice.ts';
import { fromWire } from './protocol.ts';
import type { ToWorker, WireMessage, WorkerData } from './protocol.ts';

/** What a line tells of beside answers. */
export interface LineEvents {
  notice(notice: CatalogNotice): void;
  /** Something unforeseen, for the log: where, and the stack. */
  trouble(event: string, facts: { readonly errorId?: string; readonly trace: string }): void;
}

/** A worker that is open, and the calls to it. */
export interface WorkerLine {
  readonly isAlive: boolean;
  call(group: string, method: string, args: readonly unknown[]): Promise<unknown>;
  /** Resolves once the worker has ended. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const unavailable = (cause?: unknown): AppFailure => new AppFailure({ code: 'CATALOG_UNAVAILABLE' }, { cause });

/** Leaves the trace in the log, under the error's id, and makes the error one to be thrown. */
const toFailure = (event: string, error: AppError, trace: string | undefined, events: LineEvents): AppFailure => {
  if (trace !== undefined)
    events.trouble(event, { trace, ...(error.code === 'UNEXPECTED' ? { errorId: error.errorId } : {}) });
  return new AppFailure(error);
};

/**
 * Starts a worker and waits until its files are open.
 *
 * @throws AppFailure PROFILE_UNWRITABLE, CATALOG_NEWER, CATALOG_UNAVAILABLE
 */
export function openLine(script: URL, data: WorkerData, events: LineEvents): Promise<WorkerLine> {
  // Its own arguments: those of a test runner or a debugger are not meant for it.
  const worker = new Worker(script, { workerData: data, name: 'catalog', execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let isAlive = true;
  let isClosing = false;
  const ended = Promise.withResolvers<void>();

  const die = (cause?: unknown): void => {
    isAlive = false;
    for (const { reject } of waiting.values()) reject(unavailable(cause));
    waiting.clear();
  };
  const post = (message: ToWorker): void => worker.postMessage(message, []);

  const line: WorkerLine = {
    get isAlive() {
      return isAlive;
    },
    call: (group, method, args) =>
      new Promise((resolve, reject) => {
        if (!isAlive) {
          reject(unavailable());
          return;
        }
        const id = nextId;
        nextId += 1;
        // Before it is noted: arguments that can't be cloned make this throw, and the promise is rejected by that.
        post({ type: 'call', id, group, method, args });
        waiting.set(id, { resolve, reject });
      }),
    close: async () => {
      isClosing = true;
      if (isAlive) post({ type: 'close' });
      await ended.promise;
    },
  };

  return new Promise((resolve, reject) => {
    worker.on('message', (wired: WireMessage) => {
      const message = fromWire(wired);
      switch (message.type) {
        case 'opened':
          for (const notice of message.notices) events.notice(notice);
          resolve(line);
          return;
        case 'notOpened':
          reject(toFailure('catalogNotOpened', message.error, message.trace, events));
          return;
        case 'notice':
          events.notice(message.notice);
          return;
        case 'answer':
          waiting.get(message.id)?.resolve(message.value);
          waiting.delete(message.id);
          return;
        case 'error': {
          const { error, id, trace } = message;
          const failure = toFailure('catalogCallFailed', error, trace, events);
          waiting.get(id)?.reject(failure);
          waiting.delete(id);
        }
      }
    });
    const fail = (event: string, cause: unknown): void => {
      events.trouble(event, { trace: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
      die(cause);
      reject(unavailable(cause));
    };
    worker.on('error', (error: unknown) => fail('catalogWorkerDied', error));
    worker.on('messageerror', (error: unknown) => {
      // Which call this was an answer to can't be read any more, so all of them end.
      fail('catalogAnswerUnreadable', error);
      void worker.terminate();
    });
    worker.on('exit', code => {
      if (isAlive && !isClosing)
        events.trouble('catalogWorkerDied', { trace: `The worker ended with exit code ${code}` });
      die();
      reject(unavailable());
      ended.resolve();
    });
  });
}
