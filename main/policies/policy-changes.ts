import { AppFailure } from '../../shared/contract/errors.ts';
import type { ChangeResult, PolicyChange, PreparedChange, SentChange } from '../../shared/contract/policies.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { asAppFailure } from '../failures.ts';
import { GraphError } from '../graph/index.ts';
import { AuditedWrites } from '../writes/index.ts';
import type { ChangePreparer } from './change-preparer.ts';
import { ChangeSender } from './change-sender.ts';
import { followJob } from './job-results.ts';
import type { PoliciesOptions } from './policies-options.ts';
import type { PolicyReader } from './policy-reader.ts';
import type { ChangeDocument, Sending } from './prepared.ts';
import { type PolicyWrite, policyWrites, type WriteDone } from './policy-writes.ts';

/** Changes that nobody looks at any more are let go beyond this number, the oldest first; one that is being sent stays. */
const CHANGES_KEPT = 50;

interface Kept {
  readonly document: ChangeDocument;
  readonly sending: Sending;
}

/** Changes of protection: prepared, sent once, and followed. They live in memory; what was sent stands in the audit. */
export class PolicyChanges {
  readonly #options: PoliciesOptions;
  readonly #reader: PolicyReader;
  readonly #preparer: ChangePreparer;
  readonly #writes: AuditedWrites<PolicyWrite, WriteDone>;
  readonly #changes = new Map<string, Kept>();
  readonly #ends = new Map<TenantId, AbortController>();
  readonly #settled = new Set<TenantId>();

  constructor(options: PoliciesOptions, reader: PolicyReader, preparer: ChangePreparer) {
    this.#options = options;
    this.#reader = reader;
    this.#preparer = preparer;
    this.#writes = new AuditedWrites(options, policyWrites);
  }

  /** Works out what the change will do. @throws AppFailure as `policies.prepare` of the contract */
  async prepare(tenantId: TenantId, change: PolicyChange, signal?: AbortSignal): Promise<PreparedChange> {
    try {
      // What was left by an earlier run is told before anything like it is prepared anew.
      await this.settleLeftOver(tenantId);
      const document = await this.#preparer.prepare(tenantId, change, signal);
      this.#keep(document);
      return document.prepared;
    } catch (error) {
      throw asAppFailure(error, { tenantId });
    }
  }

  /** Sends it, or waits with those who did already. @throws AppFailure as `policies.send` of the contract */
  async send(changeId: string, typedName: string | undefined): Promise<SentChange> {
    const kept = this.#get(changeId);
    const { document, sending } = kept;
    if (sending.state === 'prepared') {
      const who = await this.#check(document, typedName);
      // Two calls may have waited for the same checks.
      if (sending.state === 'prepared') this.#begin(kept, who);
    }
    await sending.done;
    return toSent(kept);
  }

