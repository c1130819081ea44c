import { create } from 'zustand';
import { tenantOf, toHash, toRoute } from './routes.ts';
import type { Route } from './routes.ts';

/** How the window's own history is reached; a test gives another. */
export interface WindowHistory {
  hash(): string;
  depth(): number;
  push(hash: string, depth: number): void;
  replace(hash: string, depth: number): void;
  back(): void;
  onReturn(listener: () => void): () => void;
}

/** The place, the way there, and how to go on. */
export interface Navigation {
  readonly route: Route;
  /** How many steps lie behind, in this window. */
  readonly depth: number;
  /** The tenant looked at last; its rail entry stays while one is on a page of no tenant. */
  readonly lastTenantId: string | undefined;
  /** Goes somewhere. The same place again adds no step to the history; `replace` puts the place where the present one stood. */
  readonly navigate: (route: Route, how?: 'push' | 'replace') => void;
  /** One step back; from the first place of the window home. */
  readonly back: () => void;
  /** Forgets which tenant was looked at last, after it is gone. */
  readonly forgetTenant: (tenantId: string) => void;
}

/** A store of the place and the way there. Made once in a window; the window's history stays the truth, so that its own back works. */
export function createNavigation(history: WindowHistory) {
  const start = toRoute(history.hash());
  const store = create<Navigation>()((set, get) => ({
    route: start,
    depth: history.depth(),
    lastTenantId: tenantOf(start),
    navigate: (route, how = 'push') => {
      const hash = toHash(route);
      const isHere = hash === toHash(get().route);
      const depth = isHere || how === 'replace' ? get().depth : get().depth + 1;
      if (isHere || how === 'replace') history.replace(hash, depth);
      else history.push(hash, depth);
      set(state => ({ route, depth, lastTenantId: tenantOf(route) ?? state.lastTenantId }));
    },
    back: () => {
      if (get().depth > 0) history.back();
      else get().navigate({ at: 'tenants' }, 'replace');
    },
    forgetTenant: tenantId => set(state => (state.lastTenantId === tenantId ? { lastTenantId: undefined } : state)),
  }));
  history.onReturn(() => {
    const route = toRoute(history.hash());
    store.setState(state => ({ route, depth: history.depth(), lastTenantId: tenantOf(route) ?? state.lastTenantId }));
  });
  return store;
}
