import type { BrokenLink } from '../../../shared/contract/audit.ts';
import type { AuditHead, AuditWalk } from '../api/audit.ts';
import { auditHash, CHAIN_START } from '../audit-chain.ts';
import type { ChainedColumns } from '../audit-chain.ts';
import type { AuditRepository } from '../repositories/audit.ts';
import type { Sliced } from './slices.ts';

/** Rows whose hashes are reckoned in one slice: a few milliseconds, however long a row's texts are within reason. */
const ROWS_A_SLICE = 200;

/** What a row says against the chain up to it, if anything. */
function linkOf(before: AuditHead, row: ChainedColumns): BrokenLink | undefined {
  if (row.seq !== before.seq + 1) return { why: 'missing', seq: before.seq + 1, rows: row.seq - before.seq - 1 };
  if (auditHash(row.previous, row) !== row.hash) return { why: 'changed', seq: row.seq };
  if (row.previous === before.hash) return undefined;
  // It agrees with itself and follows another row than the one that stands there: that one was put in its place.
  return before.seq === 0 ? { why: 'changed', seq: row.seq } : { why: 'replaced', seq: before.seq };
}

/** What a head that is known from elsewhere says against a chain that holds together up to its last row. */
function endOf(last: AuditHead, kept: AuditHead | undefined, hashAt: (seq: number) => string | undefined) {
  if (kept === undefined || kept.seq === 0) return undefined;
  if (kept.seq > last.seq) return { why: 'cutEnd', seq: last.seq + 1, keptSeq: kept.seq } as const;
  return hashAt(kept.seq) === kept.hash ? undefined : ({ why: 'replaced', seq: kept.seq } as const);
}

/**
 * Walks the audit from its first row and reckons every hash. Rows that are added meanwhile are walked too.
 *
 * @param kept a head known from elsewhere
 * @returns how many rows there are, and the first that is wrong
 */
export function* walkAudit(audit: AuditRepository, kept: AuditHead | undefined): Sliced<AuditWalk> {
  let before: AuditHead = { seq: 0, hash: CHAIN_START };
  let rows = 0;
  let broken: BrokenLink | undefined;
  for (;;) {
    const slice = audit.chained(before.seq, ROWS_A_SLICE);
    for (const row of slice) {
      broken ??= linkOf(before, row);
      before = { seq: row.seq, hash: row.hash };
    }
    rows += slice.length;
    if (slice.length < ROWS_A_SLICE) break;
    yield;
  }
  const beside = audit.findKeptHead();
  const hashAt = (seq: number): string | undefined => audit.find(seq)?.hash;
  broken ??= endOf(before, beside, hashAt) ?? endOf(before, kept, hashAt);
  if (beside === undefined) broken ??= { why: 'headless', seq: before.seq };
  else if (beside.seq < before.seq) broken ??= { why: 'added', seq: beside.seq + 1 };
  return {
    rows,
    ...(before.seq === 0 ? {} : { head: before }),
    ...(broken === undefined ? {} : { broken }),
  };
}
