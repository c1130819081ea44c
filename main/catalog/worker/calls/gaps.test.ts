import { describe, expect, it } from 'vitest';
import type { DirectoryMember } from '../../../../shared/domain/gaps.ts';
import { membersQuery } from '../../repositories/gaps.ts';
import { cacheHistory } from '../../migrations/cache/index.ts';
import { callsInMemory, NOW } from '../../testing/calls.ts';
import { failsWith } from '../../testing/fails-with.ts';
import { explain, fileAt } from '../../testing/memory-files.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../../testing/units.ts';

type Calls = ReturnType<typeof callsInMemory>;
const user = (id: string, facts: object = {}): DirectoryMember => ({
  type: 'user',
  id,
  name: `Name of ${id}`,
  ...facts,
});
const site = (id: string): DirectoryMember => ({ type: 'site', id, name: `Name of ${id}` });

const readAll = async ({ gaps }: Calls, members: readonly DirectoryMember[], isWhole = true): Promise<void> => {
  const read = await gaps.beginRead({ tenantId: TENANT, type: members[0]?.type ?? 'user' });
  await gaps.putPage(read, members);
  await gaps.endRead(read, { at: NOW, isWhole });
};
const judgedIds = async ({ gaps }: Calls): Promise<string[]> => {
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const part = await gaps.listJudged({ tenantId: TENANT, ...(after === undefined ? {} : { after }) });
    ids.push(...part.members.map(({ id }) => id));
    after = part.next;
    if (after === undefined) return ids;
  }
};

describe('the directory', () => {
  it('takes away who has left once a whole reading has ended, and only then', async () => {
    const calls = callsInMemory();
    await readAll(calls, [user('a'), user('b')]);
    const broken = await calls.gaps.beginRead({ tenantId: TENANT, type: 'user' });
    await calls.gaps.putPage(broken, [user('a')]);
    expect(await judgedIds(calls)).toEqual(['a', 'b']);
    await readAll(calls, [user('a')], false);
    expect(await judgedIds(calls)).toEqual(['a', 'b']);
    await readAll(calls, [site('s,c,w')]);
    await readAll(calls, [user('a')]);
    expect(await judgedIds(calls)).toEqual(['s,c,w', 'a']);
    expect(await calls.gaps.reads(TENANT)).toEqual({
      users: { readAt: NOW, count: 1 },
      sites: { readAt: NOW, count: 1 },
    });
  });

  it('takes nothing of a reading that was begun in a cache that is gone', async () => {
    const calls = callsInMemory();
    await readAll(calls, [user('a'), user('b')]);
    // A fresh cache counts its readings from the beginning.
    const read = { ...(await calls.gaps.beginRead({ tenantId: TENANT, type: 'user' })), read: 1_000 };
    await expect(calls.gaps.putPage(read, [user('c')])).rejects.toEqual(failsWith('CATALOG_UNAVAILABLE'));
    await expect(calls.gaps.endRead(read, { at: NOW + 1, isWhole: true })).rejects.toEqual(
      failsWith('CATALOG_UNAVAILABLE'),
    );
    expect(await judgedIds(calls)).toEqual(['a', 'b']);
    expect((await calls.gaps.reads(TENANT)).users?.readAt).toBe(NOW);
  });

  it('leaves out whom a policy holds, by the id alone and whatever its case', async () => {
    const calls = callsInMemory();
    await calls.units.put(TENANT, [
      aUnit('u1', { kind: 'mailbox', ownerKey: 'held', policyId: 'p', name: 'Another name' }),
      aUnit('u2', { kind: 'drive', ownerKey: 'held', policyId: 'p' }),
      aUnit('u3', { kind: 'mailbox', ownerKey: 'other', policyId: 'p', name: 'Name of named' }),
    ]);
    await readAll(calls, [user('HELD'), user('named')]);
    expect(await judgedIds(calls)).toEqual(['named']);
  });

  it('knows a web of a site collection of which another is held, and no neighbour of it', async () => {
    const calls = callsInMemory();
    await calls.units.put(TENANT, [aUnit('u1', { kind: 'site', ownerKey: 'host,c1,w1', policyId: 'p' })]);
    await readAll(calls, [site('host,c1,w1'), site('host,c1,w2'), site('host,c10,w1'), site('host,c2,w1')]);
    const { members } = await calls.gaps.listJudged({ tenantId: TENANT });
    expect(members.map(({ id, judged }) => [id, judged.class])).toEqual([
      ['host,c1,w2', 'partOfProtectedSite'],
      ['host,c10,w1', 'site'],
      ['host,c2,w1', 'site'],
    ]);
  });

  it('comes in parts, each object once', async () => {
    const calls = callsInMemory();
    const ids = Array.from({ length: 1_201 }, (_, at) => `id ${String(at).padStart(4, '0')}`);
    const read = await calls.gaps.beginRead({ tenantId: TENANT, type: 'user' });
    await calls.gaps.putPage(
      read,
      ids.slice(0, 700).map(id => user(id)),
    );
    await calls.gaps.putPage(
      read,
      ids.slice(700).map(id => user(id)),
    );
    await calls.gaps.endRead(read, { at: NOW, isWhole: true });
    expect(await judgedIds(calls)).toEqual(ids);
  });

  it('is its tenant’s alone', async () => {
    const calls = callsInMemory();
    await readAll(calls, [user('a')]);
    expect(await calls.gaps.reads(OTHER_TENANT)).toEqual({});
    await expect(calls.gaps.reads('11111111-1111-4111-8111-111111111111')).rejects.toEqual(
      failsWith('TENANT_NOT_ADDED'),
    );
  });

  it('finds owners and webs by the index of owners', () => {
    const steps = explain(fileAt(cacheHistory), membersQuery).join('\n');
    expect(steps.match(/USING (COVERING )?INDEX unit_by_owner/g)).toHaveLength(2);
    expect(steps).not.toMatch(/SCAN [uc]\b/);
  });
});
