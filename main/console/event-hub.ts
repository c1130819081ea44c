import type { ConsoleEvent } from '../../shared/contract/console.ts';

/**
 * Hands every change to every open page. Nothing is kept for pages that come later: they read what they show anyway.
 */
export class EventHub {
  readonly #listeners = new Set<(event: ConsoleEvent) => void>();

  publish(event: ConsoleEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /**
   * Every event from the call on, until the signal aborts. While the page is slow, an event that only repeats one still
   * waiting takes its place, so the queue stays as short as the number of different things that can change.
   */
  async *subscribe(signal: AbortSignal | undefined): AsyncGenerator<ConsoleEvent, void, undefined> {
    const waiting = new Map<string, ConsoleEvent>();
    let wake: (() => void) | undefined;
    const listener = (event: ConsoleEvent): void => {
      const key = keyOf(event);
      // Deleted first, so that the newest stands at the end: order among different things is kept.
      waiting.delete(key);
      waiting.set(key, event);
      wake?.();
    };
    const isGone = (): boolean => signal?.aborted === true;
    const onAbort = (): void => wake?.();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      while (!isGone()) {
        for (const [key, event] of waiting) {
          waiting.delete(key);
          yield event;
        }
        // Both may have changed while the page took what it was given.
        if (waiting.size > 0 || isGone()) continue;
        await new Promise<void>(resolve => {
          wake = resolve;
        });
        wake = undefined;
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', onAbort);
    }
  }
}

/** Two events with the same key say the same, the later more truly. */
function keyOf(event: ConsoleEvent): string {
  switch (event.type) {
    case 'connectivityChanged':
    case 'accountChanged':
    case 'notificationsChanged':
    case 'backgroundChanged':
      return event.type;
    case 'notificationRaised':
      return `${event.type} ${event.id}`;
    case 'tenantsChanged':
    case 'controllerChanged':
    case 'tenantForgotten':
    case 'unitsChanged':
    case 'pointsChanged':
    case 'sessionsChanged':
    case 'policiesChanged':
    case 'gapsChanged':
      return `${event.type} ${event.tenantId ?? ''}`;
    case 'planChanged':
      return `${event.type} ${event.planId}`;
    case 'gapsReading':
      return `${event.type} ${event.tenantId}`;
    case 'policyChangeProgressed':
      return `${event.type} ${event.changeId}`;
    case 'askProgressed':
      return `${event.type} ${event.progress.askId}`;
    case 'askEnded':
      return `${event.type} ${event.askId}`;
  }
}
