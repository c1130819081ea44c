import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { Intent, Json } from '../catalog/index.ts';
import { GraphError } from '../graph/index.ts';
import type { OnboardingOptions } from './onboarding-options.ts';
import {
  isIdempotent,
  sendServiceWrite,
  ServiceWrite,
  settleServiceWrite,
  targetOf,
  toAudit,
} from './service-write.ts';

/** What became of one write. */
export type WriteOutcome =
  | { readonly outcome: 'done'; readonly requestId?: string; readonly foundByReading: boolean }
  | { readonly outcome: 'refused'; readonly error: GraphError }
  | { readonly outcome: 'notDone' | 'unknown'; readonly requestId?: string };

type Options = Pick<OnboardingOptions, 'catalog' | 'graph' | 'now' | 'pollMs' | 'sleep'>;

/** Looks at what a lost write may have done: so often, until the service can be read. */
const LOOKS = 5;

/**
 * Sends one write at a time, on disk as an intent before it leaves and as an outcome with its audit row after its answer. A write whose
 * answer was lost is settled by reading and never sent again; `enable` alone, which is idempotent, is asked once more.
 */
export class ServiceWrites {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * @param before what stood before, for the audit
   * @throws GraphError with the outcome `nothing-done`: offline, throttled for too long, no token
   */
  async run(
    tenantId: TenantId,
    changeId: string,
    write: ServiceWrite,
    before: Readonly<Record<string, Json>>,
    signal: AbortSignal,
    sendsLeft = isIdempotent(write) ? 2 : 1,
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
      const { requestId, status } = await sendServiceWrite(graph.forTenant(tenantId), write, { signal });
      await conclude('done', status === undefined ? {} : { status }, requestId);
      return { outcome: 'done', foundByReading: false, ...withId(requestId) };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const { code, requestId } = error;
      if (error.outcome === 'refused') {
        await conclude('refused', { code }, requestId);
        return { outcome: 'refused', error };
      }
      await conclude(error.outcome === 'unknown' ? 'unknown' : 'undone', { code }, requestId);
      if (error.outcome !== 'unknown') throw error;
      const seen = await this.#look(tenantId, write, signal);
      if (seen === 'done' || seen === 'not-done') await this.#concludeSettled(tenantId, intent, write, before, seen);
      if (seen === 'done') return { outcome: 'done', foundByReading: true, ...withId(requestId) };
      if (sendsLeft > 1 && !signal.aborted)
        return await this.run(tenantId, changeId, write, before, signal, sendsLeft - 1);
      return { outcome: seen === 'not-done' ? 'notDone' : 'unknown', ...withId(requestId) };
    }
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
      const write = findWrite(intent);
      if (write === undefined) continue;
      try {
        const seen = await settleServiceWrite(graph.forTenant(tenantId), write, { signal });
        if (seen !== 'unclear') await this.#concludeSettled(tenantId, intent.seq, write, {}, seen);
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        isAll = false;
      }
    }
    return isAll;
  }

  /** Nothing is taken for not done at the first look: it may still be on its way. */
  async #look(
    tenantId: TenantId,
    write: ServiceWrite,
    signal: AbortSignal,
  ): Promise<'done' | 'not-done' | 'unclear' | undefined> {
    const graph = this.#options.graph.forTenant(tenantId);
    let wasNotDone = false;
    for (let looks = 0; looks < LOOKS && !signal.aborted; looks += 1) {
      if (looks > 0) await this.#options.sleep(this.#options.pollMs, signal);
      try {
        const seen = await settleServiceWrite(graph, write, { signal });
        if (seen !== 'not-done' || wasNotDone) return seen;
        wasNotDone = true;
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        if (error.outcome === 'refused') return 'unclear';
      }
    }
    return undefined;
  }

  async #concludeSettled(
    tenantId: TenantId,
    intent: number,
    write: ServiceWrite,
    before: Readonly<Record<string, Json>>,
    seen: 'done' | 'not-done',
  ): Promise<void> {
    const at = this.#options.now(tenantId);
    const outcome = seen === 'done' ? 'done' : 'undone';
    const facts = { settledBy: 'reading' };
    await this.#options.catalog.intents.conclude(
      { intent, outcome, at, facts },
      { audit: [toAudit(tenantId, write, at, before, { outcome, ...facts }, undefined)] },
    );
  }
}

function findWrite({ facts }: Intent): ServiceWrite | undefined {
  const read = ServiceWrite.safeParse(facts);
  return read.success ? read.data : undefined;
}

function withId(requestId: string | undefined): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}
