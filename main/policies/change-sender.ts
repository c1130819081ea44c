import { type AppError, AppFailure } from '../../shared/contract/errors.ts';
import type { ChangeResult } from '../../shared/contract/policies.ts';
import { toRuleExpression } from '../../shared/domain/inclusion-rule.ts';
import { type UnitKind, unitKinds } from '../../shared/domain/protection-unit.ts';
import type { Json } from '../catalog/index.ts';
import { GraphError } from '../graph/index.ts';
import type { AuditedWrites, WriteOutcome } from '../writes/index.ts';
import { followJob } from './job-results.ts';
import type { PoliciesOptions } from './policies-options.ts';
import type { PolicyReader } from './policy-reader.ts';
import { isOneItemsFault, type PolicyWrite, settleWrite, type WriteDone } from './policy-writes.ts';
import {
  additionWay,
  type ChangeDocument,
  type ChangeItem,
  ENTRIES_A_JOB,
  type Sending,
  UNITS_A_REQUEST,
} from './prepared.ts';
import { matchUnits, onlyFailure, type Placed } from './unit-results.ts';

const JOB_PATIENCE_MS = 120_000;
/** Refusals that every further request would meet as well. */
const REFUSES_ALL: ReadonlySet<number> = new Set([401, 402, 403, 404, 413]);

/** Ends the sending: what was not sent stays so. */
class Ended extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.code);
    this.error = error;
  }
}

/** Sends one document: its requests one after the other, each item's result as it comes. */
export class ChangeSender {
  readonly #options: PoliciesOptions;
  readonly #reader: PolicyReader;
  readonly #writes: AuditedWrites<PolicyWrite, WriteDone>;
  readonly #document: ChangeDocument;
  readonly #sending: Sending;
  readonly #who: string;
  readonly #signal: AbortSignal;

  constructor(
    {
      options,
      reader,
      writes,
    }: { options: PoliciesOptions; reader: PolicyReader; writes: AuditedWrites<PolicyWrite, WriteDone> },
    {
      document,
      sending,
      who,
      signal,
    }: { document: ChangeDocument; sending: Sending; who: string; signal: AbortSignal },
  ) {
    this.#options = options;
    this.#reader = reader;
    this.#writes = writes;
    this.#document = document;
    this.#sending = sending;
    this.#who = who;
    this.#signal = signal;
  }

  /** Never throws for what the service, the network or the sign-in did: that stands in the sending. */
  async send(): Promise<void> {
    const { tenantId } = this.#document;
    try {
      await this.#all();
    } catch (error) {
      const known = error instanceof Ended ? error.error : this.#options.toAppError(error, tenantId);
      if (known === undefined) throw error;
      this.#sending.error = known;
    } finally {
      await this.#readAgain();
    }
  }

