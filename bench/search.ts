import { join } from 'node:path';
import type { Catalog } from '../main/catalog/index.ts';
import type { BareDatabase } from './bare-database.ts';
import { openBare } from './bare-database.ts';
import type { Figures } from './figures.ts';
import type { Sample } from './sample-profile.ts';
import { percentile, timed } from './timing.ts';

const SHOWN = 50;
const SOUGHT = 60;
const LETTERS = 14;

interface SoughtUnit {
  readonly name: string;
  readonly address: string;
}

/** What stands in a search box after each letter, for so many units, sought by turns by name, by a later part of the name, and by address. */
function typedTexts(db: BareDatabase): readonly string[] {
  const units = db
    .prepare<[{ sought: number }], SoughtUnit>(
      `SELECT name, address FROM unit WHERE key % (SELECT max(1, count(*) / $sought) FROM unit) = 0
       ORDER BY key LIMIT $sought`,
    )
    .all({ sought: SOUGHT });
  return units.flatMap(({ name, address }, index) => {
    const whole = [name, name.split(' ').slice(1).join(' '), address.replace(/^https:\/\//, '')][index % 3] ?? name;
    return Array.from({ length: Math.min(LETTERS, whole.length) }, (_, end) => whole.slice(0, end + 1)).filter(
      text => text.trim() === text,
    );
  });
}

/**
 * The same names and addresses in an FTS5 table as its documentation shows it, with an index of beginnings for as-you-type, and the
 * usual question: the best answers to what begins so.
 */
function bareSearch(path: string, sample: Sample): { search: (text: string) => number; close: () => void } {
  const db = openBare(path);
  db.prepare('ATTACH ? AS sample').run(sample.cachePath);
  db.exec(`
    CREATE VIRTUAL TABLE bare USING fts5 (name, address, tenant UNINDEXED, prefix = '1 2 3');
    INSERT INTO bare (rowid, name, address, tenant) SELECT key, name, address, tenant FROM sample.unit;
    DETACH sample;
  `);
  const statement = db.prepare<[string, number]>(
    'SELECT rowid, name, address, tenant FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT ?',
  );
  const toQuery = (text: string): string => {
    const words = text.split(/[^\p{L}\p{N}]+/u).filter(word => word !== '');
    return words.map((word, index) => `"${word}"${index === words.length - 1 ? '*' : ''}`).join(' AND ');
  };
  return { search: text => statement.all(toQuery(text), SHOWN).length, close: () => void db.close() };
}

/** A search over the units of all tenants, as one types. */
export async function benchSearch(catalog: Catalog, sample: Sample, folder: string, figures: Figures): Promise<void> {
  const db = openBare(sample.cachePath);
  const texts = typedTexts(db);
  db.close();
  const bare = bareSearch(join(folder, 'bare.db'), sample);
  try {
    const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    let found = 0;
    for (const text of texts) {
      times.ours.push(
        await timed(async () => {
          found += (await catalog.units.searchAcrossTenants({ text, limit: SHOWN })).hits.length;
        }),
      );
      times.bare.push(await timed(() => bare.search(text)));
    }
    if (found === 0) throw new Error('The search found nothing');
    const of = `${texts.length} texts, letter by letter, over ${sample.units} units of ${sample.tenants} tenants`;
    const total = (list: readonly number[]): number => list.reduce((sum, time) => sum + time, 0);
    const label = sample.units % 1_000 === 0 ? `${sample.units / 1_000}k` : String(sample.units);
    figures.add(`search_${label}_units_p95_ms`, percentile(times.ours, 95), `${of}; over the worker's line`);
    figures.add(`search_${label}_units_p50_ms`, percentile(times.ours, 50), of);
    figures.add('search_bare_fts5_p95_ms', percentile(times.bare, 95), 'the same texts as a bare FTS5 query, by rank');
    figures.add('search_bare_fts5_p50_ms', percentile(times.bare, 50), 'the same, at the median');
    figures.add('search_ratio', total(times.ours) / total(times.bare), 'time of all of them, ours over the bare query');
  } finally {
    bare.close();
  }
}
