import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { auditResults } from '../domain/audit-words.ts';
import { procedure } from './procedure.ts';
import { Count, TenantId, UtcSeconds, Window } from './values.ts';

/** Which rows are meant: all that meet every part that is given. */
export const AuditFilter = z.object({
  /** Absent: every tenant's, also those of tenants that were forgotten. */
  tenantId: TenantId.optional(),
  who: z.string().max(320).optional(),
  /** A code of `shared/domain/audit-words.ts`. */
  what: z.string().max(100).optional(),
  /** Found in who, in the words of what, in the target or its name, the tenant's name, before, after or the request id; case and accents don't count. */
  text: z.string().max(200).optional(),
  /** `[fromAt, toAt)`, in the tenants' service time. */
  fromAt: UtcSeconds.optional(),
  toAt: UtcSeconds.optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export const AuditListRow = z.object({
  /** 1, 2, 3 …: without gaps, over all tenants, in the order written. */
  seq: z.int().min(1),
  at: UtcSeconds,
  /** As it was written; a tenant that was forgotten keeps its rows. */
  tenantId: z.string(),
  /** Absent where the tenant was forgotten. */
  tenantName: z.string().optional(),
  who: z.string(),
  what: z.string(),
  /** The object it was done to: its kind and id. */
  target: z.string(),
  /** What the target is called here, where that is known. */
  targetName: z.string().optional(),
  result: z.object({ is: z.enum(auditResults), code: z.string().optional() }),
  requestId: z.string().optional(),
});
export type AuditListRow = z.infer<typeof AuditListRow>;

export const AuditDetail = AuditListRow.extend({
  /** JSON texts, indented; cut where they are longer than a person reads, which `isCut` says. The export has them whole. */
  before: z.string().optional(),
  after: z.string().optional(),
  isCut: z.boolean(),
  previous: z.string(),
  hash: z.string(),
});
export type AuditDetail = z.infer<typeof AuditDetail>;

/**
 * The first thing that is wrong with the chain, at row `seq`:
 * `changed`: the row is not what its hash was made of.
 * `replaced`: the row agrees with its own hash, but is another one than the next row, or a kept head, was chained to.
 * `missing`: `rows` rows from `seq` on are gone, and later ones are there.
 * `cutEnd`: rows from `seq` to `keptSeq` are gone; that they were there says a kept head.
 * `added`: rows from `seq` on stand behind the chain's end.
 * `headless`: where the chain ends is not written down any more; `seq` is its last row.
 * A kept head is the one beside the chain, or the one among this computer's secrets.
 */
export const BrokenLink = z.discriminatedUnion('why', [
  z.object({ why: z.literal('changed'), seq: Count }),
  z.object({ why: z.literal('replaced'), seq: Count }),
  z.object({ why: z.literal('missing'), seq: Count, rows: Count }),
  z.object({ why: z.literal('cutEnd'), seq: Count, keptSeq: Count }),
  z.object({ why: z.literal('added'), seq: Count }),
  z.object({ why: z.literal('headless'), seq: Count }),
]);
export type BrokenLink = z.infer<typeof BrokenLink>;

export const AuditVerification = z.object({
  verifiedAt: UtcSeconds,
  /** Rows that were walked. */
  rows: Count,
  /** The last row's number and hash; absent in an empty audit. */
  head: z.object({ seq: z.int().min(1), hash: z.string() }).optional(),
  /** The head kept with this computer's secrets, apart from the file, that the chain was compared with; absent where none is kept. */
  witness: z.object({ seq: z.int().min(1), at: UtcSeconds }).optional(),
  broken: BrokenLink.optional(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

export const audit = {
  /** A window of the rows, newest first. */
  list: procedure
    .input(z.object({ filter: AuditFilter, window: Window }))
    .output(z.object({ total: Count, offset: Count, rows: z.array(AuditListRow) })),
  /** Who and what the rows name, for the filters; of one tenant or of all. */
  choices: procedure
    .input(z.object({ tenantId: TenantId.optional() }))
    .output(z.object({ who: z.array(z.string()), what: z.array(z.string()) })),
  /** One row with all that it keeps. Fails with AUDIT_ROW_NOT_FOUND. */
  get: procedure.input(z.object({ seq: z.int().min(1) })).output(AuditDetail),
  /** Walks the whole chain, over all tenants, and tells the first broken link. */
  verify: procedure.output(AuditVerification),
  /**
   * The rows of a filter in the order written, as a stream of pieces of text below 32 KB that make one file when joined: CSV that a spreadsheet opens
   * without running anything, or JSON lines with all that a row's hash is made of.
   */
  export: procedure
    .input(z.object({ filter: AuditFilter, format: z.enum(['csv', 'jsonl']) }))
    .output(eventIterator(z.object({ fileName: z.string(), text: z.string() }))),
};
