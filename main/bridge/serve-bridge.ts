import type { AnyContractRouter } from '@orpc/contract';
import { type Context, ORPCError, type Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import type { Carrier } from '../../shared/bridge/carrier.ts';
import {
  FAILURE_STATUS,
  readFromPage,
  writeControl,
  writeFailure,
  writeStreamFailure,
} from '../../shared/bridge/frames.ts';
import { BEAT_SECONDS, Heartbeat } from '../../shared/bridge/heartbeat.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import { toAppError, type BridgeLog } from './to-app-error.ts';
import { typedStream } from './typed-stream.ts';

/** One page's connection, as its host sees it. */
export interface BridgeConnection {
  /** Asks the page to open an address in a tab of its own; only a host without windows needs it. */
  openUrl(url: URL): void;
  /** Aborts every call of this page, tells it `gone` and ends the connection. */
  close(): void;
  /** Resolves once the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
}

/** A router without context: what handlers need they were given when they were made. */
export type BridgeRouter = Router<AnyContractRouter, Context>;

/**
 * Serves a router to one page over any carrier; both hosts call this for each window or socket.
 *
 * Whatever the page sends, nothing is thrown and nothing is left unanswered: a message is read by shape and size before
 * anything acts on it, a malformed one is answered with BAD_REQUEST (to its call where it names one, as `refused` otherwise),
 * and every call ends with its answer, an `AppError`, its abort, or the end of the connection, which aborts its signal.
 */
export function serveBridge(router: BridgeRouter, carrier: Carrier, log: BridgeLog): BridgeConnection {
  const handler = new RPCHandler(router, {
    interceptors: [
      async options => {
        const procedure = options.request.url.pathname.slice(1).replaceAll('/', '.');
        const call = { procedure, signal: options.request.signal, log };
        try {
          const result = await options.next();
          if (result.matched) return result;
        } catch (thrown) {
          throw typedError(toAppError(thrown, call));
        }
        throw typedError({ code: 'BAD_REQUEST', problems: [`no procedure is called ${procedure}`] });
      },
    ],
    clientInterceptors: [
      async options => {
        const output = await options.next();
        if (!isStream(output)) return output;
        const call = { procedure: options.path.join('.'), signal: options.signal, log };
        return typedStream(output, options.signal, thrown => typedError(toAppError(thrown, call)));
      },
    ],
  });

  const closed = Promise.withResolvers<void>();
  /** What the library writes its answers to. It never listens: messages are handed to it below, filtered. */
  const sink = {
    send: (data: string | ArrayBufferLike | Blob | ArrayBufferView): void => {
      if (typeof data !== 'string') throw new TypeError('the bridge carries text alone');
      carrier.post(data);
    },
    addEventListener: (): void => undefined,
  };
  const heartbeat = new Heartbeat({
    ping: () => carrier.post(writeControl({ control: 'ping' })),
    dead: () => {
      log.warn('bridge.pageSilent');
      carrier.close();
    },
  });
  const beats = setInterval(() => heartbeat.beat(), BEAT_SECONDS * 1_000);
  beats.unref();

  carrier.onClosed(() => {
    clearInterval(beats);
    handler.close(sink);
    closed.resolve();
  });
  carrier.onMessage(data => {
    heartbeat.heard();
    const frame = readFromPage(data);
    if (frame.is === 'malformed') {
      const error: AppError = { code: 'BAD_REQUEST', problems: [...frame.problems] };
      carrier.post(
        frame.callId === undefined ? writeControl({ control: 'refused', error }) : writeFailure(frame.callId, error),
      );
    } else if (frame.is === 'control') {
      if (frame.control.control === 'ping') carrier.post(writeControl({ control: 'pong' }));
      if (frame.control.control === 'gone') carrier.close();
    } else {
      handler.message(sink, frame.text, { context: {} }).catch((thrown: unknown) => {
        // Nothing that the library itself stumbles over may leave a call hanging: both ends of it are told.
        const error = toAppError(thrown, { procedure: '(transport)', signal: undefined, log });
        carrier.post(writeFailure(frame.callId, error));
        carrier.post(writeStreamFailure(frame.callId, error));
      });
    }
  });

  return {
    openUrl: url => carrier.post(writeControl({ control: 'openUrl', url: url.href })),
    close: () => {
      carrier.post(writeControl({ control: 'gone' }));
      carrier.close();
    },
    closed: closed.promise,
  };
}

function typedError(error: AppError): ORPCError<'APP_ERROR', AppError> {
  return new ORPCError('APP_ERROR', { defined: true, status: FAILURE_STATUS, message: error.code, data: error });
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
