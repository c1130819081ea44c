import { describe, expect, it } from 'vitest';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import { DAY, HOUR, MINUTE } from '../../shared/domain/time.ts';
import { TenantSessions } from './tenant-sessions.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const ENDED = 1_800_000_000;

/** One session with one mailbox, both ended and read; the service has filled in since where the mailbox went. */
function tenantSessions({ artifact = {}, session = {} }: { artifact?: object; session?: object } = {}) {
  const kept: RestoreSession = {
    id: 's',
    tenantId,
    kind: 'mailbox',
    status: 'completed',
    endedAt: ENDED,
    askedAt: ENDED,
    counts: { total: 1, succeeded: 1, failed: 0, inProgress: 0, waiting: 0 },
    planId: '22222222-2222-4222-8222-222222222222',
    planName: 'P',
    ...session,
  };
  const early: RestoreArtifact = {
    id: 'a',
    name: 'Jo',
    kind: 'mailbox',
    status: 'succeeded',
    destination: 'new',
    ...artifact,
  };
  const world = { now: ENDED + HOUR, reads: 0, rows: [early] };
  const sessions = new TenantSessions({
    catalog: {
      sessions: {
        list: async () => [kept],
        get: async () => kept,
        artifactsComplete: async () => true,
        listArtifacts: async () => ({ total: 1, offset: 0, rows: world.rows }),
      },
    },
    reader: {
      readAll: async () => {},
      readArtifacts: async () => {
        world.reads += 1;
        world.rows = [{ ...early, restoredTo: 'Restored', restoredItemCount: 182 }];
        return { allPlacesKnown: true };
      },
    },
    now: () => world.now,
    onSessionsChanged: () => {},
  });
  const look = async () =>
    (await sessions.listArtifacts({ tenantId, sessionId: 's', window: { offset: 0, limit: 10 } })).rows[0]?.restoredTo;
  return { world, sessions, look };
}

describe('where a unit went, filled in after the console last looked', () => {
  it('is read when all sessions are read again', async () => {
    const { world, sessions } = tenantSessions();
    await sessions.refresh(tenantId);
    expect(world.rows[0]?.restoredTo).toBe('Restored');
    await sessions.refresh(tenantId);
    expect(world.reads).toBe(1);
  });

  it('is read when somebody looks, once a minute while it is not there yet', async () => {
    const { world, look } = tenantSessions();
    expect(await look()).toBe('Restored');
    const [filled] = world.rows;
    const { restoredTo: _, restoredItemCount: __, ...early } = filled ?? { id: 'a', name: 'Jo', status: 'succeeded' };
    world.rows = [early];
    expect(await look()).toBeUndefined();
    world.now += MINUTE;
    expect(await look()).toBe('Restored');
    expect(world.reads).toBe(2);
  });

  it('is asked for until a day after the end, and of what failed or is known never', async () => {
    const late = tenantSessions();
    late.world.now = ENDED + DAY + 1;
    await late.sessions.refresh(tenantId);
    expect(await late.look()).toBeUndefined();
    for (const artifact of [{ status: 'failed' }, { restoredItemCount: 0 }, { restoredTo: 'x' }]) {
      const { sessions, world, look } = tenantSessions({ artifact });
      await sessions.refresh(tenantId);
      await look();
      expect(world.reads).toBe(0);
    }
    // A running session is followed by its plan.
    const running = tenantSessions({ session: { status: 'active', endedAt: undefined } });
    await running.sessions.refresh(tenantId);
    expect([late.world.reads, running.world.reads]).toEqual([0, 0]);
  });
});
