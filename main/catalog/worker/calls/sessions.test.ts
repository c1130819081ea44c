import { describe, expect, it } from 'vitest';
import type { RestoreArtifact } from '../../../../shared/contract/sessions.ts';
import type { ReadSession } from '../../api/sessions.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';

const session = (id: string, overrides: Partial<ReadSession> = {}): ReadSession => ({
  id,
  status: 'active',
  kind: 'site',
  askedAt: NOW,
  ...overrides,
});
const artifact = (id: string, status: string, overrides: Partial<RestoreArtifact> = {}): RestoreArtifact => ({
  id,
  name: `Name ${id}`,
  unitId: `unit ${id}`,
  status,
  ...overrides,
});

describe('restore sessions', () => {
  it('are listed running first, then newest first, with what the service said of them', async () => {
    const { sessions } = callsInMemory();
    const counts = { total: 9, succeeded: 4, failed: 1, inProgress: 2, waiting: 2 };
    await sessions.put(TENANT, [
      session('old', { status: 'completed', createdAt: 10, endedAt: 20 }),
      session('new', { status: 'failed', createdAt: 30, error: { code: 'x', message: 'y' } }),
      session('running', { createdAt: 5, counts, createdBy: 'ada', nextAskAt: NOW + 30 }),
      session('strange', { status: 'hibernating', createdAt: 20 }),
    ]);
    expect((await sessions.list(TENANT)).map(one => one.id)).toEqual(['running', 'new', 'strange', 'old']);
    expect(await sessions.get(TENANT, 'running')).toEqual({
      id: 'running',
      tenantId: TENANT,
      kind: 'site',
      status: 'active',
      createdAt: 5,
      createdBy: 'ada',
      askedAt: NOW,
      nextAskAt: NOW + 30,
      counts,
    });
    expect(await sessions.find(OTHER_TENANT, 'running')).toBeUndefined();
    await expect(sessions.get(OTHER_TENANT, 'running')).rejects.toEqual(
      failsWith('SESSION_NOT_FOUND', { sessionId: 'running' }),
    );
  });

  it('go when the service lists them no more, but for those of a plan', async () => {
    const { sessions, plans, units } = callsInMemory();
    await units.put(TENANT, []);
    const planId = '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77';
    await plans.create(
      { id: planId, tenantId: TENANT, name: 'P', createdAt: 1, createdBy: 'a', preference: 'newest' },
      { type: 'units', unitIds: [] },
    );
    await plans.linkSession({ planId, tenantId: TENANT, sessionId: 'ours', kind: 'site' });
    await sessions.put(TENANT, [session('ours'), session('theirs'), session('stays')]);
    await sessions.putArtifacts(TENANT, 'theirs', [artifact('x', 'added')], { complete: true });
    await sessions.replaceAll(TENANT, [session('stays', { status: 'completed' })]);
    expect((await sessions.list(TENANT)).map(one => [one.id, one.planName])).toEqual([
      ['ours', 'P'],
      ['stays', undefined],
    ]);
    expect(
      (await sessions.listArtifacts({ tenantId: TENANT, sessionId: 'theirs', window: { offset: 0, limit: 5 } })).total,
    ).toBe(0);
  });

  it('count their artifacts once all of them are known', async () => {
    const { sessions } = callsInMemory();
    const counts = { total: 2, succeeded: 0, failed: 0, inProgress: 0, waiting: 2 };
    await sessions.put(TENANT, [session('s', { counts })]);
    await sessions.putArtifacts(TENANT, 's', [artifact('1', 'succeeded')], { complete: false });
    expect(await sessions.artifactsComplete(TENANT, 's')).toBe(false);
    expect((await sessions.get(TENANT, 's')).counts).toEqual(counts);
    await sessions.putArtifacts(TENANT, 's', [artifact('2', 'failed')], { complete: true });
    expect(await sessions.artifactsComplete(TENANT, 's')).toBe(true);
    expect((await sessions.get(TENANT, 's')).counts).toEqual({
      total: 2,
      succeeded: 1,
      failed: 1,
      inProgress: 0,
      waiting: 0,
    });
  });

  it('stay as they were read last, also where an earlier reading is written after it', async () => {
    const { sessions } = callsInMemory();
    const status = async () => (await sessions.get(TENANT, 's')).status;
    await sessions.put(TENANT, [session('s', { askedAt: NOW + 5, status: 'completed', endedAt: NOW + 4 })]);
    // A long list of sessions, begun before and written after.
    await sessions.replaceAll(TENANT, [session('s', { askedAt: NOW }), session('other', { askedAt: NOW })]);
    expect(await sessions.get(TENANT, 's')).toMatchObject({
      status: 'completed',
      askedAt: NOW + 5,
      endedAt: NOW + 4,
    });
    expect((await sessions.list(TENANT)).map(({ id }) => id)).toEqual(['other', 's']);
    // Of the same second, whoever saw the end came later.
    await sessions.put(TENANT, [session('s', { askedAt: NOW + 5 })]);
    expect(await status()).toBe('completed');
    await sessions.put(TENANT, [session('s', { askedAt: NOW + 5, status: 'failed' })]);
    expect(await status()).toBe('failed');
    await sessions.put(TENANT, [session('s', { askedAt: NOW + 6, status: 'archived' })]);
    expect(await status()).toBe('archived');
  });

  it('tell when they will be asked next', async () => {
    const { sessions } = callsInMemory();
    await sessions.put(TENANT, [session('s')]);
    await sessions.setNextAskAt(TENANT, 's', NOW + 9);
    expect(await sessions.get(TENANT, 's')).toMatchObject({ nextAskAt: NOW + 9 });
    // Read by somebody else meanwhile, it is still asked then; ended, it is not.
    await sessions.put(TENANT, [session('s', { askedAt: NOW + 1 })]);
    expect(await sessions.get(TENANT, 's')).toMatchObject({ nextAskAt: NOW + 9 });
    await sessions.put(TENANT, [session('s', { askedAt: NOW + 2, status: 'completed' })]);
    expect(await sessions.get(TENANT, 's')).not.toHaveProperty('nextAskAt');
    await sessions.setNextAskAt(TENANT, 's', NOW + 9);
    await sessions.setNextAskAt(TENANT, 's', undefined);
    expect(await sessions.get(TENANT, 's')).not.toHaveProperty('nextAskAt');
  });
});