  async #all(): Promise<void> {
    const { change, kind } = this.#document;
    const items = this.#document.items.map((item, place) => ({ ...item, place }));
    switch (change.type) {
      case 'create': {
        const made = await this.#one(
          { what: 'protectionPolicy.create', kind: change.kind, name: change.name },
          change.name,
        );
        if (made?.id === undefined) return;
        this.#sending.policyId = made.id;
        await this.#add(change.kind, made.id, items);
        if (change.activate)
          await this.#one(
            { what: 'protectionPolicy.activate', kind: change.kind, policyId: made.id, status: 'inactive' },
            change.name,
          );
        return;
      }
      case 'offboard':
      case 'cancelOffboard':
        return await this.#offboarding(change.type, items);
      default:
    }
    if (kind === undefined) return;
    const { policyId } = change;
    this.#sending.policyId = policyId;
    const ofPolicy = { kind, policyId };
    const { name = policyId, status = 'unknown' } = this.#document.before;
    const expression = this.#document.prepared.expression ?? '';
    switch (change.type) {
      case 'rename':
        await this.#one({ what: 'protectionPolicy.rename', ...ofPolicy, name: change.name }, change.name);
        return;
      case 'activate':
        await this.#one({ what: 'protectionPolicy.activate', ...ofPolicy, status }, name);
        return;
      case 'deactivate':
        await this.#one({ what: 'protectionPolicy.deactivate', ...ofPolicy, status }, name);
        return;
      case 'delete':
        await this.#one({ what: 'protectionPolicy.delete', ...ofPolicy }, name);
        return;
      case 'addUnits':
        return await this.#add(kind, policyId, items);
      case 'removeUnits':
        return await this.#inChunks(items, async chunk => this.#remove(kind, policyId, chunk));
      case 'createRule': {
        const text = toRuleExpression(change.form);
        await this.#one({ what: 'inclusionRule.create', ...ofPolicy, expression: text, dynamic: change.dynamic }, text);
        return;
      }
      case 'changeRule': {
        const text = toRuleExpression(change.form);
        await this.#one({ what: 'inclusionRule.update', ...ofPolicy, ruleId: change.ruleId, expression: text }, text);
        return;
      }
      case 'runRule':
        await this.#one({ what: 'inclusionRule.run', ...ofPolicy, ruleId: change.ruleId }, expression);
        return;
      case 'deleteRule':
        await this.#one({ what: 'inclusionRule.delete', ...ofPolicy, ruleId: change.ruleId }, expression);
        return;
      case 'deleteRuleAndUnprotect':
        await this.#one({ what: 'inclusionRule.deleteAndUnprotect', ...ofPolicy, ruleId: change.ruleId }, expression);
    }
  }

  /** One request about the policy or the rule itself. @returns what was made, where it was taken */
  async #one(write: NewWrite, name: string): Promise<{ readonly id?: string } | undefined> {
    const came = await this.#write(write);
    if (came.outcome === 'done') {
      const { status, id } = came.done;
      this.#sending.others.push({ name, outcome: 'accepted', ...(status === undefined ? {} : { status }) });
      return id === undefined ? {} : { id };
    }
    this.#sending.others.push(toFailed(name, came));
    throw this.#ended(came);
  }

  async #add(kind: UnitKind, policyId: string, items: readonly Placed[]): Promise<void> {
    if (items.length === 0) return;
    if (additionWay(items) === 'requests')
      return await this.#inChunks(items, async chunk => this.#addNamed(kind, policyId, chunk));
    for (let from = 0; from < items.length; from += ENTRIES_A_JOB)
      await this.#addByJob(kind, policyId, items.slice(from, from + ENTRIES_A_JOB), from / ENTRIES_A_JOB + 1);
  }

  async #inChunks(items: readonly Placed[], send: (chunk: readonly Placed[]) => Promise<void>): Promise<void> {
    for (let from = 0; from < items.length; from += UNITS_A_REQUEST)
      await send(items.slice(from, from + UNITS_A_REQUEST));
  }

  async #addNamed(kind: UnitKind, policyId: string, chunk: readonly Placed[]): Promise<void> {
    const ownerKeys = chunk.flatMap(({ ownerKey }) => (ownerKey === undefined ? [] : [ownerKey]));
    const write = { what: 'protectionPolicy.addUnits' as const, kind, policyId, ownerKeys };
    await this.#unitsChanged(write, chunk, async half => this.#addNamed(kind, policyId, half));
  }

  async #remove(kind: UnitKind, policyId: string, chunk: readonly Placed[]): Promise<void> {
    const unitIds = chunk.flatMap(({ unitId }) => (unitId === undefined ? [] : [unitId]));
    const write = { what: 'protectionPolicy.removeUnits' as const, kind, policyId, unitIds };
    await this.#unitsChanged(write, chunk, async half => this.#remove(kind, policyId, half));
  }

  async #unitsChanged(
    write: UnitsWrite,
    chunk: readonly Placed[],
    again: (half: readonly Placed[]) => Promise<void>,
  ): Promise<void> {
    const came = await this.#write(write);
    if (came.outcome === 'refused' && chunk.length > 1 && isOneItemsFault(came.error)) {
      // Refused whole for one of them: halved until that one stands alone.
      const middle = Math.ceil(chunk.length / 2);
      await again(chunk.slice(0, middle));
      return await again(chunk.slice(middle));
    }
    if (came.outcome !== 'done') {
      for (const item of chunk) this.#result(item, toFailed(item.name, came));
      if (came.outcome !== 'refused' || REFUSES_ALL.has(came.error.status)) throw this.#ended(came);
      return;
    }
    const { units } = came.done;
    if (units !== undefined) await this.#reader.putUnits(this.#document.tenantId, units.units);
    const { matched, unmatched } =
      units === undefined ? { matched: new Map(), unmatched: [] } : matchUnits(chunk, units);
    const untaken = unmatched.length === 0 ? new Set<string>() : await this.#untaken(write);
    for (const item of chunk) {
      const result = matched.get(item.place);
      if (result !== undefined) this.#result(item, result);
      else if (untaken.has(keyOf(item, write.what)))
        this.#result(item, { name: item.name, outcome: 'refused', error: onlyFailure(units?.failures ?? []) });
      else this.#result(item, { name: item.name, outcome: 'accepted' });
    }
  }

  /** What of a change of units the service does not show as done, where its answer named not all of them. */
  async #untaken(write: UnitsWrite): Promise<Set<string>> {
    const graph = this.#options.graph.forTenant(this.#document.tenantId);
    const settled = await settleWrite(graph, this.#complete(write), { signal: this.#signal });
    if (settled.state !== 'not-done') return new Set();
    const { left } = settled;
    if (left.what === 'protectionPolicy.addUnits') return new Set(left.ownerKeys.map(key => key.toLowerCase()));
    return left.what === 'protectionPolicy.removeUnits' ? new Set(left.unitIds.map(id => id.toLowerCase())) : new Set();
  }

  async #addByJob(kind: UnitKind, policyId: string, items: readonly Placed[], number: number): Promise<void> {
    const { prepared } = this.#document;
    // The name is what the job is found by, should the answer be lost.
    const name = `Backstop ${prepared.id.slice(0, 8)}-${number}`;
    const came = await this.#write({
      what: 'protectionPolicy.addByJob',
      kind,
      policyId,
      name,
      ownerKeys: items.flatMap(({ ownerKey }) => (ownerKey === undefined ? [] : [ownerKey])),
      addresses: items.flatMap(({ ownerKey, address }) =>
        ownerKey === undefined && address !== undefined ? [address] : [],
      ),
    });
    const jobId = came.outcome === 'done' ? came.done.id : undefined;
    if (came.outcome !== 'done' || jobId === undefined) {
      for (const item of items) this.#result(item, toFailed(item.name, came));
      throw this.#ended(came);
    }
    this.#sending.jobIds.add(jobId);
    for (const item of items) this.#result(item, { name: item.name, outcome: 'waiting' });
    const patience = this.#options.jobPatienceMs ?? JOB_PATIENCE_MS;
    for (let waited = 0; waited < patience; waited += this.#options.pollMs) {
      if (await this.#look(jobId, kind, policyId)) return;
      await this.#options.sleep(this.#options.pollMs, this.#signal);
    }
  }

  /** @returns whether the job has ended */
  async #look(jobId: string, kind: UnitKind, policyId: string): Promise<boolean> {
    const job = { jobId, kind, policyId };
    try {
      return await followJob(this.#options, this.#document, this.#sending, job, this.#signal);
    } catch (error) {
      // The job goes on by itself, read or not; it is looked at again.
      if (error instanceof GraphError && !this.#signal.aborted) return false;
      throw error;
    }
  }

  async #offboarding(type: 'offboard' | 'cancelOffboard', items: readonly Placed[]): Promise<void> {
    for (const item of items) {
      const { kind, unitId = '' } = item;
      const came = await this.#write({ what: `protectionUnit.${type}`, kind, unitId });
      if (came.outcome === 'done') {
        const { status } = came.done;
        this.#result(item, { name: item.name, outcome: 'accepted', ...(status === undefined ? {} : { status }) });
        continue;
      }
      this.#result(item, toFailed(item.name, came));
      // 403 `OperationNotAllowed` is about this unit's state; any other 403 is about us.
      const isOwn = came.error.code.toLowerCase() === 'operationnotallowed' || came.error.status === 404;
      if (came.outcome !== 'refused' || (REFUSES_ALL.has(came.error.status) && !isOwn)) throw this.#ended(came);
    }
  }

  async #write(write: NewWrite): Promise<Outcome> {
    const { tenantId, prepared, before } = this.#document;
    const came = await this.#writes.run(tenantId, prepared.id, this.#complete(write), beforeOf(before), this.#signal);
    this.#sending.requestsDone += 1;
    this.#options.emit({
      type: 'policyChangeProgressed',
      tenantId,
      changeId: prepared.id,
      requestsDone: this.#sending.requestsDone,
      requests: Math.max(prepared.requests, this.#sending.requestsDone),
    });
    return came;
  }

  #complete<W extends NewWrite>(write: W): W & { readonly who: string; readonly since: number } {
    return { ...write, who: this.#who, since: this.#options.now(this.#document.tenantId) };
  }

  #result(item: Placed, result: ChangeResult): void {
    this.#sending.results.set(item.place, { ...factsOf(item), ...result });
  }

  #ended(came: Outcome): Ended {
    if (came.outcome === 'done') return new Ended({ code: 'GRAPH_UNREADABLE' });
    if (came.outcome !== 'refused') return new Ended({ code: 'OUTCOME_UNKNOWN', ...withId(came.error.requestId) });
    const known = this.#options.toAppError(came.error, this.#document.tenantId);
    if (known === undefined) throw came.error;
    return new Ended(known);
  }

  /** What was written is read again at once. That it could not be is no failure of the change: its age says so. */
  async #readAgain(): Promise<void> {
    const { tenantId, kind, change, items } = this.#document;
    const signal = { signal: this.#signal };
    if (this.#sending.requestsDone === 0) return;
    try {
      await this.#reader.readPolicies(tenantId, signal);
      const { policyId } = this.#sending;
      if (policyId !== undefined && kind !== undefined) {
        if (change.type.includes('Rule')) await this.#reader.readRules(tenantId, kind, policyId, signal);
        if (this.#sending.jobIds.size > 0) await this.#reader.readJobs(tenantId, kind, policyId, signal);
        if (change.type === 'delete') {
          const units = await this.#options.catalog.units.idsMatching({
            tenantId,
            filter: { policyId },
            now: this.#options.now(tenantId),
            limit: 1_000,
          });
          await this.#reader.readUnits(tenantId, kind, units, signal);
        } else if (change.type !== 'rename') await this.#reader.readUnitsOfPolicy(tenantId, kind, policyId, signal);
      }
      for (const each of unitKinds) {
        const ids = items.flatMap(item => (item.kind === each && item.unitId !== undefined ? [item.unitId] : []));
        await this.#reader.readUnits(tenantId, each, ids, signal);
      }
    } catch (error) {
      if (!(error instanceof AppFailure)) throw error;
      this.#options.log.warn('policies.notReadAgain', {
        tenantId,
        changeId: this.#document.prepared.id,
        code: error.error.code,
      });
    }
  }
}

