import type { BrokenLink } from '../../../shared/contract/audit.ts';
import type { AuditCode } from '../../../shared/domain/audit-words.ts';
import type { TenantId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { Json } from './json.ts';

interface AuditFacts {
  readonly at: UtcSeconds;
  readonly tenantId: TenantId;
  /** The technician's user name. */
  readonly who: string;
  /** The object it was done to: its kind and id in one text. */
  readonly target: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Graph's `request-id`. */
  readonly requestId?: string;
}

export interface AuditEntry extends AuditFacts {
  /** What was done, a code that has words (`restoreSession.activate`). */
  readonly what: AuditCode;
}

export interface AuditRow extends AuditFacts {
  /** 1, 2, 3 …: without gaps, over all tenants. */
  readonly seq: number;
  /** The code as it was written, perhaps by a newer version. */
  readonly what: string;
}

/** A row with its place in the chain; `audit-chain.ts` says how hashes are made. */
export interface ChainedAuditRow extends AuditRow {
  readonly previous: string;
  readonly hash: string;
}

/** Where the chain ends. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Rows that meet every part that is given. */
export interface AuditQuestion {
  readonly tenantId?: TenantId;
  readonly who?: string;
  readonly what?: string;
  /** `[fromAt, toAt)` */
  readonly fromAt?: UtcSeconds;
  readonly toAt?: UtcSeconds;
  /** Found in the row's own texts, or true of its code, tenant or target, whose words and names the caller knows. */
  readonly text?: {
    readonly typed: string;
    readonly codes: readonly string[];
    readonly tenantIds: readonly TenantId[];
    readonly targets: readonly string[];
  };
}

export interface AuditWalk {
  readonly rows: number;
  /** The last row; absent in an empty audit. */
  readonly head?: AuditHead;
  readonly broken?: BrokenLink;
}

/** The record of every change made. Rows are added and never changed or deleted, not even when a tenant is forgotten. */
export interface AuditCatalog {
  /** @returns the row's `seq` */
  append(entry: AuditEntry): Promise<number>;
  /** Rows of a tenant after `afterSeq`, in order, at most `limit` (at most 1,000). */
  list(question: {
    readonly tenantId: TenantId;
    readonly afterSeq?: number;
    readonly limit: number;
  }): Promise<AuditRow[]>;
  /** The same over all tenants unless the question names one, for the export: those that it means, with their hashes. */
  listAcrossTenants(page: {
    readonly question?: AuditQuestion;
    readonly afterSeq?: number;
    readonly limit: number;
  }): Promise<ChainedAuditRow[]>;
  /** A window of the rows, newest first. */
  find(
    question: AuditQuestion,
    window: { readonly offset: number; readonly limit: number },
  ): Promise<{ total: number; offset: number; rows: AuditRow[] }>;
  findRow(seq: number): Promise<ChainedAuditRow | undefined>;
  /** Who and what the rows name, in order of the alphabet. */
  choices(tenantId?: TenantId): Promise<{ who: string[]; what: string[] }>;
  /** The last row, as the table has it; absent in an empty audit. */
  findHead(): Promise<AuditHead | undefined>;
  /** Walks the whole chain in slices. @param kept a head known from elsewhere, that the chain must hold */
  verify(kept?: AuditHead): Promise<AuditWalk>;
}
