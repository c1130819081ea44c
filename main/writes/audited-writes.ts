import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditEntry, Catalog, NewOutcome } from '../catalog/index.ts';
import { type GraphClient, GraphError } from '../graph/index.ts';
import type { AuditedWrite, Settled, WriteFacts, WriteKind } from './write-kind.ts';

/** What became of one write. */
export type WriteOutcome<D> =
  | { readonly outcome: 'done'; readonly done: D; readonly foundByReading: boolean; readonly requestId?: string }
  | { readonly outcome: 'refused'; readonly error: GraphError }
  /** The answer was lost. `notDone`: reading says that nothing of it was carried out; `unknown`: reading did not say. */
  | { readonly outcome: 'notDone' | 'unknown'; readonly error: GraphError };

export interface WritesOptions {
  readonly catalog: {
    readonly intents: Pick<Catalog['intents'], 'appendChange' | 'conclude' | 'listUnfinishedAcrossTenants'>;
  };
  readonly graph: GraphClient;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Real milliseconds between two looks at what a lost write may have done. */
  readonly pollMs: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** One write on its way. */
interface Sending<W> {
  readonly tenantId: TenantId;
  readonly changeId: string;
  readonly write: W;
  readonly before: WriteFacts;
  readonly signal: AbortSignal;
  readonly sendsLeft: number;
}

/** Looks at what a lost write may have done: so often, until the service can be read. */
const LOOKS = 5;

/**
 * Sends one write after the other, each on disk as an intent before it leaves and as an outcome with its audit row after its answer. A write
 * whose answer was lost is never sent again before reading has said, twice, that nothing of it is there; unless it may be repeated freely.
 */
export class AuditedWrites<W extends AuditedWrite, D> {
  readonly #options: WritesOptions;
  readonly #kind: WriteKind<W, D>;

  constructor(options: WritesOptions, kind: WriteKind<W, D>) {
    this.#options = options;
    this.#kind = kind;
  }

  /**
   * @param before what stood before, for the audit
   * @throws GraphError with the outcome `nothing-done`: offline, throttled for too long, no token
   */
  async run(
    tenantId: TenantId,
    changeId: string,
    write: W,
    before: WriteFacts,
    signal: AbortSignal,
  ): Promise<WriteOutcome<D>> {
    return await this.#send({ tenantId, changeId, write, before, signal, sendsLeft: this.#kind.sendsOf(write) });
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
    const { catalog, graph } = this.#options;
    let isAll = true;
    for (const intent of await catalog.intents.listUnfinishedAcrossTenants()) {
      if (intent.tenantId !== tenantId || isUnderWay(intent.planId)) continue;
      const { data: write } = this.#kind.schema.safeParse(intent.facts);
      if (write === undefined) continue;
      try {
        const settled = await this.#kind.settle(graph.forTenant(tenantId), write, { signal });
        await this.#concludeSettled({ tenantId, write, before: {} }, intent.seq, settled);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        isAll = false;
      }
    }
    return isAll;
  }

  async #send(sending: Sending<W>): Promise<WriteOutcome<D>> {
    const { tenantId, changeId, write, signal } = sending;
    const { catalog, graph, now } = this.#options;
    const intent = await catalog.intents.appendChange({
      planId: changeId,
      tenantId,
      step: write.what,
      about: this.#kind.targetOf(write, tenantId),
      at: now(tenantId),
      facts: toJson(write),
    });
    try {
      const answer = await this.#kind.send(graph.forTenant(tenantId), write, { signal });
      await this.#conclude(sending, intent, 'done', this.#kind.factsOf(answer.value), answer.requestId);
      return { outcome: 'done', done: answer.value, foundByReading: false, ...withId(answer.requestId) };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const outcome = error.outcome === 'nothing-done' ? 'undone' : error.outcome;
      await this.#conclude(sending, intent, outcome, { code: error.code }, error.requestId);
      if (outcome === 'refused') return { outcome: 'refused', error };
      if (outcome === 'undone') throw error;
      return await this.#settle(sending, intent, error);
    }
  }

  async #settle(sending: Sending<W>, intent: number, lost: GraphError): Promise<WriteOutcome<D>> {
    const { signal, write } = sending;
    let seen = await this.#look(sending);
    if (seen?.state === 'not-done') {
      // It may still be on its way: nothing is taken for not done at the first look.
      await this.#options.sleep(this.#options.pollMs, signal);
      seen = await this.#look(sending);
    }
    if (seen !== undefined) await this.#concludeSettled(sending, intent, seen);
    if (seen?.state === 'done')
      return { outcome: 'done', done: seen.done, foundByReading: true, ...withId(lost.requestId) };
    const left = seen?.state === 'not-done' ? seen.left : this.#kind.isIdempotent(write) ? write : undefined;
    if (left !== undefined && sending.sendsLeft > 1 && !signal.aborted)
      return await this.#send({ ...sending, write: left, sendsLeft: sending.sendsLeft - 1 });
    return { outcome: seen?.state === 'not-done' ? 'notDone' : 'unknown', error: lost };
  }

  /** @returns `undefined` where the service could not be read */
  async #look({ tenantId, write, signal }: Sending<W>): Promise<Settled<W, D> | undefined> {
    const graph = this.#options.graph.forTenant(tenantId);
    for (let looks = 0; looks < LOOKS && !signal.aborted; looks += 1) {
      if (looks > 0) await this.#options.sleep(this.#options.pollMs, signal);
      try {
        return await this.#kind.settle(graph, write, { signal });
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        // What it names is gone: by whom, nobody can tell.
        if (error.outcome === 'refused') return { state: 'unclear' };
      }
    }
    return undefined;
  }

  async #concludeSettled(
    about: Pick<Sending<W>, 'tenantId' | 'write' | 'before'>,
    intent: number,
    settled: Settled<W, D>,
  ): Promise<void> {
    if (settled.state === 'unclear') return;
    const facts = settled.state === 'done' ? this.#kind.factsOf(settled.done) : {};
    await this.#conclude(about, intent, settled.state === 'done' ? 'done' : 'undone', {
      settledBy: 'reading',
      ...facts,
    });
  }

  async #conclude(
    { tenantId, write, before }: Pick<Sending<W>, 'tenantId' | 'write' | 'before'>,
    intent: number,
    outcome: NewOutcome['outcome'],
    facts: WriteFacts,
    requestId?: string,
  ): Promise<void> {
    const at = this.#options.now(tenantId);
    const row: AuditEntry = {
      at,
      tenantId,
      who: write.who,
      what: write.what,
      target: this.#kind.targetOf(write, tenantId),
      ...(Object.keys(before).length === 0 ? {} : { before }),
      after: { ...this.#kind.intendedBy(write), outcome, ...facts },
      ...withId(requestId),
    };
    await this.#options.catalog.intents.conclude(
      { intent, outcome, at, facts: { ...facts, ...withId(requestId) } },
      { audit: [row] },
    );
  }
}

function withId(requestId: string | undefined): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

/** Plain values are JSON but for members that are undefined, which JSON leaves out. */
function toJson(value: object): WriteFacts {
  return JSON.parse(JSON.stringify(value)) as WriteFacts;
}
