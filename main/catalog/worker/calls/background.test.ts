import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpaced } from '../../../../shared/domain/background/index.ts';
import { DAY } from '../../../../shared/domain/time.ts';
import { openCatalog } from '../../index.ts';
import { callsInMemory } from '../../testing/calls.ts';
import { TENANT } from '../../testing/units.ts';

const tenantId = '0b5c3c1e-4f0a-4d0e-9c60-3b1c8a4f2d01';
const tenant = { id: tenantId, displayName: 'Contoso', domain: 'contoso.example', addedAt: 0 };
const NOW = 20_000 * DAY + 100;

describe('what the background sync keeps', () => {
  it('is a budget that a restart does not reset, and that a person’s questions draw on without being refused', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'backstop-background-'));
    const worker = new URL('../main.ts', import.meta.url);
    try {
      const before = await openCatalog({ profile, worker, now: () => NOW });
      await before.tenants.add(tenant);
      expect(await before.background.reserve({ tenantId, now: NOW, questions: 80, budget: 100 })).toBe(80);
      await before.background.spend({ tenantId, now: NOW, questions: 15 });
      await before.close();
      const after = await openCatalog({ profile, worker, now: () => NOW });
      expect(await after.background.reserve({ tenantId, now: NOW + 5, questions: 80, budget: 100 })).toBe(5);
      expect(await after.background.reserve({ tenantId, now: NOW + 6, questions: 1, budget: 100 })).toBe(0);
      await after.background.spend({ tenantId, now: NOW + 7, questions: 50 });
      expect(await after.background.list()).toMatchObject([{ tenantId, spent: { questions: 150 } }]);
      expect(await after.background.reserve({ tenantId, now: NOW + DAY, questions: 80, budget: 100 })).toBe(80);
      await after.close();
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });

  it('is how far a tenant is and which landmarks were asked, until it is forgotten', async () => {
    const { background, tenants } = callsInMemory();
    const of = async () => (await background.list()).find(progress => progress.tenantId === TENANT);
    expect(await of()).toEqual({ tenantId: TENANT, pace: unpaced, landmarks: [] });
    const pace = { isFilled: true, headsAt: 5, nextHeadsAt: 700 };
    const day = { before: NOW - DAY, every: 'day' } as const;
    const old = { before: NOW - 40 * DAY, every: 'day' } as const;
    const week = { before: NOW - 40 * DAY, every: 'week' } as const;
    for (const asked of [old, week, day, day]) await background.keep({ tenantId: TENANT, now: NOW, pace, asked });
    // A day's bound of so long ago is never wanted again.
    expect(await of()).toEqual({
      tenantId: TENANT,
      spent: { day: 0, questions: 0 },
      pace,
      landmarks: [day, week],
    });
    await tenants.forget(TENANT);
    expect(await of()).toBeUndefined();
    await tenants.add({ ...tenant, id: TENANT });
    expect(await of()).toEqual({ tenantId: TENANT, pace: unpaced, landmarks: [] });
  });

  it('fails for a tenant that is not there', async () => {
    const { background } = callsInMemory();
    const asked = { tenantId: '0b5c3c1e-4f0a-4d0e-9c60-ffffffffffff', now: 1, questions: 1, budget: 1 };
    await expect(background.reserve(asked)).rejects.toMatchObject({ error: { code: 'TENANT_NOT_ADDED' } });
  });
});
