import type { SecretStore } from '../../host.ts';

/** Secrets in a map, with every write recorded, and failures and delays on demand. */
export class MemorySecrets implements SecretStore {
  readonly isPersistent: boolean = true;
  readonly kept = new Map<string, string>();
  /** Names in the order in which they were written or removed. */
  readonly writes: { readonly name: string; readonly value: string | undefined }[] = [];
  /** While set, loads throw it. */
  failLoad: Error | undefined;
  /** While set, saves throw it. */
  failSave: Error | undefined;
  failRemove: Error | undefined;
  /** While set, writes wait for it. */
  gate: Promise<void> | undefined;

  async load(name: string): Promise<string | undefined> {
    if (this.failLoad !== undefined) throw this.failLoad;
    return this.kept.get(name);
  }

  async save(name: string, value: string): Promise<void> {
    await this.gate;
    if (this.failSave !== undefined) throw this.failSave;
    this.writes.push({ name, value });
    this.kept.set(name, value);
  }

  async remove(name: string): Promise<void> {
    await this.gate;
    if (this.failRemove !== undefined) throw this.failRemove;
    this.writes.push({ name, value: undefined });
    this.kept.delete(name);
  }
}
