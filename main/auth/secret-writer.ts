import type { SecretStore } from '../host.ts';

/**
 * Keeps one secret up to date in the background, one write after another. A value that is overtaken while it waits is
 * never written.
 */
export class SecretWriter {
  readonly #secrets: SecretStore;
  readonly #name: string;
  readonly #outcome: (error: unknown) => void;
  /** What is still to be written; `null` removes the secret. */
  #pending: { readonly value: (() => string) | null } | undefined;
  #writing: Promise<void> | undefined;
  #error: unknown;

  /** @param outcome told after each write: `undefined`, or why it failed */
  constructor(secrets: SecretStore, name: string, outcome: (error: unknown) => void) {
    this.#secrets = secrets;
    this.#name = name;
    this.#outcome = outcome;
  }

  /** @param value asked for when its turn to be written has come */
  save(value: () => string): void {
    this.#put({ value });
  }

  remove(): void {
    this.#put({ value: null });
  }

  /** Waits until the newest value is written; one that failed before is tried once more. @throws what the store threw for it */
  async flush(): Promise<void> {
    if (this.#writing === undefined && this.#pending !== undefined) this.#writing = this.#write();
    while (this.#writing !== undefined) await this.#writing;
    if (this.#pending !== undefined) throw this.#error;
  }

  #put(pending: { readonly value: (() => string) | null }): void {
    this.#pending = pending;
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    while (this.#pending !== undefined) {
      const current = this.#pending;
      try {
        if (current.value === null) await this.#secrets.remove(this.#name);
        else await this.#secrets.save(this.#name, current.value());
        this.#error = undefined;
        if (this.#pending === current) this.#pending = undefined;
        this.#outcome(undefined);
      } catch (error) {
        this.#error = error;
        this.#outcome(error);
        // What failed stays pending for the next change or flush; only a newer value is worth an attempt at once.
        if (this.#pending === current) break;
      }
    }
    this.#writing = undefined;
  }
}
