import { describe, expect, it } from 'vitest';
import type { UnitFilter } from '../../../../shared/contract/units.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';

const units = [
  aUnit('a', { policyId: 'p1' }),
  aUnit('b', { policyId: 'p1', error: { code: 'UnknownError', message: '' }, status: 'unprotected' }),
  aUnit('c', { policyId: 'p2' }),
  aUnit('d', { status: 'unprotected' }),
  aUnit('e', { kind: 'mailbox', policyId: 'p3', ownerKey: 'owner of a' }),
];

async function withUnits() {
  const calls = callsInMemory();
  await calls.units.put(TENANT, units);
  await calls.units.put(OTHER_TENANT, [aUnit('other', { policyId: 'p1', ownerKey: 'owner of a' })]);
  return calls;
}

describe('units by their policy', () => {
  it.each<[UnitFilter, string[]]>([
    [{ policyId: 'p1' }, ['a', 'b']],
    [{ policyId: 'p1', tile: 'protected' }, ['a']],
    [{ policyId: 'none' }, []],
    [{ withoutPolicy: true }, ['d']],
    [{ withoutPolicy: false }, ['a', 'b', 'c', 'd', 'e']],
  ])('are listed, matched and selected alike: %j', async (filter, expected) => {
    const calls = await withUnits();
    const sort = { by: 'name', descending: false } as const;
    const question = { tenantId: TENANT, filter, now: NOW };
    const window = { offset: 0, limit: 10 };
    const selection = await calls.selections.open(TENANT);
    await calls.selections.change(selection.id, { type: 'addMatching', filter }, NOW);
    const listed = await calls.units.list({ ...question, sort, window, selectionId: selection.id });
    expect(listed.rows.map(({ id, selected }) => [id, selected])).toEqual(expected.map(id => [id, true]));
    expect(listed.total).toBe(expected.length);
    expect(await calls.units.idsMatching({ ...question, limit: 10 })).toEqual(expected);
    expect(await calls.units.idsMatching({ ...question, limit: 10, after: 'a' })).toEqual(
      expected.filter(id => id > 'a'),
    );
    await calls.selections.change(selection.id, { type: 'addMatching', filter: {} }, NOW);
    await calls.selections.change(selection.id, { type: 'removeMatching', filter }, NOW);
    expect((await calls.selections.ids(selection.id, { limit: 10 })).toSorted()).toEqual(
      units.map(({ id }) => id).filter(id => !expected.includes(id)),
    );
  });

  it('are counted by kind, those of no policy too', async () => {
    const counts = await (await withUnits()).units.countsOfPolicies(TENANT);
    expect(counts).toHaveLength(4);
    expect(counts).toEqual(
      expect.arrayContaining([
        { policyId: 'p1', kind: 'site', units: 2, protected: 1, inError: 1 },
        { policyId: 'p2', kind: 'site', units: 1, protected: 1, inError: 0 },
        { policyId: 'p3', kind: 'mailbox', units: 1, protected: 1, inError: 0 },
        { kind: 'site', units: 1, protected: 0, inError: 0 },
      ]),
    );
  });

  it('are found by owner, of one kind and tenant, without those gone', async () => {
    const calls = await withUnits();
    const byOwners = async (kind: 'site' | 'mailbox') =>
      (await calls.units.byOwners(TENANT, kind, ['owner of a', 'owner of c', 'owner of nobody'])).map(({ id }) => id);
    expect((await byOwners('site')).toSorted()).toEqual(['a', 'c']);
    expect(await byOwners('mailbox')).toEqual(['e']);
    const read = await calls.units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW });
    await calls.units.putPage(read, [aUnit('c', { policyId: 'p2' })]);
    await calls.units.endRead(read);
    expect(await byOwners('site')).toEqual(['c']);
  });
});

it('an intent of a change belongs to no plan, and is concluded with its audit row', async () => {
  const { intents, audit } = await withUnits();
  const change = {
    planId: '3f0f3c3e-8f0a-4d0e-9c60-3b1c8a4f2d77',
    tenantId: TENANT,
    step: 'protectionPolicy.create',
    about: 'a policy',
    at: NOW,
    facts: { name: 'Board' },
  };
  const intent = await intents.appendChange(change);
  expect(await intents.listUnfinishedAcrossTenants()).toMatchObject([{ seq: intent, ...change, outcomes: [] }]);
  const row = {
    at: NOW,
    tenantId: TENANT,
    who: 'ada',
    what: 'protectionPolicy.create',
    target: 'a policy',
    after: { outcome: 'done' },
  } as const;
  await intents.conclude({ intent, outcome: 'done', at: NOW, facts: null }, { audit: [row] });
  expect(await intents.listUnfinishedAcrossTenants()).toEqual([]);
  expect(await audit.list({ tenantId: TENANT, limit: 10 })).toMatchObject([row]);
});
