/**
 * One connection between a page and main, whatever carries it: an Electron message port, a page's message port or a
 * WebSocket. It carries text alone, so that nothing is ever transferred.
 */
export interface Carrier {
  /** Sends a text to the other end. After the connection has ended this does nothing: ending is told by `onClosed`. */
  post(text: string): void;
  /** Whatever arrives, unchecked: the other end is not trusted to send text. */
  onMessage(listener: (data: unknown) => void): void;
  /** Told once, when either end has closed or the connection broke. A port whose other end died may never tell. */
  onClosed(listener: () => void): void;
  /** Ends the connection. Safe to call more than once. */
  close(): void;
}
