import { describe, expect, it } from 'vitest';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';

const filled = async () => {
  const calls = callsInMemory();
  await calls.units.put(TENANT, [
    aUnit('a'),
    aUnit('b', { kind: 'drive' }),
    aUnit('c', { kind: 'mailbox' }),
    aUnit('d', { name: 'Other' }),
  ]);
  await calls.units.put(OTHER_TENANT, [aUnit('a'), aUnit('theirs')]);
  const { id } = await calls.selections.open(TENANT);
  return { ...calls, id };
};

describe('a selection', () => {
  it('starts empty, and counts what is added by kind', async () => {
    const { selections, id } = await filled();
    expect(await selections.summary(id)).toEqual({ id, count: 0, sites: 0, drives: 0, mailboxes: 0 });
    expect(await selections.change(id, { type: 'add', unitIds: ['a', 'b', 'a', 'nobody'] }, NOW)).toEqual({
      id,
      count: 2,
      sites: 1,
      drives: 1,
      mailboxes: 0,
    });
    expect(await selections.change(id, { type: 'remove', unitIds: ['a'] }, NOW)).toMatchObject({ count: 1 });
    expect(await selections.change(id, { type: 'clear' }, NOW)).toMatchObject({ count: 0 });
  });

  it('takes and drops what matches a filter', async () => {
    const { selections, id } = await filled();
    expect(await selections.change(id, { type: 'addMatching', filter: {} }, NOW)).toMatchObject({ count: 4 });
    expect(await selections.change(id, { type: 'removeMatching', filter: { text: 'other' } }, NOW)).toMatchObject({
      count: 3,
    });
    expect(await selections.change(id, { type: 'removeMatching', filter: { kinds: ['mailbox'] } }, NOW)).toMatchObject({
      count: 2,
      mailboxes: 0,
    });
  });

  it('never takes a unit of another tenant', async () => {
    const { selections, id } = await filled();
    await selections.change(id, { type: 'add', unitIds: ['theirs'] }, NOW);
    await selections.change(id, { type: 'addMatching', filter: {} }, NOW);
    expect(await selections.ids(id, { limit: 10 })).toEqual(['a', 'b', 'c', 'd']);
    expect(await selections.tenantOf(id)).toBe(TENANT);
  });

  it('survives filtering, and marks its rows', async () => {
    const { selections, units, id } = await filled();
    await selections.change(id, { type: 'add', unitIds: ['a', 'c'] }, NOW);
    const list = {
      tenantId: TENANT,
      sort: { by: 'name', descending: false },
      window: { offset: 0, limit: 10 },
      now: NOW,
    } as const;
    const filtered = await units.list({ ...list, filter: { kinds: ['drive'] }, selectionId: id });
    expect(filtered.rows.map(row => row.selected)).toEqual([false]);
    const all = await units.list({ ...list, filter: {}, selectionId: id });
    expect(all.rows.filter(row => row.selected).map(row => row.id)).toEqual(['a', 'c']);
    const only = await units.list({ ...list, filter: { selectionId: id } });
    expect([only.total, only.rows.map(row => row.id)]).toEqual([2, ['a', 'c']]);
  });

  it('survives a refresh; a unit that went is left out, and is in it again when it comes back', async () => {
    const { selections, units, id } = await filled();
    await selections.change(id, { type: 'add', unitIds: ['a', 'd'] }, NOW);
    const refresh = async (ids: readonly string[]): Promise<void> => {
      const read = await units.beginRead({ tenantId: TENANT, kind: 'site', at: NOW });
      await units.putPage(
        read,
        ids.map(unitId => aUnit(unitId, { name: `New name of ${unitId}` })),
      );
      await units.endRead(read);
    };
    await refresh(['a']);
    expect(await selections.ids(id, { limit: 10 })).toEqual(['a']);
    expect(await selections.summary(id)).toMatchObject({ count: 1 });
    await refresh(['a', 'd']);
    expect(await selections.ids(id, { limit: 10 })).toEqual(['a', 'd']);
  });

  it('gives its ids page by page', async () => {
    const { selections, id } = await filled();
    await selections.change(id, { type: 'addMatching', filter: {} }, NOW);
    expect(await selections.ids(id, { limit: 3 })).toEqual(['a', 'b', 'c']);
    expect(await selections.ids(id, { limit: 3, after: 'c' })).toEqual(['d']);
  });

  it('that is closed, or was never there, is not found', async () => {
    const { selections, units, id } = await filled();
    await selections.close(id);
    const missing = failsWith('SELECTION_NOT_FOUND', { selectionId: id });
    await expect(selections.summary(id)).rejects.toEqual(missing);
    await expect(selections.change(id, { type: 'clear' }, NOW)).rejects.toEqual(missing);
    const list = {
      tenantId: TENANT,
      sort: { by: 'name', descending: false },
      window: { offset: 0, limit: 10 },
      now: NOW,
    } as const;
    await expect(units.list({ ...list, filter: { selectionId: id } })).rejects.toEqual(missing);
  });

  it('ends when its tenant is forgotten', async () => {
    const { selections, tenants, id } = await filled();
    await tenants.forget(TENANT);
    await expect(selections.summary(id)).rejects.toEqual(failsWith('SELECTION_NOT_FOUND'));
  });
});
