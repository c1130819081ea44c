import { create } from 'zustand';
import type { AskProgress, ConsoleEvent } from '../../shared/contract/console.ts';

interface Asks {
  /** What is being asked right now, by ask id. */
  readonly running: ReadonlyMap<string, AskProgress>;
  readonly noteEvent: (event: ConsoleEvent) => void;
}

/** The asks under way, kept up by events alone: progress is shown, never read again. */
export const useAsks = create<Asks>()(set => ({
  running: new Map(),
  noteEvent: event => {
    if (event.type === 'askProgressed')
      set(state => ({ running: new Map(state.running).set(event.progress.askId, event.progress) }));
    if (event.type === 'askEnded')
      set(state => {
        const running = new Map(state.running);
        running.delete(event.askId);
        return { running };
      });
  },
}));

/** The asks of one tenant that somebody waits for, put together for a line of the status bar. */
export function sumAsks(asks: Iterable<AskProgress>, tenantId?: string) {
  const mine = [...asks].filter(
    ask => ask.inBackground !== true && (tenantId === undefined || ask.tenantId === tenantId),
  );
  const throttled = mine.flatMap(ask => ask.throttledUntil ?? []);
  return {
    count: mine.length,
    tenants: new Set(mine.map(ask => ask.tenantId)).size,
    purpose: mine[0]?.purpose,
    unitsDone: mine.reduce((sum, ask) => sum + ask.unitsDone, 0),
    unitsTotal: mine.reduce((sum, ask) => sum + ask.unitsTotal, 0),
    throttledUntil: throttled.length === 0 ? undefined : Math.max(...throttled),
  };
}
