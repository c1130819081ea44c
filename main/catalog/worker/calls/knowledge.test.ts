import { describe, expect, it } from 'vitest';
import type { Answer, Question } from '../../../../shared/domain/knowledge/index.ts';
import { DAY, HOUR, MINUTE } from '../../../../shared/domain/time.ts';
import { seededRandom } from '../../../../shared/testing/seeded-random.ts';
import { ServiceModel } from '../../../../shared/testing/service-model.ts';
import { aPoint, headAnswer } from '../../testing/answers.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';
import type { CatalogWanted } from '../../api/knowledge.ts';

type Calls = ReturnType<typeof callsInMemory>;

const habits = { closedEnd: false, closedStart: false, fivePointsInAll: false, listLimitsFirst: false, roundTrip: 0 };

/** A service with points every ten minutes for a day, up to two hours ago, for each unit. */
function aService(unitIds: readonly string[]): ServiceModel {
  const service = new ServiceModel(NOW, habits, seededRandom(1));
  for (const unitId of unitIds) {
    for (let at = NOW - DAY; at <= NOW - 2 * HOUR; at += 10 * MINUTE)
      service.addPoint(unitId, { at, ticks: 0 }, 30 * DAY);
  }
  return service;
}

/** Asks until nothing is left to ask. */
async function ask(
  { knowledge }: Calls,
  service: ServiceModel,
  wanted: CatalogWanted,
): Promise<{ rounds: number; questions: number; unsettled: number }> {
  const { asking } = await knowledge.beginAsking({ tenantId: TENANT, wanted, now: service.now });
  let questions = 0;
  for (let rounds = 0; ; rounds += 1) {
    const round = await knowledge.nextRound(asking, service.now);
    if (round.questions.length === 0) {
      await knowledge.endAsking(asking);
      return { rounds, questions, unsettled: round.unsettled };
    }
    questions += round.questions.length;
    const replies = round.questions.map((question, index) => ({
      question: index,
      reply: service.ask(question).answer,
    }));
    for (const reply of replies) await knowledge.reply(asking, [reply], service.now);
  }
}

const unitIds = Array.from({ length: 45 }, (_, index) => `unit-${index}`);
const filled = async (): Promise<Calls> => {
  const calls = callsInMemory();
  await calls.units.put(
    TENANT,
    unitIds.map(id => aUnit(id)),
  );
  return calls;
};
const before = (
  incidentAt: number,
  units: CatalogWanted & { type: 'before' } extends { units: infer U } ? U : never = { type: 'all' },
): CatalogWanted => ({
  type: 'before',
  units,
  incidentAt,
  fast: false,
});

