import { describe, expect, it } from 'vitest';
import type { Certainty, Point } from '../../../../shared/contract/certainty.ts';
import type { PlanUnit } from '../../../../shared/contract/plans.ts';
import { DAY, HOUR } from '../../../../shared/domain/time.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';

const PLAN = '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77';
const OTHER_PLAN = '5a0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d78';
const newPlan = (id = PLAN) =>
  ({
    id,
    tenantId: TENANT,
    name: 'Friday',
    createdAt: NOW,
    createdBy: 'ada@msp.example',
    preference: 'newest',
  }) as const;

const point = (at: number, overrides: Partial<Point> = {}): Point => ({
  id: `point@${at}`,
  at,
  expiresAt: NOW + DAY,
  fast: false,
  ...overrides,
});
const row = (unitId: string, newest: Certainty, overrides: Partial<PlanUnit> = {}): PlanUnit => ({
  unitId,
  kind: 'site',
  name: 'not to be written',
  newest,
  chosenBy: 'rule',
  ...overrides,
});

const withPlan = async () => {
  const calls = callsInMemory();
  await calls.units.put(TENANT, [
    aUnit('a', { name: 'Beta' }),
    aUnit('b', { name: 'alpha', kind: 'drive', address: 'b@contoso.example' }),
    aUnit('c', { name: 'Gamma', kind: 'mailbox' }),
  ]);
  await calls.units.put(OTHER_TENANT, [aUnit('theirs')]);
  const { id } = await calls.selections.open(TENANT);
  await calls.selections.change(id, { type: 'addMatching', filter: {} }, NOW);
  const plan = await calls.plans.create(newPlan(), { type: 'selection', selectionId: id });
  return { ...calls, plan, selectionId: id };
};

