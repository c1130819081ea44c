import type { StoreApi, UseBoundStore } from 'zustand';
import { createNavigation } from './navigation-store.ts';
import type { Navigation, WindowHistory } from './navigation-store.ts';
import type { Route } from './routes.ts';

function windowHistory(): WindowHistory {
  const depthOf = (state: unknown) =>
    typeof state === 'object' && state !== null && 'depth' in state && typeof state.depth === 'number'
      ? state.depth
      : 0;
  return {
    hash: () => window.location.hash,
    depth: () => depthOf(window.history.state),
    push: (hash, depth) => window.history.pushState({ depth }, '', hash),
    replace: (hash, depth) => window.history.replaceState({ depth }, '', hash),
    back: () => window.history.back(),
    onReturn: listener => {
      window.addEventListener('popstate', listener);
      return () => window.removeEventListener('popstate', listener);
    },
  };
}

/** The navigation of this window. */
export const useNavigation: UseBoundStore<StoreApi<Navigation>> = createNavigation(windowHistory());

/** Goes somewhere from outside of a component. */
export const navigate = (route: Route, how?: 'push' | 'replace') => useNavigation.getState().navigate(route, how);
