import type { ChangeResult, PolicyChange, PreparedChange, SentChange } from '../../shared/contract/policies.ts';
import type { TenantId, UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';

/** One unit, site or owner that a change is about. */
export interface ChangeItem {
  readonly kind: UnitKind;
  readonly name: string;
  readonly address?: string;
  /** Site id, or the owner's directory object id. Absent for a line that names an address alone: the service resolves it. */
  readonly ownerKey?: string;
  /** The unit, where the catalog knows one. */
  readonly unitId?: UnitId;
  /** The line of the import. */
  readonly line?: number;
}

/** An item that is not sent, and why: the code of the problem. */
export interface LeftOutItem {
  readonly item: ChangeItem;
  readonly because: string;
}

/** A change as main keeps it: what was shown, and everything that sending it needs. */
export interface ChangeDocument {
  readonly tenantId: TenantId;
  readonly prepared: PreparedChange;
  readonly change: PolicyChange;
  readonly kind?: UnitKind;
  readonly items: readonly ChangeItem[];
  readonly leftOut: readonly LeftOutItem[];
  /** What stood before, for the audit: the policy's name and status, the rule's expression. */
  readonly before: {
    readonly name?: string;
    readonly status?: string;
    readonly expression?: string;
  };
}

/** How a document's sending stands; changed by the sender alone. */
export interface Sending {
  state: SentChange['state'];
  startedAt?: number;
  endedAt?: number;
  requestsDone: number;
  error?: SentChange['error'];
  policyId?: string;
  readonly jobIds: Set<string>;
  /** By place in `items`. What has none yet was not sent. */
  readonly results: Map<number, ChangeResult>;
  /** Results that belong to no item: the policy's or the rule's own, and what a job names that nobody asked for. */
  readonly others: ChangeResult[];
  /** Ends when the sending has. */
  done?: Promise<void>;
}

/** Units that are named one by one in requests; more go by a bulk addition job. */
const NAMED_AT_MOST = 500;
/** Units that one request names. */
export const UNITS_A_REQUEST = 50;
/** Entries that one bulk addition job takes. */
export const ENTRIES_A_JOB = 50_000;

/** By which way units are added: named, with an answer to each, or by a job of the service. */
export function additionWay(items: readonly ChangeItem[]): 'requests' | 'job' {
  return items.length <= NAMED_AT_MOST && items.every(({ ownerKey }) => ownerKey !== undefined) ? 'requests' : 'job';
}

export function requestsToAdd(items: readonly ChangeItem[]): number {
  return Math.ceil(items.length / (additionWay(items) === 'job' ? ENTRIES_A_JOB : UNITS_A_REQUEST));
}