type Outcome = WriteOutcome<WriteDone>;
type NewWriteOf<C extends PolicyWrite['what']> = Omit<Extract<PolicyWrite, { what: C }>, 'who' | 'since'>;
type UnitsWrite = NewWriteOf<'protectionPolicy.addUnits'> | NewWriteOf<'protectionPolicy.removeUnits'>;
type NewWrite = { [C in PolicyWrite['what']]: NewWriteOf<C> }[PolicyWrite['what']];

function beforeOf({ name, status, expression }: ChangeDocument['before']): Readonly<Record<string, Json>> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { status }),
    ...(expression === undefined ? {} : { expression }),
  };
}

function factsOf({ line, unitId, address }: ChangeItem): Pick<ChangeResult, 'line' | 'unitId' | 'address'> {
  return {
    ...(line === undefined ? {} : { line }),
    ...(unitId === undefined ? {} : { unitId }),
    ...(address === undefined ? {} : { address }),
  };
}

function toFailed(name: string, came: Outcome): ChangeResult {
  if (came.outcome === 'done') return { name, outcome: 'unknown' };
  const error = { code: came.error.code, message: came.error.message };
  // What surely was not carried out though it was sent twice is no refusal: why, nobody has said.
  return { name, outcome: came.outcome === 'refused' ? 'refused' : 'unknown', error };
}

function withId(requestId: string | undefined): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

function keyOf(item: ChangeItem, what: 'protectionPolicy.addUnits' | 'protectionPolicy.removeUnits'): string {
  return ((what === 'protectionPolicy.addUnits' ? item.ownerKey : item.unitId) ?? '').toLowerCase();
}