describe('restore artifacts', () => {
  const filled = async () => {
    const calls = callsInMemory();
    await calls.sessions.put(TENANT, [session('s'), session('t', { status: 'completed' })]);
    await calls.sessions.putArtifacts(
      TENANT,
      's',
      [
        artifact('1', 'succeeded'),
        artifact('2', 'scheduled'),
        artifact('3', 'dreaming'),
        artifact('4', 'failed'),
        artifact('5', 'added'),
        artifact('6', 'failed', { name: 'A first' }),
      ],
      { complete: true },
    );
    await calls.sessions.putArtifacts(TENANT, 't', [artifact('7', 'inProgress')], { complete: true });
    return calls;
  };

  it('come failed first, in windows, and by group', async () => {
    const { sessions } = await filled();
    const of = async (only?: 'failed' | 'waiting', offset = 0, limit = 10) => {
      const part = await sessions.listArtifacts({
        tenantId: TENANT,
        sessionId: 's',
        window: { offset, limit },
        ...(only === undefined ? {} : { only }),
      });
      return [part.total, part.rows.map(row => row.id)];
    };
    expect(await of()).toEqual([6, ['6', '4', '3', '2', '5', '1']]);
    expect(await of('failed')).toEqual([2, ['6', '4']]);
    expect(await of('waiting', 1, 1)).toEqual([2, ['5']]);
  });

  it('are counted by what their status means, in whatever letter case it comes', async () => {
    const { sessions } = callsInMemory();
    await sessions.put(TENANT, [session('s')]);
    const artifacts = [artifact('1', 'Succeeded'), artifact('2', 'FAILED'), artifact('3', 'Scheduled')];
    await sessions.putArtifacts(TENANT, 's', artifacts, { complete: true });
    expect((await sessions.get(TENANT, 's')).counts).toEqual({
      total: 3,
      succeeded: 1,
      failed: 1,
      inProgress: 0,
      waiting: 1,
    });
    const window = { offset: 0, limit: 10 };
    const failed = await sessions.listArtifacts({ tenantId: TENANT, sessionId: 's', only: 'failed', window });
    expect(failed.rows.map(({ id }) => id)).toEqual(['2']);
  });

  it('keep where they went when a later answer leaves it out', async () => {
    const { sessions } = await filled();
    await sessions.putArtifacts(
      TENANT,
      's',
      [artifact('1', 'succeeded', { restoredTo: 'https://x', restoredItemCount: 3, pointAt: 5 })],
      { complete: true },
    );
    await sessions.putArtifacts(TENANT, 's', [artifact('1', 'succeeded', { endedAt: NOW })], { complete: true });
    const { rows } = await sessions.listArtifacts({
      tenantId: TENANT,
      sessionId: 's',
      only: 'succeeded',
      window: { offset: 0, limit: 1 },
    });
    expect(rows).toEqual([
      artifact('1', 'succeeded', { restoredTo: 'https://x', restoredItemCount: 3, pointAt: 5, endedAt: NOW }),
    ]);
  });

  it('tell which units a running session still has', async () => {
    const { sessions } = await filled();
    const asked = ['unit 1', 'unit 2', 'unit 3', 'unit 4', 'unit 7', 'unit 9'];
    expect(await sessions.busyUnits(TENANT, asked)).toEqual([
      { unitId: 'unit 2', sessionId: 's', name: 'Name 2' },
      { unitId: 'unit 3', sessionId: 's', name: 'Name 3' },
    ]);
    expect(await sessions.busyUnits(OTHER_TENANT, asked)).toEqual([]);
  });

  it('tell which units were restored since a time, and by which session last', async () => {
    const { sessions } = callsInMemory();
    await sessions.put(TENANT, [
      session('early', { status: 'completed', createdAt: NOW, endedAt: NOW + 10 }),
      session('late', { status: 'active', createdAt: NOW + 20 }),
    ]);
    await sessions.putArtifacts(
      TENANT,
      'early',
      [
        artifact('1', 'succeeded'),
        artifact('2', 'succeeded', { endedAt: NOW + 8 }),
        artifact('3', 'failed', { endedAt: NOW + 8 }),
      ],
      { complete: true },
    );
    await sessions.putArtifacts(
      TENANT,
      'late',
      [
        artifact('2', 'succeeded', { endedAt: NOW + 30, unitId: 'unit 2' }),
        artifact('4', 'inProgress', { startedAt: NOW + 21 }),
      ],
      { complete: true },
    );
    const asked = ['unit 1', 'unit 2', 'unit 3', 'unit 4', 'unit 5'];
    const late = { unitId: 'unit 2', sessionId: 'late', name: 'Name 2', restoredAt: NOW + 30 };
    expect(await sessions.restoredSince(TENANT, asked, NOW)).toEqual([
      { unitId: 'unit 1', sessionId: 'early', name: 'Name 1', restoredAt: NOW + 10 },
      late,
    ]);
    expect(await sessions.restoredSince(TENANT, asked, NOW + 10)).toEqual([late]);
    expect(await sessions.restoredSince(OTHER_TENANT, asked, NOW)).toEqual([]);
  });

  it('find a unit that was protected again under its older id', async () => {
    const { sessions, units } = await filled();
    await units.put(TENANT, [
      aUnit('unit 2', { ownerKey: 'site one' }),
      aUnit('unit 2 again', { ownerKey: 'site one' }),
      aUnit('a mailbox', { ownerKey: 'site one', kind: 'mailbox' }),
    ]);
    expect(await sessions.busyUnits(TENANT, ['unit 2 again', 'a mailbox', 'unit 3'])).toEqual([
      { unitId: 'unit 2 again', sessionId: 's', name: 'Name 2' },
      { unitId: 'unit 3', sessionId: 's', name: 'Name 3' },
    ]);
    await sessions.putArtifacts(TENANT, 's', [artifact('2', 'succeeded', { endedAt: NOW + 1 })], { complete: true });
    expect(await sessions.restoredSince(TENANT, ['unit 2 again', 'a mailbox'], NOW)).toEqual([
      { unitId: 'unit 2 again', sessionId: 's', name: 'Name 2', restoredAt: NOW + 1 },
    ]);
  });
});
