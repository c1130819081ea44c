import type { UnitsFound } from '../api/units.ts';
import type { SearchedUnit } from '../repositories/unit-search.ts';
import { holds, rankOf, toMatch, toWords } from '../searched-text.ts';
import type { Cache } from './store.ts';

/** So many units are compared with what was typed. Where more answer to it, the list says so, and more letters make it shorter. */
const MOST_COMPARED = 1_000;

interface Ranked extends SearchedUnit {
  readonly rank: number;
}

/** Units that are there before those gone, then the better answer, then by name. */
const byRank = (a: Ranked, b: Ranked): number =>
  Number(a.isGone) - Number(b.isGone) ||
  a.rank - b.rank ||
  (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : a.key - b.key);

/**
 * Units of all tenants whose names or addresses hold every word typed, the best answers first. Names that begin with what was typed are
 * found however much else answers to it.
 */
export function searchUnits({ search }: Cache, typed: string, limit: number): UnitsFound {
  const words = toWords(typed);
  if (words.length === 0) return { hits: [], more: false };
  const match = toMatch(words);
  const found = match === '' ? [] : search.find(match, MOST_COMPARED + 1);
  // Of signs alone the index knows nothing; more may answer to them than the names that begin so.
  const isCut = match === '' || found.length > MOST_COMPARED;
  const keys = new Set(found.slice(0, MOST_COMPARED));
  if (isCut) for (const key of search.namedFrom(words.join(' '), MOST_COMPARED)) keys.add(key);
  const ranked = search
    .texts([...keys])
    .filter(unit => holds(unit.folded, words))
    .map((unit): Ranked => ({ ...unit, rank: rankOf(unit.folded, words) }))
    .toSorted(byRank);
  const best = ranked.slice(0, limit).map(({ key }) => key);
  return {
    more: isCut || ranked.length > limit,
    hits: search.found(best).map(({ tenantId, unitId, kind, name, address, status, goneAt }) => ({
      tenantId,
      unitId,
      kind,
      name,
      status,
      ...(address === undefined ? {} : { address }),
      ...(goneAt === null ? {} : { goneAt }),
    })),
  };
}
