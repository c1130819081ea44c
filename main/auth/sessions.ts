import type { Cloud, SecretStore } from '../host.ts';
import type { Account, KeptSignIn } from './auth-state.ts';
import { toAccountId } from './account-id.ts';
import type { AuthLog } from './auth-log.ts';
import type { EntraNetwork } from './entra-network.ts';
import { type HomeAccount, loadKeptSignIn, SLOTS, type SignIn, toKeptText, toSecretNames } from './kept-sign-in.ts';
import { createMsal, type Msal } from './msal-application.ts';
import { SecretWriter } from './secret-writer.ts';
import { Session } from './session.ts';
import { SignInError } from './sign-in-problem.ts';
import { TokenCache } from './token-cache.ts';

interface SessionsParts {
  readonly cloud: Cloud;
  readonly network: EntraNetwork;
  readonly secrets: SecretStore;
  readonly log: AuthLog;
  /** Read at each write of a cache: what is in it then, is kept out. */
  readonly forgottenTenants: ReadonlySet<string>;
  /** Told after each write of a secret: `undefined`, or why it failed. */
  readonly written: (name: string, error: unknown) => void;
}

interface Open {
  readonly session: Session;
  readonly slot: number;
}

/**
 * The sign-ins in use: one for each (client id, account), with an MSAL application, a cache and a secret of its own, so that
 * nothing that becomes of one touches another. Secrets have numbered places, as a store can't be asked what is in it.
 */
