import { AppFailure } from '../../shared/contract/errors.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog, CatalogCalls } from './catalog.ts';
import type { CatalogNotice } from './notice.ts';
import { openLine } from './worker-line.ts';
import type { WorkerLine } from './worker-line.ts';

interface CatalogOptions {
  /** The profile's folder; made where it is missing, readable by its owner alone. Who opens it holds its lock. */
  readonly profile: string;
  /** The worker's script: built (`host.paths.catalogWorker`), or its TypeScript source. */
  readonly worker: URL;
  /** The host's clock; it dates the names of files set aside, nothing else. */
  readonly now: () => UtcSeconds;
  /** Takes what is unforeseen: a stack, under the error's id. No token and no customer's data is in it. */
  readonly log?: { warn(event: string, facts: { readonly errorId?: string; readonly trace: string }): void };
}

const sameNotice = (a: CatalogNotice, b: CatalogNotice): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Opens the catalog of a profile in a worker thread of its own.
 *
 * A worker that dies is started anew by the next call; calls under way fail with CATALOG_UNAVAILABLE. Selections and askings
 * live in the worker and end with it.
 *
 * @throws AppFailure PROFILE_UNWRITABLE; CATALOG_NEWER where a file was written by a newer version
 */
export async function openCatalog(options: CatalogOptions): Promise<Catalog> {
  const notices: CatalogNotice[] = [];
  const listeners = new Set<(notice: CatalogNotice) => void>();
  let isClosed = false;

  const start = (): Promise<WorkerLine> =>
    openLine(
      options.worker,
      { profile: options.profile, now: options.now() },
      {
        notice: notice => {
          // A worker started anew meets the same damage again; it was told.
          if (notices.some(told => sameNotice(told, notice))) return;
          notices.push(notice);
          for (const listener of listeners) listener(notice);
        },
        trouble: (event, facts) => options.log?.warn(event, facts),
      },
    );

  let current: Promise<WorkerLine> = start();
  await current;

  /** The line to a living worker: the present one, or that of one started now. Calls made meanwhile share it. */
  const line = async (): Promise<WorkerLine> => {
    if (isClosed) throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' });
    const before = current;
    const known = await before.catch(() => undefined);
    if (known?.isAlive === true) return known;
    if (current === before) current = start();
    return current;
  };

  const underWay = new Set<Promise<unknown>>();
  const noted = (call: Promise<unknown>): Promise<unknown> => {
    underWay.add(call);
    const forget = (): boolean => underWay.delete(call);
    call.then(forget, forget);
    return call;
  };

  const callsOf = <G extends keyof CatalogCalls>(group: G): CatalogCalls[G] =>
    new Proxy(Object.freeze({}), {
      get: (_, method) =>
        typeof method === 'string' && method !== 'then'
          ? (...args: readonly unknown[]) => noted(line().then(open => open.call(group, method, args)))
          : undefined,
    }) as CatalogCalls[G];

  return {
    tenants: callsOf('tenants'),
    policies: callsOf('policies'),
    gaps: callsOf('gaps'),
    units: callsOf('units'),
    selections: callsOf('selections'),
    knowledge: callsOf('knowledge'),
    sessions: callsOf('sessions'),
    plans: callsOf('plans'),
    intents: callsOf('intents'),
    audit: callsOf('audit'),
    settings: callsOf('settings'),
    background: callsOf('background'),
    notices,
    onNotice: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await Promise.allSettled(underWay);
      const last = await current.catch(() => undefined);
      await last?.close();
    },
  };
}
