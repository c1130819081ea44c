import type { TenantId } from '../../shared/domain/protection-unit.ts';

/** Who asks: a person who waits for the answer, a sync that a person has started, or the console by itself. */
export type AskPriority = 'person' | 'sync' | 'background';

const ranks: Readonly<Record<AskPriority, number>> = { person: 0, sync: 1, background: 2 };

/** A tenant's turn to ask. */
export interface Turn {
  /** True once somebody waits who goes first: the turn should be given up soon, and another taken later. */
  isWantedMore(): boolean;
  release(): void;
}

interface Waiter {
  readonly priority: AskPriority;
  readonly start: () => void;
}

interface Lane {
  holder: AskPriority | undefined;
  readonly waiting: Waiter[];
}

/**
 * One asking a tenant at a time, so that two who want the same ask once: the second finds it known. Persons go first,
 * then their syncs, each in the order they came; tenants don't wait for each other.
 */
export class AskLanes {
  readonly #lanes = new Map<string, Lane>();

  /** Resolves with the turn. Rejects with the signal's reason when that aborts first. */
  async take(tenantId: TenantId, priority: AskPriority, signal: AbortSignal): Promise<Turn> {
    signal.throwIfAborted();
    const key = tenantId.toLowerCase();
    const lane = this.#lanes.get(key) ?? { holder: undefined, waiting: [] };
    this.#lanes.set(key, lane);
    if (lane.holder !== undefined) await this.#wait(lane, priority, signal);
    lane.holder = priority;
    return {
      isWantedMore: () => lane.waiting.some(waiter => ranks[waiter.priority] < ranks[priority]),
      release: () => this.#pass(key, lane),
    };
  }

  #wait(lane: Lane, priority: AskPriority, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        lane.waiting.splice(lane.waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        priority,
        start: () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      lane.waiting.push(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  #pass(key: string, lane: Lane): void {
    const best = Math.min(...lane.waiting.map(({ priority }) => ranks[priority]));
    const first = lane.waiting.findIndex(({ priority }) => ranks[priority] === best);
    const [next] = lane.waiting.splice(Math.max(0, first), 1);
    // The turn goes over at once: between `start` and the waiter's going on nobody else may find the lane free.
    lane.holder = next?.priority;
    if (next === undefined) this.#lanes.delete(key);
    else next.start();
  }
}
