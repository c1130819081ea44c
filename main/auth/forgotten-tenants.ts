import { z } from 'zod';
import type { SecretStore } from '../host.ts';
import type { SecretWriter } from './secret-writer.ts';

const Tenants = z.array(z.guid().toLowerCase());

/**
 * Tenants that get no token until they are added again. Kept apart from the sign-in and longer than it: the refresh token of
 * the next sign-in reaches them just as well.
 */
export class ForgottenTenants {
  readonly #tenants: Set<string>;
  readonly #writer: SecretWriter;

  constructor(tenants: ReadonlySet<string>, writer: SecretWriter) {
    this.#tenants = new Set(tenants);
    this.#writer = writer;
  }

  get all(): ReadonlySet<string> {
    return this.#tenants;
  }

  has(tenantId: string): boolean {
    return this.#tenants.has(tenantId);
  }

  /** @throws what the secret store threw; in memory the tenant is forgotten all the same */
  async add(tenantId: string): Promise<void> {
    this.#tenants.add(tenantId);
    await this.#save();
  }

  async remove(tenantId: string): Promise<void> {
    if (this.#tenants.delete(tenantId)) await this.#save();
  }

  /** Waits until the list is kept. @throws what the secret store threw */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  #save(): Promise<void> {
    if (this.#tenants.size === 0) this.#writer.remove();
    else this.#writer.save(() => JSON.stringify([...this.#tenants]));
    return this.#writer.flush();
  }
}

/** @returns the tenants kept under this name; `undefined` where they can't be read */
export async function loadForgottenTenants(
  secrets: SecretStore,
  name: string,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const text = await secrets.load(name);
    if (text === undefined) return new Set();
    return new Set(Tenants.parse(JSON.parse(text)));
  } catch {
    return undefined;
  }
}
