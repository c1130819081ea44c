import type { Carrier } from '../../shared/bridge/carrier.ts';

/** The part of a `ws` WebSocket that the bridge needs. */
export interface MainSocket {
  send(text: string): void;
  on(event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(code?: number): void;
}

/** Carries the bridge over a socket that the loopback host has accepted. */
export function carryOverSocket(socket: MainSocket): Carrier {
  let open = true;
  const closedListeners: (() => void)[] = [];
  const end = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closedListeners) listener();
  };
  socket.on('close', end);
  // A frame that breaks the socket's own protocol or its size limit is told here, and `close` follows. Without a listener it would end the process.
  socket.on('error', () => undefined);
  return {
    post: text => {
      if (open) socket.send(text);
    },
    onMessage: listener => {
      socket.on('message', (data, isBinary) => {
        if (open) listener(isBinary || !(data instanceof Buffer) ? data : data.toString('utf8'));
      });
    },
    onClosed: listener => {
      closedListeners.push(listener);
    },
    close: () => {
      if (!open) return;
      end();
      socket.close(1000);
    },
  };
}
