import { describe, expect, it } from 'vitest';
import { home, tenantOf, toHash, toRoute } from './routes.ts';
import type { Route } from './routes.ts';

const tenantId = '7b1c1c1e-0000-4000-8000-000000000001';
const routes: Route[] = [
  { at: 'tenants' },
  { at: 'settings' },
  { at: 'audit' },
  { at: 'audit', tenantId },
  { at: 'readiness', tenantId },
  { at: 'protection', tenantId },
  { at: 'gaps', tenantId },
  { at: 'restore-points', tenantId },
  { at: 'restore-points', tenantId, unitId: 'a/b c#ä,{}' },
  { at: 'restores', tenantId },
  { at: 'restores', tenantId, planId: 'p1' },
  { at: 'restores', tenantId, sessionId: 's/1' },
  { at: 'policies', tenantId },
  { at: 'policies', tenantId, policyId: 'p/1' },
  { at: 'policies', tenantId, withoutPolicy: true },
  { at: 'wizard', tenantId, planId: 'p1' },
  { at: 'wizard', tenantId, planId: 'p1', step: 'when' },
];

describe('routes', () => {
  it.each(routes.map(route => [toHash(route), route] as const))('%s leads to where it came from', (hash, route) => {
    expect(toRoute(hash)).toEqual(route);
  });
  it('has an address of its own for each place', () => {
    expect(new Set(routes.map(toHash)).size).toBe(routes.length);
  });
  it.each(['', '#', '#/nowhere', '#/tenants', '#/tenants/', '#/%E0%A4%A'])('%j leads home', hash => {
    expect(toRoute(hash)).toEqual(home);
  });
  it('knows whose place it is', () => {
    expect(tenantOf({ at: 'settings' })).toBeUndefined();
    expect(tenantOf({ at: 'wizard', tenantId, planId: 'p' })).toBe(tenantId);
  });
});