  /** How far it is; jobs that go on are looked at. */
  async change(changeId: string): Promise<SentChange> {
    const kept = this.#get(changeId);
    const { document, sending } = kept;
    const { policyId } = sending;
    if (sending.state === 'ended' && document.kind !== undefined && policyId !== undefined) {
      for (const jobId of sending.jobIds) {
        const job = { jobId, kind: document.kind, policyId };
        try {
          await followJob(this.#options, document, sending, job, this.#endOf(document.tenantId).signal);
        } catch (error) {
          // What could not be read waits on; the next look may tell.
          if (!(error instanceof GraphError)) throw error;
        }
      }
    }
    return toSent(kept);
  }

  /** A window of the results, in the order of the items. */
  listResults(
    changeId: string,
    only: ChangeResult['outcome'] | undefined,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): { total: number; offset: number; rows: ChangeResult[] } {
    const all = resultsOf(this.#get(changeId));
    const meant = only === undefined ? all : all.filter(({ outcome }) => outcome === only);
    return { total: meant.length, offset, rows: meant.slice(offset, offset + limit) };
  }

  /** Settles by reading what an earlier run left without an outcome, once a tenant; sends nothing. */
  async settleLeftOver(tenantId: TenantId): Promise<void> {
    if (this.#settled.has(tenantId)) return;
    this.#settled.add(tenantId);
    try {
      const { signal } = this.#endOf(tenantId);
      const isUnderWay = (changeId: string): boolean => this.#changes.has(changeId);
      if (!(await this.#writes.settleLeftOver(tenantId, isUnderWay, signal))) this.#settled.delete(tenantId);
    } catch (error) {
      this.#settled.delete(tenantId);
      throw error;
    }
  }

  /** Ends what is sent in a tenant that is forgotten, and drops its changes. */
  async forget(tenantId: TenantId): Promise<void> {
    await this.#end(tenantId);
    for (const [id, { document }] of this.#changes) if (document.tenantId === tenantId) this.#changes.delete(id);
  }

  /** Whether a change is on its way in the tenant. */
  isSending(tenantId: TenantId): boolean {
    return [...this.#changes.values()].some(
      ({ document, sending }) => document.tenantId === tenantId && sending.state === 'sending',
    );
  }

  /** Ends everything under way; what was on its way is settled by reading the next time. */
  async stop(): Promise<void> {
    await Promise.all([...this.#ends.keys()].map(async tenantId => this.#end(tenantId)));
  }

  /** @returns who sends it */
  async #check({ tenantId, prepared }: ChangeDocument, typedName: string | undefined): Promise<string> {
    const { auth, catalog } = this.#options;
    const { readOnly, displayName } = await catalog.tenants.get(tenantId);
    if (readOnly !== undefined) throw new AppFailure({ code: 'TENANT_READ_ONLY', tenantId, ...readOnly });
    const stops = prepared.problems.filter(({ severity }) => severity === 'stop').map(({ code }) => code);
    if (stops.length > 0) throw new AppFailure({ code: 'CHANGE_BLOCKED', problems: [...new Set(stops)] });
    if (prepared.needsTypedName && typedName?.trim() !== displayName.trim())
      throw new AppFailure({ code: 'NAME_MISMATCH', expected: displayName });
    const who = auth.accountIn(tenantId)?.username;
    if (who === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
    return who;
  }

  #begin(kept: Kept, who: string): void {
    const { document, sending } = kept;
    const { tenantId } = document;
    const sender = new ChangeSender(
      { options: this.#options, reader: this.#reader, writes: this.#writes },
      { document, sending, who, signal: this.#endOf(tenantId).signal },
    );
    sending.state = 'sending';
    sending.startedAt = this.#options.now(tenantId);
    sending.done = sender.send().finally(() => {
      sending.state = 'ended';
      sending.endedAt = this.#options.now(tenantId);
      this.#options.emit({ type: 'policiesChanged', tenantId });
    });
  }

  #endOf(tenantId: TenantId): AbortController {
    const end = this.#ends.get(tenantId) ?? new AbortController();
    this.#ends.set(tenantId, end);
    return end;
  }

  async #end(tenantId: TenantId): Promise<void> {
    this.#ends.get(tenantId)?.abort();
    const own = [...this.#changes.values()].filter(({ document }) => document.tenantId === tenantId);
    await Promise.allSettled(own.map(async ({ sending }) => sending.done));
    this.#ends.delete(tenantId);
    this.#settled.delete(tenantId);
  }

  #keep(document: ChangeDocument): void {
    const sending: Sending = {
      state: 'prepared',
      requestsDone: 0,
      jobIds: new Set(),
      results: new Map(),
      others: [],
    };
    this.#changes.set(document.prepared.id, { document, sending });
    for (const [id, kept] of this.#changes) {
      if (this.#changes.size <= CHANGES_KEPT) return;
      if (kept.sending.state !== 'sending') this.#changes.delete(id);
    }
  }

  #get(changeId: string): Kept {
    const kept = this.#changes.get(changeId);
    if (kept === undefined) throw new AppFailure({ code: 'CHANGE_NOT_FOUND', changeId });
    return kept;
  }
}

function resultsOf({ document, sending }: Kept): ChangeResult[] {
  const isSent = sending.state !== 'prepared';
  return [
    ...sending.others,
    ...document.items.map(
      ({ name, address, line, unitId }, place): ChangeResult =>
        sending.results.get(place) ?? {
          name,
          outcome: 'notSent',
          ...(address === undefined ? {} : { address }),
          ...(line === undefined ? {} : { line }),
          ...(unitId === undefined ? {} : { unitId }),
        },
    ),
    ...document.leftOut.map(({ item: { name, address, line, unitId }, because }): ChangeResult => ({
      name,
      outcome: 'leftOut',
      error: { code: because, message: '' },
      ...(address === undefined ? {} : { address }),
      ...(line === undefined ? {} : { line }),
      ...(unitId === undefined ? {} : { unitId }),
    })),
  ].filter(({ outcome }) => isSent || outcome === 'leftOut');
}

function toSent(kept: Kept): SentChange {
  const { document, sending } = kept;
  const counts = { accepted: 0, refused: 0, leftOut: 0, waiting: 0, unknown: 0, notSent: 0 };
  for (const { outcome } of resultsOf(kept)) counts[outcome] += 1;
  return {
    change: document.prepared,
    state: sending.state,
    ...(sending.startedAt === undefined ? {} : { startedAt: sending.startedAt }),
    ...(sending.endedAt === undefined ? {} : { endedAt: sending.endedAt }),
    requestsDone: sending.requestsDone,
    counts,
    ...(sending.error === undefined ? {} : { error: sending.error }),
    ...(sending.policyId === undefined ? {} : { policyId: sending.policyId }),
    jobIds: [...sending.jobIds],
  };
}