describe('a plan', () => {
  it('is made of a selection, and copies what its units are called', async () => {
    const { plans, plan } = await withPlan();
    expect(plan).toEqual({
      ...newPlan(),
      status: 'draft',
      savedAt: NOW,
      units: 3,
      unitsByKind: { site: 1, drive: 1, mailbox: 1 },
      certainty: { exact: 0, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
      chosenByHand: 0,
      refused: 0,
      restorable: 0,
    });
    const { total, rows } = await plans.listUnits({ planId: PLAN, window: { offset: 0, limit: 10 } });
    expect(total).toBe(3);
    expect(rows).toEqual([
      {
        unitId: 'b',
        kind: 'drive',
        name: 'alpha',
        address: 'b@contoso.example',
        newest: { is: 'notAsked' },
        chosenBy: 'rule',
      },
      { unitId: 'a', kind: 'site', name: 'Beta', newest: { is: 'notAsked' }, chosenBy: 'rule' },
      { unitId: 'c', kind: 'mailbox', name: 'Gamma', newest: { is: 'notAsked' }, chosenBy: 'rule' },
    ]);
  });

  it('comes back as it was saved: every row, every certainty, what was refused', async () => {
    const { plans } = await withPlan();
    const saved = [
      row(
        'a',
        { is: 'exact', point: point(NOW - HOUR) },
        {
          fast: { is: 'atLeast', point: point(NOW - DAY, { fast: true }), unproven: { fromAt: 1, toAt: 2 } },
          chosen: point(NOW - HOUR),
          loss: { seconds: HOUR, upTo: false },
        },
      ),
      row(
        'b',
        { is: 'asShown', askedAt: NOW, point: null },
        { refused: { code: 'unitBusy', message: 'Another session has it.' } },
      ),
      row(
        'c',
        { is: 'atLeast', point: point(NOW - 9), unproven: { fromAt: NOW - 8, toAt: NOW } },
        { chosen: point(NOW - 5, { fast: true }), chosenBy: 'hand', loss: { seconds: 5, upTo: true } },
      ),
    ];
    await plans.putUnits(PLAN, saved, NOW + 7);
    expect(await plans.units(PLAN, ['c', 'nobody', 'a', 'b'])).toEqual([
      { ...saved[2], kind: 'mailbox', name: 'Gamma' },
      { ...saved[0], kind: 'site', name: 'Beta' },
      { ...saved[1], kind: 'drive', name: 'alpha', address: 'b@contoso.example' },
    ]);
    expect(await plans.get(PLAN, NOW)).toMatchObject({ savedAt: NOW + 7 });
  });

  it('counts certainties, points chosen by hand, and units whose point lives', async () => {
    const { plans } = await withPlan();
    await plans.putUnits(
      PLAN,
      [
        row('a', { is: 'exact', point: point(NOW - HOUR) }, { chosen: point(NOW - HOUR) }),
        row(
          'b',
          { is: 'atLeast', point: point(NOW - 9), unproven: { fromAt: 1, toAt: 2 } },
          { chosen: point(NOW - 9, { expiresAt: NOW + 600 }), chosenBy: 'hand' },
        ),
        row('c', { is: 'none' }),
      ],
      NOW,
    );
    expect((await plans.get(PLAN, NOW)).certainty.exact).toBe(0);
    await plans.change(PLAN, { incidentAt: NOW, timeZone: 'Europe/Helsinki', savedAt: NOW });
    expect(await plans.get(PLAN, NOW)).toMatchObject({
      certainty: { exact: 1, asShown: 0, atLeast: 1, notAsked: 0, none: 1 },
      chosenByHand: 1,
      restorable: 2,
    });
    expect(await plans.get(PLAN, NOW + 600)).toMatchObject({ restorable: 1 });
    expect(
      (await plans.listUnits({ planId: PLAN, only: 'none', window: { offset: 0, limit: 5 } })).rows.map(
        one => one.unitId,
      ),
    ).toEqual(['c']);
    expect(await plans.expiring({ planId: PLAN, before: NOW + HOUR, limit: 5 })).toEqual({
      units: 1,
      rows: [{ unitId: 'b', name: 'alpha', chosen: point(NOW - 9, { expiresAt: NOW + 600 }) }],
    });
  });

  it('tells loss windows, shortest first, and what the fast points would lose', async () => {
    const { plans } = await withPlan();
    await plans.change(PLAN, { incidentAt: NOW, savedAt: NOW });
    await plans.putUnits(
      PLAN,
      [
        row(
          'a',
          { is: 'exact', point: point(NOW - HOUR) },
          {
            fast: { is: 'exact', point: point(NOW - DAY, { fast: true }) },
            chosen: point(NOW - HOUR),
            loss: { seconds: HOUR, upTo: false },
          },
        ),
        row('c', { is: 'notAsked' }, { chosen: point(NOW - 60), loss: { seconds: 60, upTo: true } }),
      ],
      NOW,
    );
    expect(await plans.losses(PLAN)).toEqual({
      kind: ['mailbox', 'site'],
      seconds: [60, HOUR],
      upTo: [true, false],
      fastSeconds: [null, DAY],
    });
  });

  it('changes only what a change names, and takes away what it sets to null', async () => {
    const { plans } = await withPlan();
    await plans.change(PLAN, { incidentAt: NOW - 5, destination: 'inPlace', savedAt: NOW, facts: { parts: [1, 2] } });
    await plans.change(PLAN, { name: 'Saturday', preference: 'fast', savedAt: NOW + 1 });
    expect(await plans.get(PLAN, NOW)).toMatchObject({
      name: 'Saturday',
      preference: 'fast',
      incidentAt: NOW - 5,
      destination: 'inPlace',
    });
    expect(await plans.facts(PLAN)).toEqual({ parts: [1, 2] });
    await plans.change(PLAN, { destination: null, savedAt: NOW + 2 });
    expect(await plans.get(PLAN, NOW)).not.toHaveProperty('destination');
  });

  it('replaces its units by a selection’s; those that stay keep their rows', async () => {
    const { plans, selections, selectionId, units } = await withPlan();
    await plans.putUnits(PLAN, [row('a', { is: 'none' })], NOW);
    await units.put(TENANT, [aUnit('d')]);
    await selections.change(selectionId, { type: 'remove', unitIds: ['b', 'c'] }, NOW);
    await selections.change(selectionId, { type: 'add', unitIds: ['d'] }, NOW);
    await plans.setUnits(PLAN, { type: 'selection', selectionId }, NOW + 3);
    expect(await plans.unitIds(PLAN, { limit: 10 })).toEqual(['a', 'd']);
    expect((await plans.units(PLAN, ['a', 'd'])).map(one => one.newest.is)).toEqual(['none', 'notAsked']);
    await plans.removeUnits(PLAN, ['a'], NOW + 4);
    expect(await plans.unitIds(PLAN, { limit: 10 })).toEqual(['d']);
  });

  it('changes no units any more once it was started; only what the service refused is written then', async () => {
    const { plans, selectionId } = await withPlan();
    await plans.change(PLAN, { status: 'starting', only: 'draft', savedAt: NOW + 1 });
    const refused = failsWith('PLAN_NOT_DRAFT', { planId: PLAN });
    await expect(plans.putUnits(PLAN, [row('a', { is: 'none' })], NOW + 2)).rejects.toEqual(refused);
    await expect(plans.setUnits(PLAN, { type: 'selection', selectionId }, NOW + 2)).rejects.toEqual(refused);
    await expect(plans.removeUnits(PLAN, ['a'], NOW + 2)).rejects.toEqual(refused);
    await expect(
      plans.change(PLAN, { destination: 'inPlace', facts: { run: 2 }, only: 'draft', savedAt: NOW + 2 }),
    ).rejects.toEqual(refused);
    await expect(plans.change(PLAN, { status: 'starting', only: 'draft', savedAt: NOW + 2 })).rejects.toEqual(refused);
    expect(await plans.get(PLAN, NOW)).toMatchObject({ status: 'starting', units: 3, savedAt: NOW + 1 });
    expect(await plans.get(PLAN, NOW)).not.toHaveProperty('destination');
    expect(await plans.facts(PLAN)).toBeNull();
    await plans.putRefusals(PLAN, [{ unitId: 'a', code: 'unitBusy', message: 'Another session has it.' }], NOW + 3);
    const [a] = await plans.units(PLAN, ['a']);
    expect(a).toMatchObject({ newest: { is: 'notAsked' }, refused: { code: 'unitBusy' } });
  });

  it('records nothing of a change that was refused', async () => {
    const { plans, audit } = await withPlan();
    const entry = { at: NOW, tenantId: TENANT, who: 'ada', what: 'plan.start', target: PLAN } as const;
    await expect(plans.change(PLAN, { status: 'done', only: 'running', savedAt: NOW }, [entry])).rejects.toEqual(
      failsWith('PLAN_NOT_DRAFT', { planId: PLAN }),
    );
    expect((await audit.list({ tenantId: TENANT, limit: 10 })).map(({ what }) => what)).not.toContain('plan.start');
  });

  it('gives the failed units to a plan that tries them again, with what was chosen for them', async () => {
    const { plans } = await withPlan();
    const chosen = point(NOW - HOUR);
    await plans.putUnits(
      PLAN,
      [row('a', { is: 'exact', point: chosen }, { chosen, refused: { code: 'x', message: 'y' } })],
      NOW,
    );
    const retry = await plans.create(
      { ...newPlan(OTHER_PLAN), retryOf: PLAN },
      { type: 'plan', planId: PLAN, unitIds: ['a'] },
    );
    expect(retry).toMatchObject({ retryOf: PLAN, units: 1 });
    const [copied] = await plans.units(OTHER_PLAN, ['a']);
    expect(copied).toMatchObject({ chosen, newest: { is: 'exact' } });
    // That it was refused belongs to the try before.
    expect(copied).not.toHaveProperty('refused');
  });

  it('opens a selection of its units', async () => {
    const { plans, selections } = await withPlan();
    const { selectionId } = await plans.openSelection(PLAN);
    expect(await selections.summary(selectionId)).toMatchObject({ count: 3, drives: 1 });
    expect(await selections.tenantOf(selectionId)).toBe(TENANT);
  });

  it('is never made of another tenant’s selection or plan', async () => {
    const { plans, selections } = await withPlan();
    const { id: selectionId } = await selections.open(OTHER_TENANT);
    await expect(plans.create(newPlan(OTHER_PLAN), { type: 'selection', selectionId })).rejects.toEqual(
      failsWith('SELECTION_NOT_FOUND'),
    );
    // Nothing is left of the plan that could not be made.
    await expect(plans.get(OTHER_PLAN, NOW)).rejects.toEqual(failsWith('PLAN_NOT_FOUND', { planId: OTHER_PLAN }));
    const theirs = { ...newPlan(OTHER_PLAN), tenantId: OTHER_TENANT };
    await expect(plans.create(theirs, { type: 'plan', planId: PLAN, unitIds: ['a'] })).rejects.toEqual(
      failsWith('PLAN_NOT_FOUND'),
    );
  });

  it('is listed newest first, by tenant or over all, and goes when it is removed', async () => {
    const { plans } = await withPlan();
    await plans.create(
      { ...newPlan(OTHER_PLAN), tenantId: OTHER_TENANT, createdAt: NOW + 1 },
      { type: 'units', unitIds: ['theirs', 'a'] },
    );
    expect((await plans.list({ now: NOW })).map(plan => [plan.id, plan.units])).toEqual([
      [OTHER_PLAN, 1],
      [PLAN, 3],
    ]);
    expect((await plans.list({ tenantId: TENANT, now: NOW })).map(plan => plan.id)).toEqual([PLAN]);
    await plans.remove(PLAN);
    expect(await plans.list({ tenantId: TENANT, now: NOW })).toEqual([]);
    await expect(plans.listUnits({ planId: PLAN, window: { offset: 0, limit: 1 } })).rejects.toEqual(
      failsWith('PLAN_NOT_FOUND'),
    );
  });

  it('stays readable when the cache is gone', async () => {
    const { plans, store } = await withPlan();
    store.replaceCache();
    expect(
      (await plans.listUnits({ planId: PLAN, window: { offset: 0, limit: 10 } })).rows.map(one => one.name),
    ).toEqual(['alpha', 'Beta', 'Gamma']);
  });

  it('knows its own sessions', async () => {
    const { plans, sessions } = await withPlan();
    await plans.linkSession({ planId: PLAN, tenantId: TENANT, sessionId: 's1', kind: 'site' });
    await plans.linkSession({ planId: PLAN, tenantId: TENANT, sessionId: 's1', kind: 'site' });
    await sessions.put(TENANT, [
      { id: 's1', status: 'active', askedAt: NOW },
      { id: 's2', status: 'active', askedAt: NOW },
    ]);
    expect(await plans.sessionsOf(PLAN)).toEqual([{ planId: PLAN, tenantId: TENANT, sessionId: 's1', kind: 'site' }]);
    expect((await sessions.list(TENANT)).map(session => [session.id, session.planName])).toEqual([
      ['s1', 'Friday'],
      ['s2', undefined],
    ]);
    await plans.unlinkSession(PLAN, 's1');
    expect(await plans.sessionsOf(PLAN)).toEqual([]);
  });
});

describe('a change and its audit', () => {
  const entry = {
    at: NOW,
    tenantId: TENANT,
    who: 'ada@msp.example',
    what: 'plan.start',
    target: `plan ${PLAN}`,
  } as const;

  it('are written together', async () => {
    const { plans, audit } = await withPlan();
    await plans.change(PLAN, { status: 'starting', savedAt: NOW + 1 }, [entry]);
    expect((await plans.get(PLAN, NOW)).status).toBe('starting');
    expect((await audit.list({ tenantId: TENANT, limit: 10 })).map(({ what }) => what)).toEqual(['plan.start']);
  });

  it('are both not written where one can not be', async () => {
    const { plans, audit } = await withPlan();
    // A row whose time is no whole number is refused by the table.
    await expect(
      plans.change(PLAN, { status: 'starting', savedAt: NOW + 1 }, [entry, { ...entry, at: 0.5 }]),
    ).rejects.toThrow();
    expect((await plans.get(PLAN, NOW)).status).toBe('draft');
    expect(await audit.list({ tenantId: TENANT, limit: 10 })).toEqual([]);
  });
});

it('tells the sessions of a tenant that any of its plans calls its own', async () => {
  const { plans } = await withPlan();
  await plans.create(newPlan(OTHER_PLAN), { type: 'units', unitIds: ['a'] });
  await plans.linkSession({ planId: PLAN, tenantId: TENANT, sessionId: 'one', kind: 'site' });
  await plans.linkSession({ planId: OTHER_PLAN, tenantId: TENANT, sessionId: 'two', kind: 'drive' });
  expect((await plans.linkedSessions(TENANT)).toSorted()).toEqual(['one', 'two']);
  expect(await plans.linkedSessions(OTHER_TENANT)).toEqual([]);
});
