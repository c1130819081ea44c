import type { TenantId } from '../../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { AuditEntry } from './audit.ts';
import type { Json } from './json.ts';
import type { PlanChange, PlanSession } from './plans.ts';

/** What is about to be done, written before its request leaves. */
export interface NewIntent {
  readonly planId: string;
  readonly tenantId: TenantId;
  /** A name from the restore's table of steps. */
  readonly step: string;
  /** What the step is about (a part of the plan, a session id), so that it can be found again. */
  readonly about: string;
  readonly at: UtcSeconds;
  readonly facts: Json;
}

/** What came of it, written after its answer. An unknown outcome may be followed by another once it was settled by reading. */
export interface NewOutcome {
  readonly intent: number;
  readonly outcome: 'done' | 'refused' | 'unknown' | 'undone';
  readonly at: UtcSeconds;
  readonly facts: Json;
}

export interface Outcome extends NewOutcome {
  readonly seq: number;
}

export interface Intent extends NewIntent {
  /** Grows with every row; gives the order in which things were written. */
  readonly seq: number;
  readonly outcomes: readonly Outcome[];
}

/** What is written in the same transaction as an intent or an outcome: all of it, or nothing. */
export interface Together {
  readonly plan?: PlanChange;
  readonly audit?: readonly AuditEntry[];
  readonly link?: PlanSession;
  readonly unlink?: { readonly planId: string; readonly sessionId: string };
}

/** The write-ahead record of restores and other changes: append-only, on disk when the call resolves. */
export interface IntentsCatalog {
  /** @returns the intent's `seq` */
  append(intent: NewIntent, together?: Together): Promise<number>;
  /**
   * The same for a change that belongs to no plan, such as one of policies: `planId` is the id of the change.
   * @returns the intent's `seq`
   */
  appendChange(intent: NewIntent, audit?: readonly AuditEntry[]): Promise<number>;
  conclude(outcome: NewOutcome, together?: Together): Promise<void>;
  /** All of a plan, in the order written, each with its outcomes. */
  list(planId: string): Promise<Intent[]>;
  /** Intents of all tenants without an outcome, or whose last is `unknown`, in the order written. */
  listUnfinishedAcrossTenants(): Promise<Intent[]>;
}
