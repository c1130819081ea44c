import type { Carrier } from '../../shared/bridge/carrier.ts';

/** Carries the bridge over a socket that is open. */
export function carryOverPageSocket(socket: WebSocket): Carrier {
  let open = true;
  const closedListeners: (() => void)[] = [];
  const end = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closedListeners) listener();
  };
  socket.addEventListener('close', end);
  return {
    post: text => {
      if (open) socket.send(text);
    },
    onMessage: listener => {
      socket.addEventListener('message', event => {
        if (open) listener(event.data);
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
