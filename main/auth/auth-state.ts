import type { SignInProblem } from './sign-in-problem.ts';

/** A technician. Nothing here, nor in any other object that leaves `main/auth`, holds a token or an id token. */
export interface Account {
  /** The console's own short id, which may cross the bridge. */
  readonly id: string;
  /** The user principal name, for people to read. */
  readonly username: string;
  /** The username again where the directory tells no name. */
  readonly displayName: string;
  /** Lower-case GUID. */
  readonly homeTenantId: string;
  /** MSAL's key of the person: object id and tenant id at home, joined by a dot. */
  readonly homeAccountId: string;
}

/** What became of the sign-in that was kept from last time. */
export type KeptSignIn =
  /** There was none, or all are in use. */
  | 'fine'
  /** One was damaged: it lies aside, encrypted as before, and the technician signs in anew. */
  | 'setAside'
  /** One can't be decrypted on this machine or by this user; the next sign-in replaces it. */
  | 'unreadable';

/** Where tokens are kept now. */
export type TokenStorage =
  /** Encrypted by the host. */
  | 'encrypted'
  /** In memory, by the host's nature: signed out when the console closes. */
  | 'memory'
  /** In memory, because the host could not encrypt or write; tried again at each change. */
  | 'failing';

/** Who is signed in, and what goes on. */
export type AuthState = {
  /** Everybody who is, whatever else goes on. */
  readonly accounts: readonly Account[];
  readonly keptSignIn: KeptSignIn;
  readonly tokenStorage: TokenStorage;
} & (
  | { readonly status: 'signedOut'; readonly lastProblem?: SignInProblem }
  /** A prompt is open in the browser: for `tenantId`, or at home where it is absent. */
  | { readonly status: 'signingIn'; readonly tenantId?: string }
  | { readonly status: 'signedIn' }
);

/** Holds the state and tells those who watch. */
export class AuthStateStore {
  #state: AuthState;
  readonly #listeners = new Set<() => void>();
  #closed = false;

  constructor(initial: AuthState) {
    this.#state = initial;
  }

  get(): AuthState {
    return this.#state;
  }

  set(state: AuthState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Ends every watch. */
  close(): void {
    this.#closed = true;
    for (const listener of [...this.#listeners]) listener();
  }

  /** The state now, then each later one; a slow reader gets the newest and misses those between. Ends with `signal` or `close`. */
  async *watch(signal?: AbortSignal): AsyncGenerator<AuthState, void, void> {
    let told: AuthState | undefined;
    let wake: () => void = () => undefined;
    const listener = () => wake();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', listener);
    try {
      while (!this.#closed && signal?.aborted !== true) {
        const state = this.#state;
        if (state !== told) {
          told = state;
          yield state;
          continue;
        }
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', listener);
    }
  }
}
