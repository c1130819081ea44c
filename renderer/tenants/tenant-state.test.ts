import { describe, expect, it } from 'vitest';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { controllerWords } from './controller-words.ts';
import { readinessWords } from './readiness-words.ts';
import { byWorst, isFresh, isRestoreLocked, tenantState } from './tenant-state.ts';

const now = 1_795_000_000;
const date = (at: number) => `day ${at}`;
const tenant = (change: Partial<Tenant> = {}): Tenant => ({
  id: '7b1c1c1e-0000-4000-8000-000000000001',
  displayName: 'Contoso Nordics Oy',
  domain: 'contoso-nordics.fi',
  colour: 0,
  addedAt: 0,
  syncedAt: now - 120,
  service: { status: 'enabled', askedAt: now },
  controller: { by: 'ours' },
  protectedUnits: 10,
  units: 10,
  runningSessions: 0,
  ...change,
});
const level = (change: Partial<Tenant>) => tenantState(tenant(change), now, date).level;

describe('isFresh', () => {
  it('holds for a quarter of an hour after a sync, and never without one', () => {
    expect(isFresh({ syncedAt: now - 899 }, now)).toBe(true);
    expect(isFresh({ syncedAt: now - 900 }, now)).toBe(false);
    expect(isFresh({}, now)).toBe(false);
  });
});

describe('tenantState', () => {
  it('is protected where nothing speaks against it', () => {
    expect(tenantState(tenant(), now, date)).toEqual({
      level: 'protected',
      reason: 'Every unit is protected',
      consequence: '',
    });
  });
  it('puts a restore lock above all, in any letter case, with its reason and end', () => {
    const service = {
      status: 'RestoreLocked',
      disableReason: 'invalidBillingProfile',
      gracePeriodUntilAt: 5,
      askedAt: now,
    };
    const state = tenantState(tenant({ service, controller: { by: 'leaving' } }), now, date);
    expect(state).toEqual({
      level: 'critical',
      reason: 'Restore-locked: billing profile invalid',
      consequence: 'No restore is possible; grace period ends day 5',
    });
    expect(isRestoreLocked({ service })).toBe(true);
    expect(isRestoreLocked({})).toBe(false);
  });
  it('judges who controls', () => {
    expect(level({ controller: { by: 'anotherApp' } })).toBe('watch');
    expect(level({ controller: { by: 'leaving', untilAt: 9 } })).toBe('atRisk');
    expect(tenantState(tenant({ controller: { by: 'pending', fromAt: 9 } }), now, date).reason).toContain('day 9');
  });
  it.each(['nobody', 'anotherApp', 'microsoft'] as const)(
    'says of a takeover from %s what the readiness and the notice say',
    by => {
      const { consequence } = tenantState(tenant({ controller: { by } }), now, date);
      const { next } = readinessWords({ check: 'controller', result: 'failed', fact: by }, { tenantName: 'Contoso' });
      expect(next).toContain(consequence);
      expect(controllerWords({ by }, date).notice?.text).toContain(consequence);
      // A date ahead is needed only where somebody has to make room for us.
      expect(/at once/.test(next ?? '')).toBe(by === 'nobody');
      expect(/7 to 30 days/.test(next ?? '')).toBe(by !== 'nobody');
    },
  );
  it('says first that control was lost, while that is news', () => {
    const lost = (noticedAt: number) =>
      tenantState(
        tenant({
          controller: { by: 'anotherApp' },
          controllerChange: { from: { by: 'ours' }, to: { by: 'anotherApp' }, noticedAt },
        }),
        now,
        date,
      );
    expect(lost(now - 60)).toEqual({
      level: 'atRisk',
      reason: 'Control passed from Backstop to another app',
      consequence: `Noticed on day ${now - 60}; ask the customer whether it is meant`,
    });
    expect(lost(now - 8 * 86_400).level).toBe('watch');
    // Control that came to us is no risk.
    const won = tenant({ controllerChange: { from: { by: 'pending' }, to: { by: 'ours' }, noticedAt: now - 60 } });
    expect(tenantState(won, now, date).level).toBe('protected');
  });
  it('tells what was never read from what the service does not say', () => {
    const { service: _, ...unread } = tenant({ controller: { by: 'unknown' } });
    expect(tenantState(unread, now, date).reason).toBe('Not yet read');
    expect(tenantState(tenant({ controller: { by: 'unknown' } }), now, date).reason).toBe(
      'Who controls Backup Storage here can’t be told',
    );
  });
  it('does not call old data protected', () => {
    expect(level({ syncedAt: now - 130_000 })).toBe('atRisk');
    const { syncedAt: _, ...never } = tenant();
    expect(tenantState(never, now, date).level).toBe('watch');
  });
  it('keeps a status that it does not know and says so', () => {
    expect(tenantState(tenant({ service: { status: 'moonlit', askedAt: now } }), now, date).reason).toContain(
      'moonlit',
    );
  });
  it('counts the unprotected', () => {
    expect(tenantState(tenant({ protectedUnits: 9 }), now, date).reason).toBe('1 unit of 10 not protected');
  });
});

it('sorts worst first, equals by name', () => {
  const rows = [
    tenant({ displayName: 'B' }),
    tenant({ displayName: 'A' }),
    tenant({ displayName: 'Z', service: { status: 'restoreLocked', askedAt: now } }),
  ].map(each => ({ tenant: each, state: tenantState(each, now, date) }));
  expect(byWorst(rows).map(row => row.tenant.displayName)).toEqual(['Z', 'A', 'B']);
});
