import { createHash } from 'node:crypto';

/** A row of the audit as its table keeps it: what its hash is made of. */
export interface AuditColumns {
  readonly seq: number;
  readonly at: number;
  readonly tenantId: string;
  readonly who: string;
  readonly what: string;
  readonly target: string;
  /** JSON texts. */
  readonly before: string | null;
  readonly after: string | null;
  readonly requestId: string | null;
}

/** The row with its place in the chain. */
export interface ChainedColumns extends AuditColumns {
  /** The hash of the row before; `CHAIN_START` in the first. */
  readonly previous: string;
  readonly hash: string;
}

/** What the first row follows. */
export const CHAIN_START = '0'.repeat(64);

/**
 * A row's hash: SHA-256, in lower-case hexadecimal, over the UTF-8 text of the hash before, a line feed, and the JSON list of the row's number,
 * time, tenant, who, what, target, before, after and request id. `docs/audit.md` tells others how to reckon it.
 */
export function auditHash(previous: string, row: AuditColumns): string {
  const { seq, at, tenantId, who, what, target, before, after, requestId } = row;
  const text = JSON.stringify([seq, at, tenantId, who, what, target, before, after, requestId]);
  return createHash('sha256').update(`${previous}\n${text}`, 'utf8').digest('hex');
}
