import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { MessageChannel } from 'node:worker_threads';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Carrier } from '../../../shared/bridge/carrier.ts';
import { carryOverPort, type MainPort } from '../port-carrier.ts';
import { carryOverSocket } from '../socket-carrier.ts';

/** The page's end of a connection, as raw as a page can be: it may send anything. */
export interface Wire {
  send(message: unknown): void;
  onText(listener: (text: string) => void): void;
  onClosed(listener: () => void): void;
  /** The page goes away without a word. */
  drop(): void;
}

export interface WiredPair {
  readonly carrier: Carrier;
  readonly wire: Wire;
  dispose(): Promise<void>;
}

export type WireKind = 'port' | 'socket';

/** Both adapters over what really carries them: a message channel with Electron's manners, and a socket on loopback. */
export const wireKinds: readonly { readonly kind: WireKind; readonly open: () => Promise<WiredPair> }[] = [
  { kind: 'port', open: openPortPair },
  { kind: 'socket', open: openSocketPair },
];

async function openPortPair(): Promise<WiredPair> {
  const { port1, port2 } = new MessageChannel();
  const events = new EventEmitter();
  // Electron's port gives an event with `data` where Node's gives the data itself.
  port1.on('message', (data: unknown) => events.emit('message', { data }));
  port1.on('close', () => events.emit('close'));
  const main: MainPort = {
    postMessage: message => port1.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { readonly data: unknown }) => void) =>
      events.on(event, listener),
    start: () => port1.start(),
    close: () => port1.close(),
  };
  return {
    carrier: carryOverPort(main),
    wire: {
      send: message => port2.postMessage(message),
      onText: listener => port2.on('message', listener),
      onClosed: listener => port2.on('close', listener),
      drop: () => port2.close(),
    },
    dispose: async () => {
      port1.close();
      port2.close();
    },
  };
}

async function openSocketPair(): Promise<WiredPair> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  const accepted = new Promise<WebSocket>(resolve => sockets.once('connection', resolve));
  const page = new WebSocket(`ws://127.0.0.1:${address.port}`);
  await new Promise(resolve => page.once('open', resolve));
  return {
    carrier: carryOverSocket(await accepted),
    wire: {
      // A socket carries text and bytes alone: what is neither goes as bytes, which no honest page sends.
      send: message => page.send(typeof message === 'string' ? message : toBytes(message)),
      onText: listener => page.on('message', data => listener(textOf(data))),
      onClosed: listener => page.on('close', listener),
      drop: () => page.terminate(),
    },
    dispose: async () => {
      page.terminate();
      sockets.close();
      await new Promise<void>(resolve => http.close(() => resolve()));
    },
  };
}

/** What `ws` gives of a text: one buffer, unless it is asked for something else. */
export function textOf(data: RawData): string {
  if (!Buffer.isBuffer(data)) throw new TypeError('expected one buffer');
  return data.toString('utf8');
}

function toBytes(message: unknown): Uint8Array {
  return message instanceof Uint8Array ? message : Buffer.from(String(message));
}
