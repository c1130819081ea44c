import { describe, expect, it } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { readSessionsOfPlan, type ReadingSource } from './read-sessions.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const planId = '22222222-2222-4222-8222-222222222222';

const aSession = (id: string, status: string, part: Partial<RestoreSession> = {}): RestoreSession => ({
  id,
  tenantId,
  kind: 'site',
  status,
  counts: { total: 1, succeeded: 1, failed: 0, inProgress: 0, waiting: 0 },
  askedAt: 1_000,
  ...part,
});

/** A catalog, and a service that brings into it what it knows; what was asked of it is kept. */
class World {
  readonly known = new Map<string, RestoreSession>();
  readonly complete = new Set<string>();
  readonly atService = new Map<string, RestoreSession>();
  readonly asked: string[] = [];
  isOnline = true;
  patience = new AbortController();
  failure: Error | undefined;

  source(sessionIds: readonly string[]): ReadingSource {
    return {
      isOnline: () => this.isOnline,
      patience: () => this.patience.signal,
      catalog: {
        plans: {
          sessionsOf: async () => sessionIds.map(sessionId => ({ planId, tenantId, sessionId, kind: 'site' as const })),
        },
        sessions: {
          find: async (_, id) => this.known.get(id),
          artifactsComplete: async (_, id) => this.complete.has(id),
        },
      },
      reading: {
        refresh: async () => {
          this.asked.push('sessions');
          if (this.failure !== undefined) throw this.failure;
          for (const [id, session] of this.atService) this.known.set(id, session);
        },
        listArtifacts: async ({ sessionId }) => {
          if (!this.known.has(sessionId)) throw new AppFailure({ code: 'SESSION_NOT_FOUND', sessionId });
          if (this.complete.has(sessionId)) return;
          this.asked.push(`artifacts of ${sessionId}`);
          if (this.failure !== undefined) throw this.failure;
          this.complete.add(sessionId);
        },
      },
    };
  }

  read(sessionIds: readonly string[], signal?: AbortSignal): ReturnType<typeof readSessionsOfPlan> {
    return readSessionsOfPlan(this.source(sessionIds), { tenantId, planId }, signal);
  }
}

describe('the sessions of a plan', () => {
  it('are read from the service where the catalog lost them, with their artifacts', async () => {
    const world = new World();
    world.atService.set('a', aSession('a', 'completed'));
    const { sessions, notAsked } = await world.read(['a']);
    expect(world.asked).toEqual(['sessions', 'artifacts of a']);
    expect(sessions).toEqual([{ id: 'a', kind: 'site', session: aSession('a', 'completed') }]);
    expect(notAsked).toBeUndefined();
  });

  it('are not asked about where all of them is known', async () => {
    const world = new World();
    world.known.set('a', aSession('a', 'completed'));
    world.complete.add('a');
    world.isOnline = false;
    expect(await world.read(['a'])).toEqual({
      sessions: [{ id: 'a', kind: 'site', session: aSession('a', 'completed') }],
    });
    expect(world.asked).toEqual([]);
  });

  it('are asked about anew while they run, and say where that was not possible', async () => {
    const world = new World();
    world.known.set('a', aSession('a', 'active'));
    world.complete.add('a');
    await world.read(['a']);
    expect(world.asked).toEqual(['sessions']);
    world.failure = new AppFailure({ code: 'SIGNED_OUT' });
    expect(await world.read(['a'])).toEqual({
      sessions: [{ id: 'a', kind: 'site', session: aSession('a', 'active') }],
      notAsked: { code: 'SIGNED_OUT' },
    });
  });

  it('are said to be unread while offline, each of them, and nothing is asked', async () => {
    const world = new World();
    world.isOnline = false;
    world.known.set('a', aSession('a', 'completed'));
    const { sessions } = await world.read(['a', 'b']);
    expect(sessions).toEqual([
      { id: 'a', kind: 'site', session: aSession('a', 'completed'), unread: { why: { code: 'OFFLINE' } } },
      { id: 'b', kind: 'site', unread: { why: { code: 'OFFLINE' } } },
    ]);
    expect(world.asked).toEqual([]);
  });

  it('are said to be unknown to the service where its list names them no more', async () => {
    const { sessions } = await new World().read(['gone']);
    expect(sessions).toEqual([
      { id: 'gone', kind: 'site', unread: { why: { code: 'SESSION_NOT_FOUND', sessionId: 'gone' } } },
    ]);
  });

  it('are unread where one has ended and its artifacts are still told as running', async () => {
    const world = new World();
    const counts = { total: 2, succeeded: 1, failed: 0, inProgress: 1, waiting: 0 };
    world.known.set('a', aSession('a', 'completed', { counts }));
    world.complete.add('a');
    expect((await world.read(['a'])).sessions[0]?.unread).toEqual({});
  });

  it('keep no report back for longer than its patience', async () => {
    const world = new World();
    world.patience.abort();
    const { sessions } = await world.read(['a']);
    expect(sessions[0]?.unread).toEqual({ why: { code: 'ABORTED' } });
    expect(world.asked).toEqual([]);
  });

  it('end with whoever gives up, and with what nobody foresaw', async () => {
    const world = new World();
    const giving = new AbortController();
    giving.abort(new Error('given up'));
    world.failure = new Error('whatever');
    await expect(world.read(['a'], giving.signal)).rejects.toThrow('given up');
    world.failure = new TypeError('a fault of ours');
    await expect(world.read(['a'])).rejects.toThrow('a fault of ours');
  });
});
