import { expect, it } from 'vitest';
import { callsInMemory } from '../testing/calls.ts';
import { rowsOf } from '../testing/memory-files.ts';
import { aUnit, TENANT } from '../testing/units.ts';
import { INDEXED_BY } from '../searched-text.ts';
import { refillTexts } from './refill-texts.ts';

const fill = (store: Parameters<typeof refillTexts>[0]): number => [...refillTexts(store)].length;

it('fills the index of texts anew where it was made by other rules, and else leaves it alone', async () => {
  const { units, store } = callsInMemory();
  const named = (text: string) => units.searchAcrossTenants({ text, limit: 10 });
  await units.put(
    TENANT,
    Array.from({ length: 1_100 }, (_, index) => aUnit(`unit-${index}`, { name: `Zoë ${index}` })),
  );
  // As an older version may have left it: folded otherwise, indexed otherwise.
  store.cache.db.exec("UPDATE unit SET sort_name = 'old', folded = 'old'");
  store.cache.texts.removeAll();
  store.cache.texts.setMadeBy('unicode 1, rules 0');
  expect((await named('zoe 1099')).hits).toEqual([]);
  expect(fill(store)).toBeGreaterThan(1);
  expect((await named('zoe 1099')).hits).toMatchObject([{ unitId: 'unit-1099' }]);
  expect((await named('old')).hits).toEqual([]);
  expect(rowsOf(store.cache.db, 'filled')).toEqual([{ what: 'unit_text', version: INDEXED_BY }]);
  expect(fill(store)).toBe(0);
  // What was refilled is taken out as it was put in.
  await units.put(TENANT, [aUnit('unit-1099', { name: 'Renamed' })]);
  expect((await named('zoe 1099')).hits).toEqual([]);
});

it('begins anew where it was broken off', async () => {
  const { units, store } = callsInMemory();
  await units.put(
    TENANT,
    Array.from({ length: 1_100 }, (_, index) => aUnit(`unit-${index}`, { name: `Zoë ${index}` })),
  );
  refillTexts(store).next();
  expect(store.cache.texts.madeBy()).toBeUndefined();
  fill(store);
  const { hits } = await units.searchAcrossTenants({ text: 'zoe', limit: 10 });
  expect(hits).toHaveLength(10);
  store.cache.db.exec('CREATE VIRTUAL TABLE temp.piece USING fts5vocab (main, unit_text, row)');
  expect(rowsOf(store.cache.db, "temp.piece WHERE term = 'zoe'")).toMatchObject([{ doc: 1_100 }]);
});
