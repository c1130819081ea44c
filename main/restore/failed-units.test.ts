import { describe, expect, it } from 'vitest';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { RestoreArtifact } from '../../shared/contract/sessions.ts';
import { FailedUnits } from './failed-units.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';

interface APlan {
  readonly status?: Plan['status'];
  readonly retryOf?: string;
  /** Units with a point, each with how it ended in the session, or why it was refused. */
  readonly units: Readonly<Record<string, 'succeeded' | 'failed' | 'inProgress' | 'refused' | 'leftOut'>>;
  /** What the catalog knows of the session's artifacts before they are read. */
  readonly isRead?: boolean;
}

/** Plans by their ids, in the order in which they were made; each has one session of its own id. */
function failedUnits(plans: Readonly<Record<string, APlan>>) {
  const read = new Set(Object.entries(plans).flatMap(([id, { isRead = true }]) => (isRead ? [id] : [])));
  const toPlan = ([id, { status = 'done', retryOf, units }]: [string, APlan]): Plan => ({
    id,
    tenantId,
    name: `Plan ${id}`,
    status,
    createdAt: 1,
    savedAt: 1,
    createdBy: 'anna',
    preference: 'newest',
    units: Object.keys(units).length,
    unitsByKind: { site: 0, drive: 0, mailbox: 0 },
    certainty: { exact: 0, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
    chosenByHand: 0,
    refused: 0,
    restorable: 0,
    ...(retryOf === undefined ? {} : { retryOf }),
  });
  const rowsOf = (id: string): PlanUnit[] =>
    Object.entries(plans[id]?.units ?? {}).map(([unitId, end]) => ({
      unitId,
      kind: 'site',
      name: unitId,
      newest: { is: 'notAsked' },
      chosenBy: 'rule',
      ...(end === 'leftOut' ? {} : { chosen: { id: `p-${unitId}`, at: 1, expiresAt: 9, fast: false } }),
      ...(end === 'refused' ? { refused: { code: 'Refused', message: '' } } : {}),
    }));
  const artifactsOf = (id: string): RestoreArtifact[] =>
    read.has(id)
      ? Object.entries(plans[id]?.units ?? {}).flatMap(([unitId, status]) =>
          status === 'failed'
            ? [{ id: unitId, name: unitId, unitId, status, error: { code: 'Failed', message: '' } }]
            : [],
        )
      : [];
  const failed = new FailedUnits({
    catalog: {
      plans: {
        list: async () => Object.entries(plans).map(toPlan).toReversed(),
        listUnits: async ({ planId }) => {
          const rows = rowsOf(planId).filter(({ refused }) => refused !== undefined);
          return { total: rows.length, offset: 0, rows };
        },
        units: async (planId, unitIds) => rowsOf(planId).filter(({ unitId }) => unitIds.includes(unitId)),
        sessionsOf: async planId => [{ planId, tenantId, sessionId: planId, kind: 'site' }],
      },
      sessions: {
        artifactsComplete: async (_tenantId, sessionId) => read.has(sessionId),
        listArtifacts: async ({ sessionId }) => {
          const rows = artifactsOf(sessionId);
          return { total: rows.length, offset: 0, rows };
        },
      },
    },
    reader: {
      readSession: async (_tenantId, sessionId) => ({
        id: sessionId,
        tenantId,
        status: 'completed',
        askedAt: 1,
        counts: { total: 0, succeeded: 0, failed: 0, inProgress: 0, waiting: 0 },
      }),
      readArtifacts: async (_tenantId, { id }) => {
        read.add(id);
        return { allPlacesKnown: true };
      },
    },
  });
  return async (id: string) => {
    const plan = plans[id];
    if (plan === undefined) throw new Error(`There is no plan ${id}.`);
    const { failed: left, retriedIn } = await failed.retriable(toPlan([id, plan]));
    return [[...left.keys()].sort(), retriedIn.map(({ name }) => name)];
  };
}

const p: APlan = { units: { a: 'failed', b: 'failed', c: 'refused', d: 'succeeded' } };

describe('what can be retried of a plan', () => {
  it('is what failed, and what was refused', async () => {
    expect(await failedUnits({ p })('p')).toEqual([['a', 'b', 'c'], []]);
  });

  it('is not what a retry restored, or is restoring', async () => {
    for (const status of ['starting', 'running', 'done'] as const)
      expect(
        await failedUnits({ p, r: { retryOf: 'p', status, units: { a: 'succeeded', b: 'inProgress' } } })('p'),
      ).toEqual([['c'], ['Plan r']]);
  });

  it('is what a retry failed as well, or left out, or was never sent with', async () => {
    const units = { a: 'failed', b: 'leftOut', c: 'refused' } as const;
    expect(await failedUnits({ p, r: { retryOf: 'p', units } })('p')).toEqual([['a', 'b', 'c'], []]);
    const draft: APlan = { retryOf: 'p', status: 'draft', units: { a: 'succeeded' } };
    expect(await failedUnits({ p, draft })('p')).toEqual([['a', 'b', 'c'], []]);
  });

  it('is not what a retry of a retry restored, wherever it is asked for', async () => {
    const plans = {
      p,
      r: { retryOf: 'p', units: { a: 'failed', b: 'succeeded' } },
      s: { retryOf: 'r', units: { a: 'succeeded' } },
      other: { retryOf: 'another', units: { c: 'succeeded' } },
    } as const;
    expect(await failedUnits(plans)('p')).toEqual([['c'], ['Plan r', 'Plan s']]);
    expect(await failedUnits(plans)('r')).toEqual([[], ['Plan s']]);
  });

  it('is read from the service where the catalog has lost it: no word of a failure is no success', async () => {
    expect(await failedUnits({ p: { ...p, isRead: false } })('p')).toEqual([['a', 'b', 'c'], []]);
    const r: APlan = { retryOf: 'p', isRead: false, units: { a: 'failed', b: 'succeeded' } };
    expect(await failedUnits({ p, r })('p')).toEqual([['a', 'c'], ['Plan r']]);
  });
});