describe('asking', () => {
  it('settles what is wanted with the fewest questions, and asks nothing twice', async () => {
    const calls = await filled();
    const wanted = before(NOW - 5 * HOUR + 30);
    expect(await calls.knowledge.cost({ tenantId: TENANT, wanted, now: NOW })).toEqual({
      units: 45,
      questions: 3,
      certain: true,
    });
    const service = aService(unitIds);
    expect(await ask(calls, service, wanted)).toEqual({ rounds: 1, questions: 3, unsettled: 0 });
    expect(await ask(calls, service, wanted)).toEqual({ rounds: 0, questions: 0, unsettled: 0 });
    expect(await calls.knowledge.cost({ tenantId: TENANT, wanted, now: NOW })).toEqual({
      units: 0,
      questions: 0,
      certain: true,
    });
    const certainties = await calls.knowledge.newestBefore({
      tenantId: TENANT,
      unitIds,
      incidentAt: NOW - 5 * HOUR + 30,
      now: NOW,
    });
    expect(certainties.filter(one => one.any.is === 'exact' && one.any.point.at === NOW - 5 * HOUR)).toHaveLength(45);
  });

  it('asks for heads again only when they are older than a cadence', async () => {
    const calls = await filled();
    const service = aService(unitIds);
    const heads: CatalogWanted = { type: 'heads', units: { type: 'all' }, fast: false };
    expect(await ask(calls, service, heads)).toMatchObject({ questions: 3 });
    service.now += 5 * MINUTE;
    expect(await ask(calls, service, heads)).toMatchObject({ questions: 0 });
    service.now += 6 * MINUTE;
    expect(await ask(calls, service, heads)).toMatchObject({ questions: 3 });
  });

  it('asks of a selection, of a plan, of named units', async () => {
    const calls = await filled();
    const { id: selectionId } = await calls.selections.open(TENANT);
    await calls.selections.change(selectionId, { type: 'add', unitIds: unitIds.slice(0, 21) }, NOW);
    const planId = '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77';
    const plan = {
      id: planId,
      tenantId: TENANT,
      name: 'P',
      createdAt: NOW,
      createdBy: 'a',
      preference: 'newest',
    } as const;
    await calls.plans.create(plan, { type: 'units', unitIds: unitIds.slice(0, 20) });
    const cost = async (units: Parameters<typeof before>[1]) =>
      (await calls.knowledge.cost({ tenantId: TENANT, wanted: before(NOW - DAY, units), now: NOW })).questions;
    expect(await cost({ type: 'selection', selectionId })).toBe(2);
    expect(await cost({ type: 'plan', planId })).toBe(1);
    expect(await cost({ type: 'these', unitIds: ['unit-1', 'nobody'] })).toBe(1);
    const foreign = {
      tenantId: OTHER_TENANT,
      wanted: before(NOW - DAY, { type: 'selection', selectionId } as const),
      now: NOW,
    };
    await expect(calls.knowledge.cost(foreign)).rejects.toEqual(failsWith('SELECTION_NOT_FOUND'));
    await expect(
      calls.knowledge.cost({ ...foreign, wanted: before(NOW - DAY, { type: 'plan', planId }) }),
    ).rejects.toEqual(failsWith('PLAN_NOT_FOUND'));
  });

  it('counts a question without a reply as failed, asks again, and ends', async () => {
    const calls = await filled();
    const { asking } = await calls.knowledge.beginAsking({
      tenantId: TENANT,
      wanted: before(NOW - DAY, { type: 'these', unitIds: ['unit-1'] }),
      now: NOW,
    });
    let rounds = 0;
    for (; rounds < 20; rounds += 1) {
      const round = await calls.knowledge.nextRound(asking, NOW);
      if (round.questions.length > 0) continue;
      expect(round).toEqual({ questions: [], unitsDone: 1, unitsTotal: 1, unsettled: 1 });
      break;
    }
    expect(rounds).toBeGreaterThan(1);
    expect(rounds).toBeLessThan(20);
  });

  it('that was lost or ended is unavailable', async () => {
    const calls = await filled();
    const { asking } = await calls.knowledge.beginAsking({ tenantId: TENANT, wanted: before(NOW), now: NOW });
    await calls.knowledge.endAsking(asking);
    await expect(calls.knowledge.nextRound(asking, NOW)).rejects.toEqual(failsWith('CATALOG_UNAVAILABLE'));
  });

  it('fills a window of one unit until every stretch of it is known', async () => {
    const calls = await filled();
    const service = aService(['unit-1']);
    const window = { fromAt: NOW - 20 * HOUR, toAt: NOW - 10 * HOUR };
    const wanted: CatalogWanted = { type: 'window', unitId: 'unit-1', ...window };
    expect((await calls.knowledge.cost({ tenantId: TENANT, wanted, now: NOW })).questions).toBeGreaterThan(0);
    await ask(calls, service, wanted);
    const { spans, points } = await calls.knowledge.spans({
      tenantId: TENANT,
      unitId: 'unit-1',
      ...window,
      now: service.now,
    });
    expect(spans).toEqual([{ ...window, state: 'proven', points: 60, fastPoints: 0, askedAt: expect.any(Number) }]);
    expect(points).toHaveLength(60);
    expect(await calls.knowledge.cost({ tenantId: TENANT, wanted, now: NOW })).toEqual({
      units: 0,
      questions: 0,
      certain: true,
    });
    expect(await ask(calls, service, wanted)).toMatchObject({ questions: 0 });
  });
});

