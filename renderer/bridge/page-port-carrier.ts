import type { Carrier } from '../../shared/bridge/carrier.ts';

/** Carries the bridge over the port that the preload handed to this page. Chromium tells of no end; the heartbeat does. */
export function carryOverPagePort(port: MessagePort): Carrier {
  let open = true;
  const closedListeners: (() => void)[] = [];
  const end = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closedListeners) listener();
  };
  port.addEventListener('close', end);
  return {
    post: text => {
      if (open) port.postMessage(text);
    },
    onMessage: listener => {
      port.addEventListener('message', event => {
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