export class Sessions {
  readonly #parts: SessionsParts;
  readonly #open: Open[] = [];
  /** By name, and for as long as the console runs: so a secret's removal and its next writing keep their order. */
  readonly #writers = new Map<string, SecretWriter>();

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  /** Loads what was kept for the client ids. @returns what became of it: the worst of all */
  async load(clientIds: Iterable<string>): Promise<KeptSignIn> {
    let worst: KeptSignIn = 'fine';
    for (const clientId of clientIds) {
      const loads = Array.from({ length: SLOTS }, (_, slot) =>
        loadKeptSignIn(this.#parts.secrets, toSecretNames(clientId, slot)),
      );
      for (const [slot, kept] of (await Promise.all(loads)).entries()) {
        if (kept.outcome !== 'fine') {
          this.#parts.log.warn('keptSignInRefused', { outcome: kept.outcome, error: toErrorName(kept.error) });
          worst = worst === 'setAside' ? worst : kept.outcome;
        }
        const { signIn } = kept;
        // The same person twice would be two sign-ins, of which one sign-out ends one.
        if (signIn === undefined || this.find(clientId, toAccountId(signIn.home.homeAccountId)) !== undefined) continue;
        const { msal, cache } = this.application(clientId, signIn.cache);
        this.#put({ clientId, home: signIn.home, msal, cache, slot });
      }
    }
    return worst;
  }

  /** Everybody who is signed in, each once. */
  get accounts(): readonly Account[] {
    return [...new Map(this.#open.map(({ session }) => [session.account.id, session.account])).values()];
  }

  find(clientId: string, accountId: string): Session | undefined {
    return this.#open.find(({ session }) => session.clientId === clientId && session.account.id === accountId)?.session;
  }

  isOpen(session: Session): boolean {
    return this.#open.some(open => open.session === session);
  }

  /** An application and a cache for a sign-in that has yet to succeed: until then everything stays untouched. */
  application(clientId: string, kept?: string): { readonly msal: Msal; readonly cache: TokenCache } {
    const cache = new TokenCache(kept);
    const { cloud, network } = this.#parts;
    return { cache, msal: createMsal({ ...cloud, clientId }, network, cache) };
  }

  /** Takes a sign-in into use and keeps it; the same person's one before ends. @throws SignInError where no place is left */
  open(signIn: {
    readonly clientId: string;
    readonly home: HomeAccount;
    readonly msal: Msal;
    readonly cache: TokenCache;
  }): Session {
    const index = this.#open.findIndex(
      ({ session }) => session.clientId === signIn.clientId && session.home.homeAccountId === signIn.home.homeAccountId,
    );
    const before = index < 0 ? undefined : this.#open.splice(index, 1)[0];
    const slot = before?.slot ?? this.#freeSlot(signIn.clientId);
    before?.session.end();
    const { session } = this.#put({ ...signIn, slot });
    this.#writerOf(signIn.clientId, slot).save(() => toKeptText(session.signIn));
    return session;
  }

  /** Ends sign-ins for good, and removes what was kept of them. @throws what the secret store threw */
  async end(which: (session: Session) => boolean): Promise<void> {
    const ended = this.#open.filter(({ session }) => which(session));
    for (const open of ended) {
      this.#open.splice(this.#open.indexOf(open), 1);
      open.session.end();
    }
    await all(ended.map(({ session, slot }) => this.#remove(session.clientId, slot)));
  }

  /** Removes what was set aside of any sign-in with the client id, and what could not be read. @throws what the secret store threw */
  async removeRemains(clientId: string): Promise<void> {
    const taken = new Set(this.#open.filter(open => open.session.clientId === clientId).map(({ slot }) => slot));
    const free = Array.from({ length: SLOTS }, (_, slot) => slot).filter(slot => !taken.has(slot));
    await all(free.map(slot => this.#remove(clientId, slot)));
  }

  /** Takes a tenant's tokens out of every sign-in but one. */
  async dropTokensOf(tenantId: string, except: Session | undefined): Promise<void> {
    for (const { session } of this.#open) if (session !== except) await session.dropTokensOf(tenantId);
  }

  /**
   * Takes out of every sign-in what has become forbidden. Tokens to be gone must be gone from the disk: where the rest can't be
   * written, the whole secret goes.
   *
   * @throws what the secret store threw
   */
  async applyRule(): Promise<void> {
    await all(
      this.#open.map(async ({ session, slot }) => {
        await session.applyRule();
        const writer = this.#writerOf(session.clientId, slot);
        await writer.flush().catch(() => this.#parts.secrets.remove(toSecretNames(session.clientId, slot).signIn));
      }),
    );
  }

  /** Waits until everything is kept, or has failed to be. */
  async flush(): Promise<void> {
    await Promise.allSettled([...this.#writers.values()].map(writer => writer.flush()));
  }

  #put(signIn: {
    readonly clientId: string;
    readonly home: HomeAccount;
    readonly msal: Msal;
    readonly cache: TokenCache;
    readonly slot: number;
  }): Open {
    const { clientId, home, msal, cache, slot } = signIn;
    const { forgottenTenants } = this.#parts;
    const writer = this.#writerOf(clientId, slot);
    const keep = (changed: SignIn) => writer.save(() => toKeptText(changed));
    const open = { session: new Session({ clientId, home, msal, cache, forgottenTenants, keep }), slot };
    this.#open.push(open);
    return open;
  }

  #writerOf(clientId: string, slot: number): SecretWriter {
    const { secrets, written } = this.#parts;
    const name = toSecretNames(clientId, slot).signIn;
    const known = this.#writers.get(name);
    if (known !== undefined) return known;
    const writer = new SecretWriter(secrets, name, error => written(name, error));
    this.#writers.set(name, writer);
    return writer;
  }

  async #remove(clientId: string, slot: number): Promise<void> {
    const writer = this.#writerOf(clientId, slot);
    writer.remove();
    await writer.flush();
    await this.#parts.secrets.remove(toSecretNames(clientId, slot).setAside);
  }

  #freeSlot(clientId: string): number {
    const taken = new Set(this.#open.filter(open => open.session.clientId === clientId).map(({ slot }) => slot));
    const free = Array.from({ length: SLOTS }, (_, slot) => slot).find(slot => !taken.has(slot));
    if (free === undefined) throw new SignInError({ kind: 'unexpected', code: 'too_many_accounts' });
    return free;
  }
}

/** Waits for all of them, whatever becomes of one; then fails with the first failure. */
async function all(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find(outcome => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Of an error of the host, the kind alone: its text may quote what was to be kept. */
export function toErrorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
