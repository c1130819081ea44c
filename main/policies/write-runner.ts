import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { Json, Intent } from '../catalog/index.ts';
import { GraphError } from '../graph/index.ts';
import type { PoliciesOptions } from './policies-options.ts';
import {
  PolicyWrite,
  sendWrite,
  settleWrite,
  targetOf,
  toAudit,
  type WriteDone,
  type WriteSettled,
} from './policy-writes.ts';

/** What became of one write. */
export type WriteOutcome =
  | { readonly outcome: 'done'; readonly done: WriteDone; readonly requestId?: string }
  | { readonly outcome: 'refused'; readonly error: GraphError }
  /** The answer was lost and reading did not say. */
  | { readonly outcome: 'unknown'; readonly error: GraphError };

/** Looks at what a lost write may have done: so often, until the service can be read. */
const LOOKS = 5;
/** A write that surely was not carried out is sent once more, and no further. */
const SENDS = 2;

/**
 * Sends one write after the other, each on disk as an intent before it leaves and as an outcome with its audit row after its answer. A write
 * whose answer was lost is never sent again before reading has said, twice, that nothing of it is there.
 */
export class WriteRunner {
  readonly #options: Pick<PoliciesOptions, 'catalog' | 'graph' | 'now' | 'pollMs' | 'sleep'>;

  constructor(options: Pick<PoliciesOptions, 'catalog' | 'graph' | 'now' | 'pollMs' | 'sleep'>) {
    this.#options = options;
  }

  /**
   * @param before what stood before, for the audit
   * @throws GraphError with the outcome `nothing-done`: offline, throttled for too long, no token
   */
  async run(
    tenantId: TenantId,
    changeId: string,
    write: PolicyWrite,
    before: Readonly<Record<string, Json>>,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    return await this.#send(tenantId, changeId, write, before, signal, SENDS);
  }

  /**
   * Settles what an earlier run of the console left without an outcome, by reading; sends nothing. What can't be read yet stays.
   *
   * @param isUnderWay true for a change of this run: its own sending settles it
   * @returns whether nothing was left in this tenant
   */
  async settleLeftOver(
    tenantId: TenantId,
    isUnderWay: (changeId: string) => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { catalog } = this.#options;
    let isAll = true;
    for (const intent of await catalog.intents.listUnfinishedAcrossTenants()) {
      if (intent.tenantId !== tenantId || isUnderWay(intent.planId)) continue;
      const write = findWrite(intent);
      if (write === undefined) continue;
      try {
        const settled = await settleWrite(this.#options.graph.forTenant(tenantId), write, { signal });
        await this.#concludeSettled(tenantId, intent.seq, write, {}, settled);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        isAll = false;
      }
    }
    return isAll;
  }

  async #send(
    tenantId: TenantId,
    changeId: string,
    write: PolicyWrite,
    before: Readonly<Record<string, Json>>,
    signal: AbortSignal,
    sendsLeft: number,
  ): Promise<WriteOutcome> {
    const { catalog, graph, now } = this.#options;
    const intent = await catalog.intents.appendChange({
      planId: changeId,
      tenantId,
      step: write.what,
      about: targetOf(write),
      at: now(tenantId),
      facts: write,
    });
    const conclude = async (
      outcome: 'done' | 'refused' | 'unknown' | 'undone',
      facts: Readonly<Record<string, Json>>,
      requestId: string | undefined,
    ): Promise<void> => {
      const at = now(tenantId);
      const audit = [toAudit(tenantId, write, at, before, { outcome, ...facts }, requestId)];
      await catalog.intents.conclude({ intent, outcome, at, facts: { ...facts, ...withId(requestId) } }, { audit });
    };
    try {
      const answer = await sendWrite(graph.forTenant(tenantId), write, { signal });
      await conclude('done', factsOfDone(answer.value), answer.requestId);
      return { outcome: 'done', done: answer.value, ...withId(answer.requestId) };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const facts = { code: error.code };
      if (error.outcome === 'refused') {
        await conclude('refused', facts, error.requestId);
        return { outcome: 'refused', error };
      }
      await conclude(error.outcome === 'unknown' ? 'unknown' : 'undone', facts, error.requestId);
      if (error.outcome !== 'unknown') throw error;
      return await this.#settle({ tenantId, changeId, write, before, signal, sendsLeft, intent, lost: error });
    }
  }

  async #settle(lost: {
    readonly tenantId: TenantId;
    readonly changeId: string;
    readonly write: PolicyWrite;
    readonly before: Readonly<Record<string, Json>>;
    readonly signal: AbortSignal;
    readonly sendsLeft: number;
    readonly intent: number;
    readonly lost: GraphError;
  }): Promise<WriteOutcome> {
    const { tenantId, write, signal } = lost;
    let seen = await this.#look(tenantId, write, signal);
    if (seen?.state === 'not-done') {
      // It may still be on its way: nothing is taken for not done at the first look.
      await this.#options.sleep(this.#options.pollMs, signal);
      seen = await this.#look(tenantId, write, signal);
    }
    if (seen === undefined || seen.state === 'unclear') return { outcome: 'unknown', error: lost.lost };
    await this.#concludeSettled(tenantId, lost.intent, write, lost.before, seen);
    if (seen.state === 'done') return { outcome: 'done', done: seen.done };
    if (lost.sendsLeft <= 1) return { outcome: 'unknown', error: lost.lost };
    return await this.#send(tenantId, lost.changeId, seen.left, lost.before, signal, lost.sendsLeft - 1);
  }

  /** @returns `undefined` where the service could not be read */
  async #look(tenantId: TenantId, write: PolicyWrite, signal: AbortSignal): Promise<WriteSettled | undefined> {
    const graph = this.#options.graph.forTenant(tenantId);
    for (let looks = 0; looks < LOOKS && !signal.aborted; looks += 1) {
      if (looks > 0) await this.#options.sleep(this.#options.pollMs, signal);
      try {
        return await settleWrite(graph, write, { signal });
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        // What it names is gone: by whom, nobody can tell.
        if (error.outcome === 'refused') return { state: 'unclear' };
      }
    }
    return undefined;
  }

  async #concludeSettled(
    tenantId: TenantId,
    intent: number,
    write: PolicyWrite,
    before: Readonly<Record<string, Json>>,
    settled: WriteSettled,
  ): Promise<void> {
    if (settled.state === 'unclear') return;
    const at = this.#options.now(tenantId);
    const outcome = settled.state === 'done' ? 'done' : 'undone';
    const facts = { settledBy: 'reading', ...(settled.state === 'done' ? factsOfDone(settled.done) : {}) };
    await this.#options.catalog.intents.conclude(
      { intent, outcome, at, facts },
      { audit: [toAudit(tenantId, write, at, before, { outcome, ...facts }, undefined)] },
    );
  }
}

function findWrite({ facts }: Intent): PolicyWrite | undefined {
  const read = PolicyWrite.safeParse(facts);
  return read.success ? read.data : undefined;
}

function withId(requestId: string | undefined): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

function factsOfDone({ id, status, units }: WriteDone): Readonly<Record<string, Json>> {
  return {
    ...(id === undefined ? {} : { id }),
    ...(status === undefined ? {} : { status }),
    ...(units === undefined
      ? {}
      : {
          taken: units.units.length + units.removedIds.length,
          failures: units.failures.map(({ code, id: unitId }) => ({
            code,
            ...(unitId === undefined ? {} : { unitId }),
          })),
        }),
  };
}
