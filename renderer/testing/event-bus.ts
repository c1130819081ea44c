import type { ConsoleEvent } from '../../shared/contract/console.ts';

/** Events from the made-up main to whoever follows them. */
export class EventBus {
  readonly #followers = new Set<(event: ConsoleEvent) => void>();

  emit(event: ConsoleEvent): void {
    for (const follower of this.#followers) follower(event);
  }

  /** Every event from now on, until the signal is aborted. */
  async *follow(signal: AbortSignal | undefined): AsyncGenerator<ConsoleEvent> {
    const waiting: ConsoleEvent[] = [];
    let wake = () => {};
    const follower = (event: ConsoleEvent) => {
      waiting.push(event);
      wake();
    };
    signal?.addEventListener('abort', () => wake());
    this.#followers.add(follower);
    try {
      while (signal?.aborted !== true) {
        const event = waiting.shift();
        if (event !== undefined) yield event;
        else
          await new Promise<void>(resolve => {
            wake = resolve;
          });
      }
    } finally {
      this.#followers.delete(follower);
    }
  }
}
