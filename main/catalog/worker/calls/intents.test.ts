import { describe, expect, it } from 'vitest';
import type { AuditCode } from '../../../../shared/domain/audit-words.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';

const PLAN = '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77';
const OTHER_PLAN = '5a0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d78';
const intent = (about: string, planId = PLAN, tenantId = TENANT) => ({
  planId,
  tenantId,
  step: 'createSession',
  about,
  at: NOW,
  facts: { about },
});
const outcome = (of: number, word: 'done' | 'refused' | 'unknown' | 'undone') => ({
  intent: of,
  outcome: word,
  at: NOW + 1,
  facts: null,
});

const withPlans = async () => {
  const calls = callsInMemory();
  await calls.units.put(TENANT, [aUnit('a')]);
  const plan = {
    id: PLAN,
    tenantId: TENANT,
    name: 'Friday',
    createdAt: NOW,
    createdBy: 'ada',
    preference: 'newest',
  } as const;
  await calls.plans.create(plan, { type: 'units', unitIds: ['a'] });
  await calls.plans.create({ ...plan, id: OTHER_PLAN, tenantId: OTHER_TENANT }, { type: 'units', unitIds: [] });
  return calls;
};

describe('intents', () => {
  it('are read back by plan, in the order written, each with its outcomes', async () => {
    const { intents } = await withPlans();
    const first = await intents.append(intent('one'));
    const second = await intents.append(intent('two'));
    await intents.append(intent('elsewhere', OTHER_PLAN, OTHER_TENANT));
    await intents.conclude(outcome(second, 'unknown'));
    await intents.conclude(outcome(first, 'done'));
    await intents.conclude(outcome(second, 'undone'));
    const all = await intents.list(PLAN);
    expect(all.map(one => [one.about, one.facts, one.outcomes.map(of => of.outcome)])).toEqual([
      ['one', { about: 'one' }, ['done']],
      ['two', { about: 'two' }, ['unknown', 'undone']],
    ]);
    const order = all.flatMap(one => [one.seq, ...one.outcomes.map(of => of.seq)]);
    expect(new Set(order).size).toBe(5);
    expect(first < second).toBe(true);
  });

  it('are unfinished until an outcome that is known, over all tenants', async () => {
    const { intents } = await withPlans();
    const one = await intents.append(intent('one'));
    const two = await intents.append(intent('two'));
    const three = await intents.append(intent('three', OTHER_PLAN, OTHER_TENANT));
    await intents.conclude(outcome(one, 'done'));
    await intents.conclude(outcome(two, 'unknown'));
    const unfinished = await intents.listUnfinishedAcrossTenants();
    expect(unfinished.map(open => [open.seq, open.outcomes.map(of => of.outcome)])).toEqual([
      [two, ['unknown']],
      [three, []],
    ]);
    await intents.conclude(outcome(two, 'refused'));
    await intents.conclude(outcome(three, 'done'));
    expect(await intents.listUnfinishedAcrossTenants()).toEqual([]);
  });

  it('are written together with the plan, its session and the audit', async () => {
    const { intents, plans, audit } = await withPlans();
    const entry = {
      at: NOW,
      tenantId: TENANT,
      who: 'ada',
      what: 'restoreSession.create',
      target: 'session s1',
      after: { status: 'draft' },
      requestId: 'r1',
    } as const;
    const seq = await intents.append(intent('one'), { plan: { status: 'starting', startedAt: NOW, savedAt: NOW } });
    expect(await plans.get(PLAN, NOW)).toMatchObject({ status: 'starting', startedAt: NOW });
    expect((await plans.listUnfinishedAcrossTenants(NOW)).map(plan => plan.id)).toEqual([PLAN]);
    const link = { planId: PLAN, tenantId: TENANT, sessionId: 's1', kind: 'site' } as const;
    await intents.conclude(outcome(seq, 'done'), {
      link,
      audit: [entry],
      plan: { status: 'running', savedAt: NOW + 1 },
    });
    expect(await plans.sessionsOf(PLAN)).toEqual([link]);
    expect(await audit.list({ tenantId: TENANT, limit: 10 })).toEqual([{ seq: 1, ...entry }]);
    expect(await plans.get(PLAN, NOW)).toMatchObject({ status: 'running' });
  });

  it('are written with all of it or with nothing', async () => {
    const { intents, plans, audit } = await withPlans();
    const broken = { at: NOW, tenantId: TENANT, who: 'ada', what: 'plan.start', target: 't' };
    // A time that is no whole number is refused by the table.
    const together = { plan: { status: 'starting', savedAt: NOW }, audit: [broken, { ...broken, at: 0.5 }] };
    await expect(Reflect.apply(Reflect.get(intents, 'append'), undefined, [intent('one'), together])).rejects.toThrow(
      /REAL value/,
    );
    expect(await intents.list(PLAN)).toEqual([]);
    expect(await audit.list({ tenantId: TENANT, limit: 10 })).toEqual([]);
    expect(await plans.get(PLAN, NOW)).toMatchObject({ status: 'draft' });
  });

  it('belong to a plan of their tenant, and outcomes to an intent', async () => {
    const { intents } = await withPlans();
    await expect(intents.append(intent('one', PLAN, OTHER_TENANT))).rejects.toEqual(failsWith('PLAN_NOT_FOUND'));
    await expect(intents.append(intent('one', '00000000-0000-4000-8000-000000000000'))).rejects.toEqual(
      failsWith('PLAN_NOT_FOUND'),
    );
    await expect(intents.conclude(outcome(77, 'done'))).rejects.toThrow(/no intent 77/);
    const seq = await intents.append(intent('one'));
    await intents.conclude(outcome(seq, 'done'));
    // An outcome has no outcome of its own.
    await expect(intents.conclude(outcome(seq + 1, 'done'))).rejects.toThrow(/no intent/);
  });
});

describe('the audit', () => {
  it('numbers its rows without gaps over all tenants, and tells them by tenant', async () => {
    const { audit } = await withPlans();
    const entry = (tenantId: string, what: AuditCode) => ({ at: NOW, tenantId, who: 'ada', what, target: 't' });
    for (const [tenantId, what] of [
      [TENANT, 'plan.start'],
      [OTHER_TENANT, 'restoreSession.create'],
      [TENANT, 'restoreSession.add'],
    ] as const)
      await audit.append(entry(tenantId, what));
    expect((await audit.list({ tenantId: TENANT, limit: 10 })).map(row => [row.seq, row.what])).toEqual([
      [1, 'plan.start'],
      [3, 'restoreSession.add'],
    ]);
    expect((await audit.listAcrossTenants({ afterSeq: 1, limit: 1 })).map(row => row.seq)).toEqual([2]);
  });
});
