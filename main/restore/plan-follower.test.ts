import { describe, expect, it } from 'vitest';
import type { AppError } from '../../shared/contract/errors.ts';
import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { HOUR } from '../../shared/domain/time.ts';
import { GraphError } from '../graph/index.ts';
import { PlanFollower } from './plan-follower.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const planId = '22222222-2222-4222-8222-222222222222';
const NOW = 1_800_000_000;

const session = (status: string, endedAt?: number): RestoreSession => ({
  id: 's',
  tenantId,
  status,
  askedAt: NOW,
  counts: { total: 1, succeeded: 0, failed: 0, inProgress: 1, waiting: 0 },
  ...(endedAt === undefined ? {} : { endedAt }),
});

/** Follows one session, as each look after the other finds it: `undefined` where the service does not know it. */
async function follow(
  looks: readonly (RestoreSession | undefined)[],
  options: { readonly known?: RestoreSession; readonly listed?: boolean; readonly secondsALook?: number } = {},
) {
  let now = NOW;
  let look = 0;
  let known = options.known;
  const plan: Plan = {
    id: planId,
    tenantId,
    name: 'P',
    status: 'running',
    createdAt: NOW,
    savedAt: NOW,
    createdBy: 'anna',
    preference: 'newest',
    units: 1,
    unitsByKind: { site: 1, drive: 0, mailbox: 0 },
    certainty: { exact: 1, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
    chosenByHand: 0,
    refused: 0,
    restorable: 1,
  };
  let current = plan;
  const ended: Plan[] = [];
  const problems: (AppError['code'] | undefined)[] = [];
  const stop = new AbortController();
  const follower = new PlanFollower({
    calls: {
      listSessions: async function* () {
        if (options.listed === true) yield { id: 's', status: 'active', counts: {}, artifacts: [], graph: {} };
      },
    },
    catalog: {
      plans: {
        get: async () => current,
        change: async (_id, { status = current.status, endedAt }) => {
          current = { ...current, status, ...(typeof endedAt === 'number' ? { endedAt } : {}) };
        },
        sessionsOf: async () => [{ planId, tenantId, sessionId: 's', kind: 'site' }],
      },
      sessions: { find: async () => known, setNextAskAt: async () => undefined },
    },
    reader: {
      readSession: async () => {
        const found = looks[Math.min(look, looks.length - 1)];
        look += 1;
        if (found === undefined) throw new GraphError('', { status: 404, code: 'x', outcome: 'refused' });
        known = found;
        return found;
      },
      readArtifacts: async () => ({ allPlacesKnown: true }),
    },
    now: () => now,
    pollMs: 10,
    onPlanChanged: () => {},
    onSessionsChanged: () => {},
    onEnded: each => ended.push(each),
  });
  const following = follower.follow({
    planId,
    tenantId,
    signal: stop.signal,
    nap: async () => {
      now += options.secondsALook ?? 10;
      if (look >= 20) stop.abort();
    },
    onLooked: problem => problems.push(problem?.code),
  });
  const isOver = await following.then(
    () => true,
    () => false,
  );
  return { isOver, plan: current, ended, problems };
}

describe('following a session', () => {
  it('is not ended by one look that does not find it', async () => {
    const { plan, problems, ended } = await follow([undefined, session('active'), session('completed', NOW + 25)]);
    expect(problems.slice(0, 3)).toEqual(['SESSION_NOT_FOUND', undefined, undefined]);
    expect(plan).toMatchObject({ status: 'done', endedAt: NOW + 25 });
    expect(ended).toHaveLength(1);
  });

  it('goes on for as long as the list of sessions has it', async () => {
    const { isOver, plan, ended } = await follow([session('active'), undefined], { listed: true, secondsALook: HOUR });
    expect([isOver, plan.status, ended.length]).toEqual([false, 'running', 0]);
  });

  it('goes on for an hour where nothing knows it, and then gives it up', async () => {
    const early = await follow([session('active'), undefined], { secondsALook: HOUR / 20 });
    expect([early.isOver, early.plan.status]).toEqual([false, 'running']);
    const late = await follow([session('active'), undefined], { secondsALook: HOUR / 5 });
    expect([late.isOver, late.plan.status, late.ended.length]).toEqual([true, 'done', 1]);
  });

  it('ends at once where it had ended when it was last read', async () => {
    const { plan, problems } = await follow([undefined], { known: session('completed', NOW - 5) });
    expect(plan).toMatchObject({ status: 'done', endedAt: NOW - 5 });
    expect(problems).not.toContain('SESSION_NOT_FOUND');
  });
});