describe('a unit protected again under a new id', () => {
  it('is judged under all its ids, and asked about under all of them', async () => {
    const calls = callsInMemory();
    const { knowledge, units } = calls;
    await units.put(TENANT, [aUnit('old', { ownerKey: 'o' }), aUnit('new', { ownerKey: 'o' })]);
    const service = new ServiceModel(NOW, habits, seededRandom(1));
    service.addPoint('old', { at: NOW - 3 * DAY, ticks: 0 }, 300 * DAY);
    service.addPoint('new', { at: NOW - DAY, ticks: 0 }, 300 * DAY);
    const wanted = before(NOW - 2 * DAY, { type: 'these', unitIds: ['new'] });
    // One question, two units in it.
    expect(await ask(calls, service, wanted)).toEqual({ rounds: 1, questions: 1, unsettled: 0 });
    const [certainty] = await knowledge.newestBefore({
      tenantId: TENANT,
      unitIds: ['new'],
      incidentAt: NOW - 2 * DAY,
      now: NOW,
    });
    expect(certainty).toMatchObject({ unitId: 'new', any: { is: 'exact', point: { at: NOW - 3 * DAY } } });
    const point = service.points[0]?.id ?? '';
    expect(await knowledge.findPoint(TENANT, 'new', point)).toMatchObject({ id: point, at: NOW - 3 * DAY });
    await knowledge.apply({ tenantId: TENANT, answers: [headAnswer(NOW, { new: NOW - DAY })], now: NOW });
    const alternatives = (offset: number, limit: number) =>
      knowledge.alternatives({ tenantId: TENANT, unitId: 'new', before: NOW, now: NOW, window: { offset, limit } });
    expect((await alternatives(0, 5)).map(one => one.at)).toEqual([NOW - DAY, NOW - 3 * DAY]);
    expect((await alternatives(1, 5)).map(one => one.at)).toEqual([NOW - 3 * DAY]);
  });
});

