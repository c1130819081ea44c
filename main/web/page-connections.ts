import type { BridgeConnection } from '../bridge/index.ts';

/** The pages that are connected now, newest last. */
export class PageConnections {
  readonly #connections = new Set<BridgeConnection>();

  add(connection: BridgeConnection): void {
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
  }

  /** Asks the newest page to open an address. @returns whether there was a page to ask */
  openUrl(url: URL): boolean {
    const newest = [...this.#connections].at(-1);
    newest?.openUrl(url);
    return newest !== undefined;
  }

  closeAll(): void {
    for (const connection of this.#connections) connection.close();
  }
}
