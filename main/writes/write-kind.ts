import type { z } from 'zod';
import type { AuditEntry, Json } from '../catalog/index.ts';
import type { Answer, CallOptions, TenantGraph } from '../graph/index.ts';

/** A write as it stands in its intent: what is done by whom, and more that its feature needs. */
export type AuditedWrite = Pick<AuditEntry, 'what' | 'who'>;

/** What the audit and an intent's outcome keep of a write. */
export type WriteFacts = Readonly<Record<string, Json>>;

/** What reading says of a write whose answer was lost. */
export type Settled<W, D> =
  | { readonly state: 'done'; readonly done: D }
  /** Surely not: `left` is what of it is still to do. */
  | { readonly state: 'not-done'; readonly left: W }
  | { readonly state: 'unclear' };

/**
 * A feature's writes: how each is sent, what it leaves in the audit, and how reading tells what became of it. A write is plain data, the
 * same in memory and in its intent, so that it can be settled even after the console was killed.
 */
export interface WriteKind<W extends AuditedWrite, D> {
  /** Reads a write from its intent; refuses what belongs to another feature. */
  readonly schema: z.ZodType<W>;
  /** What it is about, for intents and the audit. */
  readonly targetOf: (write: W, tenantId: string) => string;
  /** What was to be, for the audit. */
  readonly intendedBy: (write: W) => WriteFacts;
  /** What came of it, for the audit. */
  readonly factsOf: (done: D) => WriteFacts;
  /** @throws GraphError */
  readonly send: (tenant: TenantGraph, write: W, options: CallOptions) => Promise<Answer<D>>;
  /** Finds out by reading whether it was carried out. Changes nothing. @throws GraphError: then nothing is settled */
  readonly settle: (tenant: TenantGraph, write: W, options: CallOptions) => Promise<Settled<W, D>>;
  /** How often it is sent at most, where it surely was not carried out before. */
  readonly sendsOf: (write: W) => number;
  /** Whether the documentation allows it to be sent again although reading does not say what became of it. */
  readonly isIdempotent: (write: W) => boolean;
}
