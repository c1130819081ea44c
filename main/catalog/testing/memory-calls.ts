import type { CatalogCalls } from '../catalog.ts';
import { fromWire, toWire } from '../protocol.ts';
import type { FromWorker } from '../protocol.ts';
import { answering } from '../worker/answering.ts';
import type { Store } from '../worker/store.ts';
import { AppFailure } from '../../../shared/contract/errors.ts';

/** The catalog's calls answered in this very thread by the worker's own dispatcher, as they would be over a port. */
export function callsOn(store: Store): CatalogCalls {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const take = (sent: FromWorker): void => {
    const message = fromWire(structuredClone(toWire(sent)));
    if (message.type !== 'answer' && message.type !== 'error') return;
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'answer') call?.resolve(message.value);
    else call?.reject(message.trace === undefined ? new AppFailure(message.error) : new Error(message.trace));
  };
  const calls = answering(store, take, setImmediate, () => undefined);
  let nextId = 1;
  const group = <G extends keyof CatalogCalls>(name: G): CatalogCalls[G] =>
    new Proxy(Object.freeze({}), {
      get: (_, method) =>
        typeof method === 'string' && method !== 'then'
          ? (...args: readonly unknown[]) =>
              new Promise((resolve, reject) => {
                waiting.set(nextId, { resolve, reject });
                nextId += 1;
                calls.call({ id: nextId - 1, group: name, method, args: structuredClone(args) });
              })
          : undefined,
    }) as CatalogCalls[G];
  return {
    tenants: group('tenants'),
    policies: group('policies'),
    gaps: group('gaps'),
    units: group('units'),
    selections: group('selections'),
    knowledge: group('knowledge'),
    sessions: group('sessions'),
    plans: group('plans'),
    intents: group('intents'),
    audit: group('audit'),
    settings: group('settings'),
    background: group('background'),
  };
}
