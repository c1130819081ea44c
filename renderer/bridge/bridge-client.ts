import {
  AsyncIteratorClass,
  createORPCClient,
  ORPCError,
  type ClientContext,
  type ClientLink,
  type ClientOptions,
} from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Carrier } from '../../shared/bridge/carrier.ts';
import { readFromMain, writeControl, writeFailure, writeStreamFailure } from '../../shared/bridge/frames.ts';
import { BEAT_SECONDS, Heartbeat } from '../../shared/bridge/heartbeat.ts';
import type { Contract } from '../../shared/contract/index.ts';
import { AppError, AppFailure } from '../../shared/contract/errors.ts';

/**
 * The contract, callable: `await client.units.list({…}, { signal })`. Every call ends, and whatever goes wrong is an
 * `AppFailure`. A stream is `for await (const event of await client.console.events(undefined, { signal }))`.
 */
type BridgeClient = ContractRouterClient<Contract>;

export interface Bridge {
  readonly client: BridgeClient;
  /** Aborted once the connection has ended; from then on every call fails with BRIDGE_CLOSED. */
  readonly closed: AbortSignal;
  /** Ends the connection from this side. */
  close(): void;
}

export interface BridgeActions {
  /** Opens an address in a tab of its own. Only the loopback host asks for it. */
  readonly openUrl: (url: URL) => void;
  /** A message was dropped by one end or the other; there is no call that could tell of it. */
  readonly onRefused: (problems: readonly string[]) => void;
}

/** Makes the client over a carrier that is open. */
export function createBridge(carrier: Carrier, actions: BridgeActions): Bridge {
  const closing = new AbortController();
  const messageListeners: ((text: string) => void)[] = [];
  const heartbeat = new Heartbeat({
    ping: () => carrier.post(writeControl({ control: 'ping' })),
    dead: () => carrier.close(),
  });
  const beats = setInterval(() => heartbeat.beat(), BEAT_SECONDS * 1_000);

  carrier.onClosed(() => {
    clearInterval(beats);
    closing.abort();
  });
  carrier.onMessage(data => {
    heartbeat.heard();
    const frame = readFromMain(data);
    const hand = (text: string): void => {
      for (const listener of messageListeners) listener(text);
    };
    if (frame.is === 'malformed') {
      actions.onRefused(frame.problems);
      // An answer that can't be read still ends its call, or the stream that it was a part of.
      const error: AppError = { code: 'UNEXPECTED', errorId: crypto.randomUUID() };
      if (frame.callId !== undefined) hand(writeFailure(frame.callId, error));
      if (frame.callId !== undefined) hand(writeStreamFailure(frame.callId, error));
      return;
    }
    if (frame.is === 'message') {
      hand(frame.text);
      return;
    }
    switch (frame.control.control) {
      case 'ping':
        carrier.post(writeControl({ control: 'pong' }));
        break;
      case 'pong':
        break;
      case 'gone':
        carrier.close();
        break;
      case 'refused':
        actions.onRefused(
          frame.control.error.code === 'BAD_REQUEST' ? frame.control.error.problems : [frame.control.error.code],
        );
        break;
      case 'openUrl':
        actions.openUrl(new URL(frame.control.url));
        break;
    }
  });

  // The library's own notion of a port, fed with filtered texts alone. Its end is told through each call's signal.
  const link = new RPCLink<ClientContext>({
    port: {
      postMessage: (text: unknown) => {
        if (typeof text !== 'string') throw new TypeError('the bridge carries text alone');
        carrier.post(text);
      },
      onMessage: { addListener: (listener: (text: string) => void) => messageListeners.push(listener) },
      onDisconnect: { addListener: () => undefined },
    },
  });
  return {
    client: createORPCClient<BridgeClient>(typedLink(link, closing.signal)),
    closed: closing.signal,
    close: () => {
      carrier.post(writeControl({ control: 'gone' }));
      carrier.close();
    },
  };
}

/** A link whose calls end with the connection, and whose only error is `AppFailure`. */
function typedLink(link: ClientLink<ClientContext>, closed: AbortSignal): ClientLink<ClientContext> {
  return {
    call: async (path: readonly string[], input: unknown, options: ClientOptions<ClientContext>) => {
      const toFailure = (thrown: unknown): AppFailure => toAppFailure(thrown, options.signal, closed);
      const signal = options.signal === undefined ? closed : AbortSignal.any([options.signal, closed]);
      try {
        const output = await link.call(path, input, { ...options, signal });
        return isStream(output) ? typedStream(output, toFailure) : output;
      } catch (thrown) {
        throw toFailure(thrown);
      }
    },
  };
}

function typedStream(source: AsyncIterator<unknown, unknown>, toFailure: (thrown: unknown) => AppFailure) {
  return new AsyncIteratorClass<unknown>(
    async () => {
      try {
        return await source.next();
      } catch (thrown) {
        throw toFailure(thrown);
      }
    },
    async () => {
      // The other end is told by the library; whether it still hears is of no interest to a caller who has turned away.
      await Promise.resolve(source.return?.()).catch(() => undefined);
    },
  );
}

function toAppFailure(thrown: unknown, aborted: AbortSignal | undefined, closed: AbortSignal): AppFailure {
  if (thrown instanceof AppFailure) return thrown;
  if (aborted?.aborted === true) return new AppFailure({ code: 'ABORTED' }, { cause: thrown });
  if (closed.aborted) return new AppFailure({ code: 'BRIDGE_CLOSED' }, { cause: thrown });
  if (thrown instanceof ORPCError && thrown.code === 'APP_ERROR') {
    const error = AppError.safeParse(thrown.data);
    if (error.success) return new AppFailure(error.data, { cause: thrown });
  }
  if (thrown instanceof ORPCError && thrown.code === 'BAD_REQUEST') {
    return new AppFailure({ code: 'BAD_REQUEST', problems: ['the input can not be read'] }, { cause: thrown });
  }
  return new AppFailure({ code: 'UNEXPECTED', errorId: crypto.randomUUID() }, { cause: thrown });
}

function isStream(output: unknown): output is AsyncIterator<unknown, unknown> {
  return (
    typeof output === 'object' &&
    output !== null &&
    Symbol.asyncIterator in output &&
    'next' in output &&
    typeof output.next === 'function'
  );
}
