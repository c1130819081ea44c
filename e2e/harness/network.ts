import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/**
 * The network between a console and its emulator: it can be cut, and joined again. The emulator's clock stays readable
 * meanwhile, as the clock of a machine does without a network, so a console can also be opened while it is cut.
 */
export class Network {
  /** The emulator's ready line, with the address of this side of the network. */
  readonly readyLine: string;
  readonly #server: Server;
  readonly #underWay: Set<IncomingMessage>;
  #isCut = false;

  private constructor(server: Server, underWay: Set<IncomingMessage>, emulatorReady: string) {
    this.#server = server;
    this.#underWay = underWay;
    const { port } = server.address() as AddressInfo;
    this.readyLine = JSON.stringify({ ...toObject(emulatorReady), url: `http://127.0.0.1:${port}` });
  }

  static async open(emulatorReady: string): Promise<Network> {
    const emulatorUrl = new URL(z.string().parse(toObject(emulatorReady)['url']));
    const underWay = new Set<IncomingMessage>();
    const isCut = (): boolean => network.#isCut;
    const server = createServer((incoming, outgoing) => {
      if (isCut() && !isClock(incoming)) {
        incoming.socket.destroy();
        return;
      }
      underWay.add(incoming);
      outgoing.once('close', () => underWay.delete(incoming));
      forward(emulatorUrl, incoming, outgoing);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const network = new Network(server, underWay, emulatorReady);
    return network;
  }

  /** From now on no request gets an answer; what is under way loses its connection. */
  cut(): void {
    this.#isCut = true;
    for (const incoming of this.#underWay) if (!isClock(incoming)) incoming.socket.destroy();
  }

  join(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }
}

function toObject(readyLine: string): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(readyLine));
}

function isClock({ url }: IncomingMessage): boolean {
  return url === '/_emulator/state';
}

function forward({ hostname, port }: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(
    {
      hostname,
      port,
      ...(method === undefined ? {} : { method }),
      ...(url === undefined ? {} : { path: url }),
      headers,
    },
    answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  // An emulator that breaks off, by a fault or because it ended, is a broken connection on this side too.
  onward.once('error', () => outgoing.destroy());
  outgoing.once('close', () => onward.destroy());
  incoming.pipe(onward);
}
