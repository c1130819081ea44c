/** The scheme and host of the page in the shell; `app://backstop/index.html`. */
export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'backstop';
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;

/** The message with which main posts a port to the preload, and the preload to its page. The port is its only content. */
export const PORT_MESSAGE = 'backstop:port';

/** Where the loopback host takes its page's socket. */
export const SOCKET_PATH = '/bridge';
