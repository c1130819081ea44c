import { clientFaults, toClientFault } from './graph-error.ts';

/** Where Graph is, and the only origin that a token ever goes to. */
export class ServiceRoot {
  readonly origin: string;
  readonly #base: URL;

  /** @param graphOrigin such as `https://graph.microsoft.com` */
  constructor(graphOrigin: string, version = 'v1.0') {
    this.origin = new URL(graphOrigin).origin;
    this.#base = new URL(`/${version}/`, this.origin);
  }

  /** The address of a path below the version. */
  toAddress(path: string): URL {
    return this.#own(`${this.#base.href}${path.replace(/^\/+/, '')}`);
  }

  /**
   * The address of a link that the service gave: absolute, relative to the version (`/solutions/…`, as documented), to the origin
   * (`/v1.0/…`), or a bare query.
   *
   * @throws GraphError `clientForeignOrigin` where it leads anywhere else
   */
  followLink(link: string, from: URL): URL {
    if (/^\/(?:v1\.0|beta)\//i.test(link)) return this.#own(link);
    if (link.startsWith('?')) return this.#own(link, from);
    // Absolute, or without a scheme (`//host/…`): either may name another host.
    if (/^[a-z][a-z0-9+.-]*:/i.test(link) || /^[/\\]{2}/.test(link)) return this.#own(link);
    return this.toAddress(link);
  }

  /** Where a redirect of ours leads, by the rules of HTTP. @throws GraphError `clientForeignOrigin` where it leads to another origin */
  followRedirect(location: string, from: URL): URL {
    return this.#own(location, from);
  }

  /** True where a token may go there. */
  isOwn(address: URL): boolean {
    return address.origin === this.origin && address.username === '' && address.password === '';
  }

  #own(link: string, base: URL = this.#base): URL {
    const address = URL.parse(link, base.href);
    if (address !== null && this.isOwn(address)) return address;
    throw toClientFault(
      clientFaults.foreignOrigin,
      `The service's link leads to ${address?.origin ?? 'no readable address'}, not to ${this.origin}. Nothing was sent there.`,
      address === null ? {} : { origin: address.origin },
    );
  }
}
