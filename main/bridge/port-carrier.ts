import type { Carrier } from '../../shared/bridge/carrier.ts';

/** The part of Electron's `MessagePortMain` that the bridge needs. */
export interface MainPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** Carries the bridge over a port whose other end lies in a page. The port is started once somebody listens. */
export function carryOverPort(port: MainPort): Carrier {
  let open = true;
  const closedListeners: (() => void)[] = [];
  const end = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closedListeners) listener();
  };
  port.on('close', end);
  return {
    post: text => {
      if (open) port.postMessage(text);
    },
    onMessage: listener => {
      port.on('message', event => {
        if (open) listener(event.data);
      });
      port.start();
    },
    onClosed: listener => {
      closedListeners.push(listener);
    },
    close: () => {
      if (!open) return;
      end();
      port.close();
    },
  };
}