describe('what is known', () => {
  const list = (unitId: string, until: number, points: Answer['points']): Answer => ({
    question: { form: 'list', unitId, before: new Date(until * 1000).toISOString() } satisfies Question,
    askedAt: NOW,
    points,
    noResultUnitIds: [],
  });

  it('leaves out points and answers of units that the catalog does not hold', async () => {
    const { knowledge } = await filled();
    expect(
      await knowledge.apply({
        tenantId: TENANT,
        answers: [headAnswer(NOW, { nobody: NOW - 5, 'unit-1': NOW - DAY })],
        now: NOW,
      }),
    ).toEqual({ units: 1 });
    expect(await knowledge.newestBefore({ tenantId: TENANT, unitIds: ['nobody'], incidentAt: NOW, now: NOW })).toEqual(
      [],
    );
    await expect(knowledge.days({ tenantId: TENANT, unitId: 'nobody', bounds: [0, 1], now: NOW })).rejects.toEqual(
      failsWith('UNIT_NOT_FOUND'),
    );
  });

  it('of one tenant says nothing about another', async () => {
    const { knowledge, units } = await filled();
    await units.put(OTHER_TENANT, [aUnit('unit-1')]);
    await knowledge.apply({ tenantId: TENANT, answers: [headAnswer(NOW, { 'unit-1': NOW - DAY })], now: NOW });
    const theirs = await knowledge.newestBefore({
      tenantId: OTHER_TENANT,
      unitIds: ['unit-1'],
      incidentAt: NOW,
      now: NOW,
    });
    expect(theirs).toMatchObject([{ any: { is: 'notAsked' } }]);
  });

  it('knows no fast points of mailboxes', async () => {
    const { knowledge, units } = await filled();
    await units.put(TENANT, [aUnit('mail', { kind: 'mailbox' })]);
    const [mail, site] = await knowledge.heads({ tenantId: TENANT, unitIds: ['mail', 'unit-1'], now: NOW });
    expect(mail).toEqual({ unitId: 'mail', any: { is: 'notAsked' } });
    expect(site).toEqual({ unitId: 'unit-1', any: { is: 'notAsked' }, fast: { is: 'notAsked' } });
    const cost = await knowledge.cost({
      tenantId: TENANT,
      wanted: { type: 'heads', units: { type: 'these', unitIds: ['mail'] }, fast: true },
      now: NOW,
    });
    expect(cost.questions).toBe(1);
  });

  it('is summed up by days, with what expires soon and without what is still to come', async () => {
    const { knowledge } = await filled();
    const yesterday = NOW - DAY;
    await knowledge.apply({
      tenantId: TENANT,
      answers: [
        list('unit-1', NOW - 12 * HOUR, [
          aPoint('unit-1', yesterday + 10 * HOUR, { fast: true }),
          aPoint('unit-1', yesterday + 2 * HOUR, { expiresAt: NOW + HOUR }),
        ]),
      ],
      now: NOW,
    });
    expect(
      await knowledge.days({
        tenantId: TENANT,
        unitId: 'unit-1',
        bounds: [yesterday, NOW - 12 * HOUR, NOW + 12 * HOUR],
        now: NOW,
      }),
    ).toEqual([
      {
        fromAt: yesterday,
        toAt: NOW - 12 * HOUR,
        points: 2,
        fastPoints: 1,
        unaskedSeconds: 2 * HOUR + 1,
        expiringPoints: 1,
      },
      {
        fromAt: NOW - 12 * HOUR,
        toAt: NOW + 12 * HOUR,
        points: 0,
        fastPoints: 0,
        unaskedSeconds: 12 * HOUR,
        expiringPoints: 0,
      },
    ]);
  });

  it('tells of a window’s stretches what was asked, what was shown, what nobody asked', async () => {
    const { knowledge } = await filled();
    await knowledge.apply({ tenantId: TENANT, answers: [headAnswer(NOW, { 'unit-1': NOW - 3 * HOUR })], now: NOW });
    const { spans, points } = await knowledge.spans({
      tenantId: TENANT,
      unitId: 'unit-1',
      fromAt: NOW - 5 * HOUR,
      toAt: NOW,
      now: NOW,
    });
    expect(points).toEqual([
      { id: `unit-1@${NOW - 3 * HOUR}`, at: NOW - 3 * HOUR, expiresAt: NOW - 3 * HOUR + 365 * DAY, fast: false },
    ]);
    expect(spans.map(span => [span.fromAt - NOW, span.toAt - NOW, span.state, span.askedAt])).toEqual([
      [-5 * HOUR, -3 * HOUR + 1, 'notAsked', undefined],
      [-3 * HOUR + 1, -HOUR, 'proven', undefined],
      [-HOUR, 0, 'shown', NOW],
    ]);
    expect(spans[0]?.questions).toBeGreaterThan(0);
    expect(spans[2]?.questions).toBeUndefined();
    // A cadence later the end of it is asked again, at a price that is said.
    const later = { tenantId: TENANT, unitId: 'unit-1', fromAt: NOW - 5 * HOUR, toAt: NOW, now: NOW + 10 * MINUTE };
    const [, , shown] = (await knowledge.spans(later)).spans;
    expect(shown).toMatchObject({ state: 'shown', askedAt: NOW });
    expect(shown?.questions).toBeGreaterThan(0);
  });

  it('loses points whose policy keeps them no longer', async () => {
    const { knowledge, units } = await filled();
    await units.put(TENANT, [aUnit('unit-1', { policyId: 'short' }), aUnit('unit-2', { policyId: 'long' })]);
    await knowledge.apply({
      tenantId: TENANT,
      answers: [headAnswer(NOW, { 'unit-1': NOW - DAY, 'unit-2': NOW - DAY })],
      now: NOW,
    });
    await knowledge.lowerExpiries({ tenantId: TENANT, policyId: 'short', retentionSeconds: 12 * HOUR, now: NOW });
    const found = await knowledge.newestBefore({
      tenantId: TENANT,
      unitIds: ['unit-1', 'unit-2'],
      incidentAt: NOW - 2 * HOUR,
      now: NOW,
    });
    expect(found.map(one => one.any.is)).toEqual(['notAsked', 'exact']);
    const { rows } = await units.list({
      tenantId: TENANT,
      filter: { tile: 'notAsked', text: 'unit-1' },
      sort: { by: 'name', descending: false },
      window: { offset: 0, limit: 1 },
      now: NOW,
    });
    expect(rows.map(row => row.id)).toEqual(['unit-1']);
  });

  it('keeps what answers teach about the service', async () => {
    const { knowledge } = await filled();
    const five = headAnswer(NOW, Object.fromEntries(unitIds.slice(0, 5).map(id => [id, NOW - DAY])));
    const answer: Answer = {
      ...five,
      question: {
        form: 'search',
        unitIds: unitIds.slice(0, 20),
        start: '0001-01-01T00:00:00Z',
        prefer: 'newest',
        kind: 'any',
      },
    };
    await knowledge.apply({ tenantId: TENANT, answers: [answer], now: NOW });
    expect(await knowledge.traits(TENANT)).toMatchObject({ answersPerSearch: 5 });
    const cost = await knowledge.cost({ tenantId: TENANT, wanted: before(NOW - 2 * DAY, { type: 'all' }), now: NOW });
    expect(cost).toEqual({ units: 45, questions: 9, certain: false });
    const traits = { ...(await knowledge.traits(TENANT)), answersPerSearch: undefined };
    await knowledge.saveTraits(TENANT, traits);
    expect(await knowledge.traits(TENANT)).toEqual(traits);
  });
});

