import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Why a request is turned away. */
export type Refusal = 'foreignHost' | 'foreignOrigin' | 'badToken' | 'noSession';

/** The parts of a request that decide whether it is let in. Header names are lower-case. */
export interface AccessRequest {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

/**
 * Who may see the page: whoever held the one-time token, by the cookie that it was exchanged for, and only under the exact
 * name that this host listens at. Foreign names are refused before anything else, so that a name that is pointed at
 * 127.0.0.1 (DNS rebinding) meets a closed door whatever cookies it brings.
 */
export class PageAccess {
  readonly #authority: string;
  readonly #cookieName: string;
  readonly #session = secret();
  #token: string | undefined = secret();

  /** @param port the port that the host listens on; cookies know no ports, so the cookie's name holds it */
  constructor(port: number) {
    this.#authority = `127.0.0.1:${port}`;
    this.#cookieName = `backstop-${port}`;
  }

  get origin(): string {
    return `http://${this.#authority}`;
  }

  /** The address that lets one browser in, once. Void after `exchange`. */
  get entrance(): string {
    return `${this.origin}/?token=${this.#token ?? ''}`;
  }

  /** @returns the `Set-Cookie` header, or `undefined` where the token is wrong or was used before */
  exchange(token: string): string | undefined {
    if (this.#token === undefined || !sameSecret(token, this.#token)) return undefined;
    this.#token = undefined;
    return `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Whether a request names this host, and comes from its own page where it says where it comes from. */
  refusalOfSource({ host, origin }: AccessRequest): 'foreignHost' | 'foreignOrigin' | undefined {
    if (host !== this.#authority) return 'foreignHost';
    return origin !== undefined && origin !== this.origin ? 'foreignOrigin' : undefined;
  }

  refusalOfPage(request: AccessRequest): Refusal | undefined {
    return this.refusalOfSource(request) ?? (this.#hasSession(request) ? undefined : 'noSession');
  }

  /** As for the page, but a socket must say its origin: every browser does. */
  refusalOfSocket(request: AccessRequest): Refusal | undefined {
    if (request.origin === undefined) return 'foreignOrigin';
    return this.refusalOfPage(request);
  }

  #hasSession({ cookie }: AccessRequest): boolean {
    const prefix = `${this.#cookieName}=`;
    return (cookie ?? '')
      .split(';')
      .map(pair => pair.trim())
      .some(pair => pair.startsWith(prefix) && sameSecret(pair.slice(prefix.length), this.#session));
  }
}

export const REFUSAL_TEXTS: Readonly<Record<Refusal, string>> = {
  foreignHost: 'This address is not served here. Open the address that Backstop printed when it started.',
  foreignOrigin: "Only Backstop's own page may ask for this.",
  badToken:
    'This address has been used already, or is not the one that Backstop printed. Stop Backstop and start it again for a new one.',
  noSession: 'This browser was not let in. Open the address that Backstop printed when it started; it works once.',
};

function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** In constant time. Secrets here all have one length, so a difference in length tells an attacker nothing new. */
function sameSecret(given: string, kept: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(kept);
  return a.length === b.length && timingSafeEqual(a, b);
}
