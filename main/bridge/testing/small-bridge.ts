import { implement } from '@orpc/server';
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from '../../../shared/contract/procedure.ts';
import { AppFailure } from '../../../shared/contract/errors.ts';
import type { BridgeLog } from '../to-app-error.ts';

/** A contract with one procedure of each kind that the transports must get right, and a count that only `add` may change. */
const smallContract = {
  counter: {
    add: procedure.input(z.object({ by: z.int().min(1).max(100), note: z.string().optional() })).output(z.int()),
    value: procedure.output(z.int()),
  },
  trouble: {
    refuse: procedure.output(z.void()),
    crash: procedure.output(z.void()),
    breakContract: procedure.output(z.int()),
    /** Waits until it is aborted. */
    wait: procedure.output(z.void()),
  },
  stream: {
    countTo: procedure.input(z.object({ last: z.int() })).output(eventIterator(z.int())),
    /** One event, then silence until the call is aborted. */
    silent: procedure.output(eventIterator(z.string())),
    refuseAfter: procedure.input(z.object({ events: z.int() })).output(eventIterator(z.int())),
  },
};

/** The router of `smallContract`, with what a test wants to see of its inside. */
export function smallRouter() {
  const seen = { count: 0, waiting: 0, aborted: 0, streamsEnded: 0 };
  const os = implement(smallContract);
  const untilAborted = (signal: AbortSignal | undefined): Promise<never> =>
    new Promise((_, reject) => {
      seen.waiting += 1;
      signal?.addEventListener('abort', () => {
        seen.aborted += 1;
        reject(new Error('stopped on the way out'));
      });
    });
  const router = os.router({
    counter: {
      add: os.counter.add.handler(({ input }) => (seen.count += input.by)),
      value: os.counter.value.handler(() => seen.count),
    },
    trouble: {
      refuse: os.trouble.refuse.handler(() => {
        throw new AppFailure({ code: 'TENANT_UNKNOWN', asked: 'contoso.example', requestId: 'r-1' });
      }),
      crash: os.trouble.crash.handler(() => {
        throw new TypeError('SECRET-IN-A-STACK');
      }),
      // A handler that breaks its own contract, as an answer of an older worker might: the type system is told otherwise.
      breakContract: os.trouble.breakContract.handler(() => JSON.parse('"no number"')),
      wait: os.trouble.wait.handler(({ signal }) => untilAborted(signal)),
    },
    stream: {
      countTo: os.stream.countTo.handler(async function* ({ input }) {
        for (let n = 1; n <= input.last; n += 1) yield n;
      }),
      silent: os.stream.silent.handler(async function* ({ signal }) {
        try {
          yield 'one';
          await untilAborted(signal);
        } finally {
          seen.streamsEnded += 1;
        }
      }),
      refuseAfter: os.stream.refuseAfter.handler(async function* ({ input }) {
        for (let n = 1; n <= input.events; n += 1) yield n;
        throw new AppFailure({ code: 'OFFLINE' });
      }),
    },
  });
  return { router, seen };
}

export interface LoggedEvent {
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>> | undefined;
}

/** A log that is kept for the test to read. */
export function keptLog(): BridgeLog & { readonly events: LoggedEvent[] } {
  const events: LoggedEvent[] = [];
  const write = (event: string, facts?: Readonly<Record<string, unknown>>): void => {
    events.push({ event, facts });
  };
  return { events, warn: write, error: write };
}
