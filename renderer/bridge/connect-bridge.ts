import { AppFailure } from '../../shared/contract/errors.ts';
import type { Carrier } from '../../shared/bridge/carrier.ts';
import { PAGE_ORIGIN, PORT_MESSAGE, SOCKET_PATH } from '../../shared/bridge/hand-over.ts';
import { createBridge, type Bridge } from './bridge-client.ts';
import { carryOverPagePort } from './page-port-carrier.ts';
import { carryOverPageSocket } from './page-socket-carrier.ts';

/**
 * Connects this page to its main process: by the port that the shell hands over, or by a socket to the loopback host.
 * To be called once, while the page's scripts first run: the port comes as soon as the page has loaded.
 *
 * @throws AppFailure BRIDGE_CLOSED where the loopback host does not answer or refuses the socket
 */
export async function connectBridge(page: Window = window): Promise<Bridge> {
  const carrier = page.location.origin === PAGE_ORIGIN ? await portCarrier(page) : await socketCarrier(page);
  return createBridge(carrier, {
    openUrl: url => {
      page.open(url.href, '_blank', 'noopener,noreferrer');
    },
    onRefused: problems => {
      // Nobody waits for it, so nobody can be told; it is a mistake of one end, and shows as such.
      reportError(new Error(`The bridge dropped a message: ${problems.join('; ')}`));
    },
  });
}

function portCarrier(page: Window): Promise<Carrier> {
  return new Promise(resolve => {
    const take = (event: MessageEvent): void => {
      const [port] = event.ports;
      if (port === undefined || !isPortHandOver(event, page)) return;
      page.removeEventListener('message', take);
      resolve(carryOverPagePort(port));
    };
    page.addEventListener('message', take);
  });
}

/** Only this page's own preload may hand a port over, never a frame or an opener. */
export function isPortHandOver(
  event: {
    readonly source: unknown;
    readonly origin: string;
    readonly data: unknown;
    readonly ports: readonly unknown[];
  },
  page: { readonly location: { readonly origin: string } },
): boolean {
  return (
    event.source === page &&
    event.origin === page.location.origin &&
    event.data === PORT_MESSAGE &&
    event.ports.length === 1
  );
}

function socketCarrier(page: Window): Promise<Carrier> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${page.location.host}${SOCKET_PATH}`);
    socket.addEventListener('open', () => resolve(carryOverPageSocket(socket)), { once: true });
    socket.addEventListener('close', () => reject(new AppFailure({ code: 'BRIDGE_CLOSED' })), { once: true });
  });
}
