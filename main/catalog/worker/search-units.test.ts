import { describe, expect, it } from 'vitest';
import { callsInMemory, NOW } from '../testing/calls.ts';
import { rowsOf } from '../testing/memory-files.ts';
import { aUnit, OTHER_TENANT, TENANT } from '../testing/units.ts';

const filled = async () => {
  const calls = callsInMemory();
  await calls.units.put(TENANT, [
    aUnit('aino', { kind: 'mailbox', name: 'Aino Virtanen', address: 'aino.virtanen@contoso.example' }),
    aUnit('site', { name: 'Finance', address: 'https://contoso.sharepoint.example/sites/ProjectApollo' }),
    aUnit('ake', { kind: 'drive', name: 'Åke Ström-Virta', address: 'ake@contoso.example' }),
  ]);
  await calls.units.put(OTHER_TENANT, [
    aUnit('vera', { kind: 'mailbox', name: 'Vera Ainola', address: 'vera@fabrikam.example' }),
  ]);
  const search = async (text: string, limit = 10): Promise<string[]> => {
    const { hits, more } = await calls.units.searchAcrossTenants({ text, limit });
    return [...hits.map(({ unitId }) => unitId), ...(more ? ['more'] : [])];
  };
  return { ...calls, search };
};

describe('a search over all tenants', () => {
  it('finds by any part of a name, an e-mail address or a URL, as one types', async () => {
    const { search } = await filled();
    expect(await search('apol')).toEqual(['site']);
    expect(await search('sharepoint.example/sites/proj')).toEqual(['site']);
    expect(await search('aino.virt')).toEqual(['aino']);
    expect(await search('ola')).toEqual(['vera']);
    // One or two letters begin a word; inside a word they find nothing.
    expect(await search('f')).toEqual(['site', 'vera']);
    expect(await search('vi')).toEqual(['aino', 'ake']);
    expect(await search('rt')).toEqual([]);
    expect(await search('@c')).toEqual(['aino', 'ake']);
  });

  it('tells the tenant of each, and puts names that begin so before words and words before the rest', async () => {
    const { units, search } = await filled();
    const { hits, more } = await units.searchAcrossTenants({ text: 'AINO', limit: 10 });
    expect(more).toBe(false);
    expect(hits).toEqual([
      {
        tenantId: TENANT,
        unitId: 'aino',
        kind: 'mailbox',
        name: 'Aino Virtanen',
        address: 'aino.virtanen@contoso.example',
        status: 'protected',
      },
      expect.objectContaining({ tenantId: OTHER_TENANT, unitId: 'vera' }),
    ]);
    await units.put(TENANT, [
      aUnit('word', { name: 'Zz Era' }),
      aUnit('inside', { name: 'Aa Camera' }),
      aUnit('name', { name: 'Era of zeal' }),
    ]);
    expect(await search('era')).toEqual(['name', 'word', 'inside', 'vera']);
  });

  it('wants every word, in any order, without case and accents', async () => {
    const { search } = await filled();
    expect(await search('virtanen aino')).toEqual(['aino']);
    expect(await search('ÅKE strom')).toEqual(['ake']);
    expect(await search('virtanen vera')).toEqual([]);
  });

  it.each(['"', '-', '%'])('says of signs alone that more may answer than it looked at: %j', async text => {
    const { units, search } = await filled();
    expect(await search(text)).toEqual(['more']);
    await units.put(TENANT, [aUnit('signs', { name: `${text} first` })]);
    expect(await search(text)).toEqual(['signs', 'more']);
  });

  it.each(['', '   ', '"" OR "aino', 'aino" OR "vera', 'NEAR(aino)', 'aino*', '\u{0}', "';--", 'x'.repeat(5_000)])(
    'takes whatever is typed as text: %j',
    async text => {
      expect(await (await filled()).search(text)).toEqual([]);
    },
  );

  it('follows a new name, and no longer finds by the old one', async () => {
    const { units, search } = await filled();
    const renamed = { kind: 'mailbox', name: 'Aino Laine', address: 'aino.laine@contoso.example' } as const;
    await units.put(TENANT, [aUnit('aino', renamed)]);
    expect(await search('virtanen')).toEqual([]);
    expect(await search('laine')).toEqual(['aino']);
  });

  it('finds people who left by the name that is remembered, and what is gone after what is there', async () => {
    const { units, search } = await filled();
    const read = await units.beginRead({ tenantId: TENANT, kind: 'mailbox', at: NOW });
    // Graph has forgotten her name, and the unit came back under another id; the older one is read no more.
    const { name: _, ...nameless } = aUnit('again', { kind: 'mailbox', ownerKey: 'owner of aino' });
    await units.putPage(read, [nameless]);
    await units.endRead(read);
    expect(await search('virtanen')).toEqual(['again', 'aino']);
    const { hits } = await units.searchAcrossTenants({ text: 'virtanen', limit: 10 });
    expect(hits.map(({ goneAt }) => goneAt)).toEqual([undefined, NOW]);
  });

  it('says that more answer than are shown, and still finds names that begin so first', async () => {
    const { units, search } = await filled();
    const many = Array.from({ length: 1_200 }, (_, index) => aUnit(`many-${index}`, { name: `Unit of zoe ${index}` }));
    await units.put(OTHER_TENANT, [...many, aUnit('zoe', { name: 'Zoe' })]);
    expect(await search('vir', 1)).toEqual(['aino', 'more']);
    // More than are compared: the last of all is found by how its name begins.
    expect((await search('zoe', 2))[0]).toBe('zoe');
    expect((await search('zoe', 2)).at(-1)).toBe('more');
  });

  it('finds nothing of a tenant that was forgotten, and keeps no piece of its texts', async () => {
    const { tenants, search, store } = await filled();
    const pieces = (): number => rowsOf(store.cache.db, 'temp.piece').length;
    store.cache.db.exec('CREATE VIRTUAL TABLE temp.piece USING fts5vocab (main, unit_text, row)');
    expect(pieces()).toBeGreaterThan(0);
    await tenants.forget(TENANT);
    expect(await search('aino')).toEqual(['vera']);
    expect(await search('apollo')).toEqual([]);
    await tenants.forget(OTHER_TENANT);
    expect(await search('vera')).toEqual([]);
    expect(pieces()).toBe(0);
  });
});