describe('whose a point is', () => {
  const tenantId = TENANT;
  const known = async (): Promise<Calls> => {
    const calls = callsInMemory();
    const many = Array.from({ length: 450 }, (_, index) => aUnit(`drive-${index}`, { kind: 'drive' }));
    await calls.units.put(TENANT, [aUnit('site'), ...many]);
    await calls.units.put(OTHER_TENANT, [aUnit('theirs')]);
    await calls.knowledge.apply({
      tenantId: TENANT,
      answers: [headAnswer(NOW, { site: NOW - DAY, 'drive-0': NOW - DAY, 'drive-449': NOW - 2 * DAY })],
      now: NOW,
    });
    return calls;
  };

  it('is told from what was ever heard of it, whatever the id looks like', async () => {
    const { knowledge } = await known();
    const points = [
      { id: `drive-449@${NOW - 2 * DAY}`, at: NOW - 2 * DAY },
      { id: `drive-0@${NOW - DAY}`, at: NOW - DAY },
      { id: 'never-heard-of', at: NOW - DAY },
    ];
    const found = await knowledge.unitsOfPoints({ tenantId, kind: 'drive', points });
    expect(found.toSorted((a, b) => a.unitId.localeCompare(b.unitId))).toEqual([
      { restorePointId: `drive-0@${NOW - DAY}`, unitId: 'drive-0' },
      { restorePointId: `drive-449@${NOW - 2 * DAY}`, unitId: 'drive-449' },
    ]);
    // Without its time a point is looked for everywhere, also beside points that tell theirs.
    const untimed = [{ id: `drive-449@${NOW - 2 * DAY}` }, { id: `drive-0@${NOW - DAY}`, at: NOW - DAY }];
    expect(await knowledge.unitsOfPoints({ tenantId, kind: 'drive', points: untimed })).toHaveLength(2);
    expect(await knowledge.unitsOfPoints({ tenantId, kind: 'drive', points: [] })).toEqual([]);
  });

  it('is told once, of each point, however often it is asked for or known', async () => {
    const { knowledge, units } = await known();
    await units.put(TENANT, [aUnit('drive-1', { kind: 'drive', ownerKey: 'owner of drive-0' })]);
    const twin = { id: `drive-0@${NOW - DAY}`, at: NOW - DAY };
    const answer = headAnswer(NOW + 1, { 'drive-1': NOW - DAY });
    await knowledge.apply({
      tenantId,
      answers: [{ ...answer, points: answer.points.map(point => ({ ...point, id: twin.id })) }],
      now: NOW + 1,
    });
    // The last is found though two rows hold the first; the one without a time, wherever it lies.
    const points = [twin, twin, { id: `drive-449@${NOW - 2 * DAY}` }];
    const found = await knowledge.unitsOfPoints({ tenantId, kind: 'drive', points });
    expect(found.map(({ restorePointId }) => restorePointId)).toEqual([twin.id, `drive-449@${NOW - 2 * DAY}`]);
  });

  it('is told of a unit that is gone, and never of another tenant’s', async () => {
    const { knowledge, units } = await known();
    const read = await units.beginRead({ tenantId, kind: 'site', at: NOW + 1 });
    await units.endRead(read);
    const points = [{ id: `site@${NOW - DAY}`, at: NOW - DAY }];
    expect(await knowledge.unitsOfPoints({ tenantId, kind: 'site', points })).toHaveLength(1);
    expect(await knowledge.unitsOfPoints({ tenantId: OTHER_TENANT, kind: 'site', points })).toEqual([]);
  });
});
