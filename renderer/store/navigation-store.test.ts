import { describe, expect, it } from 'vitest';
import { createNavigation } from './navigation-store.ts';
import type { WindowHistory } from './navigation-store.ts';

/** A window's history in memory, with the one trait that matters: going back tells the listener. */
function memoryHistory(first = '#/') {
  const entries = [{ hash: first, depth: 0 }];
  let index = 0;
  let listener = () => {};
  const history: WindowHistory = {
    hash: () => entries[index]?.hash ?? '',
    depth: () => entries[index]?.depth ?? 0,
    push: (hash, depth) => {
      entries.splice(index + 1);
      entries.push({ hash, depth });
      index += 1;
    },
    replace: (hash, depth) => {
      entries[index] = { hash, depth };
    },
    back: () => {
      index -= 1;
      listener();
    },
    onReturn: given => {
      listener = given;
      return () => {};
    },
  };
  return { history, entries };
}

const protection = { at: 'protection', tenantId: 't1' } as const;
const points = { at: 'restore-points', tenantId: 't1', unitId: 'u1' } as const;

describe('navigation', () => {
  it('goes back along the way it came', () => {
    const store = createNavigation(memoryHistory().history);
    store.getState().navigate(protection);
    store.getState().navigate(points);
    store.getState().back();
    expect(store.getState().route).toEqual(protection);
    store.getState().back();
    expect(store.getState().route).toEqual({ at: 'tenants' });
  });
  it('leaves no step for the same place', () => {
    const { history, entries } = memoryHistory();
    const store = createNavigation(history);
    store.getState().navigate(protection);
    store.getState().navigate(protection);
    expect(entries.map(entry => entry.hash)).toEqual(['#/', '#/tenants/t1/protection']);
  });
  it('leads home where nothing lies behind', () => {
    const { history, entries } = memoryHistory('#/tenants/t1/protection');
    const store = createNavigation(history);
    expect(store.getState().route).toEqual(protection);
    store.getState().back();
    expect(store.getState().route).toEqual({ at: 'tenants' });
    expect(entries).toHaveLength(1);
  });
  it('remembers the tenant looked at last until it is forgotten', () => {
    const store = createNavigation(memoryHistory().history);
    store.getState().navigate(protection);
    store.getState().navigate({ at: 'settings' });
    expect(store.getState().lastTenantId).toBe('t1');
    store.getState().forgetTenant('t2');
    expect(store.getState().lastTenantId).toBe('t1');
    store.getState().forgetTenant('t1');
    expect(store.getState().lastTenantId).toBeUndefined();
  });
  it('replaces the place where asked to', () => {
    const { history, entries } = memoryHistory();
    const store = createNavigation(history);
    store.getState().navigate(protection);
    store.getState().navigate(points, 'replace');
    expect(entries).toHaveLength(2);
    store.getState().back();
    expect(store.getState().route).toEqual({ at: 'tenants' });
  });
});
