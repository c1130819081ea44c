import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer, type WebSocket } from 'ws';
import { SOCKET_PATH } from '../../shared/bridge/hand-over.ts';
import { contentSecurityPolicy, pageHeaders, type PageFiles } from '../page/index.ts';
import { StartError } from '../start-error.ts';
import { PageAccess, REFUSAL_TEXTS, type AccessRequest, type Refusal } from './page-access.ts';

export interface WebServer {
  /** With the one-time token. */
  readonly entrance: string;
  close(): Promise<void>;
}

/** The port is taken. */
export class PortInUseError extends StartError {
  override readonly name = 'PortInUseError';
}

/** Above `MAX_REQUEST_LENGTH`, whose refusal is an answer; above this the socket itself is closed. */
const MAX_SOCKET_MESSAGE_BYTES = 1024 * 1024;

/**
 * Serves the page and its socket on 127.0.0.1.
 *
 * @param port 0 lets the system choose
 * @param onSocket takes a socket that has been let in
 * @throws PortInUseError
 */
export async function startWebServer(
  port: number,
  files: PageFiles,
  onSocket: (socket: WebSocket) => void,
): Promise<WebServer> {
  const server = createServer();
  const access = new PageAccess(await listen(server, port));
  const headers = pageHeaders(contentSecurityPolicy(access.origin.replace('http:', 'ws:')));
  const answer = getRequestListener(pageRoutes(access, headers, files).fetch);
  // It answers 500 to whatever is thrown, and never rejects.
  server.on('request', (request, response) => void answer(request, response));

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SOCKET_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request, stream, head) => {
    // A browser that goes away in the middle of this must not end the process.
    stream.on('error', () => stream.destroy());
    const refusal = access.refusalOfSocket(accessRequest(request));
    if (refusal !== undefined) refuseUpgrade(stream, 403, REFUSAL_TEXTS[refusal]);
    else if (request.url !== SOCKET_PATH) refuseUpgrade(stream, 404, 'There is no socket at this address.');
    else sockets.handleUpgrade(request, stream, head, onSocket);
  });
  return {
    entrance: access.entrance,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>(resolve => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function pageRoutes(access: PageAccess, headers: Readonly<Record<string, string>>, files: PageFiles): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD')
      return context.text('Only GET is answered here.', 405);
    return next();
  });
  app.get('*', async context => {
    const request: AccessRequest = {
      host: context.req.header('host'),
      origin: context.req.header('origin'),
      cookie: context.req.header('cookie'),
    };
    const refuse = (refusal: Refusal) => context.text(REFUSAL_TEXTS[refusal], 403);

    const foreign = access.refusalOfSource(request);
    if (foreign !== undefined) return refuse(foreign);
    const token = context.req.query('token');
    if (context.req.path === '/' && token !== undefined) {
      // HEAD asks about a page and takes nothing: a link checker must not use the token up.
      const cookie = context.req.method === 'GET' ? access.exchange(token) : undefined;
      if (cookie === undefined) return refuse('badToken');
      context.header('set-cookie', cookie);
      return context.redirect('/', 303);
    }
    const refusal = access.refusalOfPage(request);
    if (refusal !== undefined) return refuse(refusal);
    const file = await files.find(context.req.path);
    if (file === undefined) return context.text('There is nothing at this address.', 404);
    return context.body(file.body, 200, { 'content-type': file.contentType });
  });
  return app;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const message =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use by another program; give another one, or --port 0 for any that is free.`
          : `Port ${port} can't be opened on 127.0.0.1 (${error.code ?? error.message}); give another one, or --port 0.`;
      reject(new PortInUseError(message, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the server has no address'));
    });
  });
}

function accessRequest({ headers }: IncomingMessage): AccessRequest {
  return { host: headers.host, origin: headers.origin, cookie: headers.cookie };
}

function refuseUpgrade(stream: Duplex, status: 403 | 404, text: string): void {
  const reason = status === 403 ? 'Forbidden' : 'Not Found';
  stream.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
