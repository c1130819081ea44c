import { describe, expect, it } from 'vitest';
import { keys, keysOfTenant, staleAfter } from './query-keys.ts';

const tenantId = '7b1c1c1e-0000-4000-8000-000000000001';
const isStale = (key: readonly string[], stale: readonly (readonly string[])[]) =>
  stale.some(prefix => prefix.every((part, index) => part === key[index]));

describe('staleAfter', () => {
  it('reads units, heads and tiles again when points have changed', () => {
    const stale = staleAfter({ type: 'pointsChanged', tenantId });
    expect(isStale([...keys.units(tenantId), 'list'], stale)).toBe(true);
    expect(isStale([...keys.points(tenantId), 'days', 'u1'], stale)).toBe(true);
    expect(isStale([...keys.tenant(tenantId), 'overview'], stale)).toBe(true);
    expect(isStale(keys.account, stale)).toBe(false);
    expect(isStale([...keys.tenants, 'list'], stale)).toBe(false);
  });
  it('leaves the units of other tenants alone', () => {
    const stale = staleAfter({ type: 'unitsChanged', tenantId });
    expect(isStale([...keys.units('another'), 'list'], stale)).toBe(false);
  });
  it('reads nothing for progress, which carries its state', () => {
    const progress = { tenantId, askId: 'a', purpose: 'heads', unitsDone: 1, unitsTotal: 2, questions: 1 } as const;
    expect(staleAfter({ type: 'askProgressed', progress })).toEqual([]);
  });
  it('asks Graph for customers again after no event', () => {
    for (const event of [
      { type: 'tenantsChanged' },
      { type: 'pointsChanged', tenantId },
      { type: 'accountChanged' },
    ] as const)
      expect(isStale(keys.customers, staleAfter(event))).toBe(false);
  });
  it('looks at a service again where another account signs in, and not for what a look itself changes', () => {
    const look = [...keys.serviceLook, tenantId];
    expect(isStale(look, staleAfter({ type: 'accountChanged' }))).toBe(true);
    expect(isStale(look, staleAfter({ type: 'tenantsChanged', tenantId }))).toBe(false);
    expect(keysOfTenant(tenantId).some(key => isStale(look, [key]))).toBe(true);
  });
  it('reads everything of an ask again once it has ended', () => {
    expect(isStale(keys.points(tenantId), staleAfter({ type: 'askEnded', tenantId, askId: 'a' }))).toBe(true);
  });
});
