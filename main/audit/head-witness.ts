import { z } from 'zod';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditHead, Catalog } from '../catalog/index.ts';
import type { Log, SecretStore } from '../host.ts';

const SECRET = 'audit-head';

/** How far the audit had come at a time, by the host's clock. */
const Kept = z.object({ seq: z.int().min(1), hash: z.string().length(64), at: z.int() });
export type KeptHead = z.infer<typeof Kept>;

/**
 * A head of the audit's chain that lies apart from the audit: whoever can write the database can reckon all hashes anew, but can't
 * write what the system's key store encrypts. Where secrets can't be kept, there is no witness, and the chain stands for itself.
 */
export class HeadWitness {
  readonly #audit: Pick<Catalog['audit'], 'findHead' | 'findRow'>;
  readonly #secrets: SecretStore;
  readonly #now: () => UtcSeconds;
  readonly #log: Log;

  constructor(parts: {
    readonly audit: Pick<Catalog['audit'], 'findHead' | 'findRow'>;
    readonly secrets: SecretStore;
    readonly now: () => UtcSeconds;
    readonly log: Log;
  }) {
    this.#audit = parts.audit;
    this.#secrets = parts.secrets;
    this.#now = parts.now;
    this.#log = parts.log;
  }

  /** The head kept last; `undefined` where none is kept that can be read. */
  async load(): Promise<KeptHead | undefined> {
    try {
      const text = await this.#secrets.load(SECRET);
      return text === undefined ? undefined : Kept.parse(JSON.parse(text));
    } catch (error) {
      this.#log.warn('audit.headNotRead', { reason: toReason(error) });
      return undefined;
    }
  }

  /** Keeps a head. Failing costs nothing but the comparison: the chain itself is on disk. */
  async keep({ seq, hash }: AuditHead): Promise<void> {
    try {
      await this.#secrets.save(SECRET, JSON.stringify({ seq, hash, at: this.#now() } satisfies KeptHead));
    } catch (error) {
      this.#log.warn('audit.headNotKept', { reason: toReason(error) });
    }
  }

  /** Keeps the present head, unless the audit no longer holds the one kept before: what shows a cut end must not be overwritten. */
  async moveOn(): Promise<void> {
    const head = await this.#audit.findHead();
    const kept = await this.load();
    if (head === undefined || head.hash === kept?.hash) return;
    if (kept !== undefined && (await this.#audit.findRow(kept.seq))?.hash !== kept.hash) return;
    await this.keep(head);
  }
}

/** The kind of failure alone: a message of the key store may say more than a log should hold. */
function toReason(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
