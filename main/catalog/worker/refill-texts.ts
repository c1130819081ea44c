import { INDEXED_BY } from '../searched-text.ts';
import type { Sliced } from './slices.ts';
import { inSlices } from './slices.ts';
import type { Store } from './store.ts';

const UNITS_A_PART = 500;

/**
 * Folds all names anew and fills the index of texts anew, where both were made by other rules than these: a newer runtime may know more
 * letters, and what is removed from the index must be named as it was added. To be run in the line of ingests, so that no unit is
 * written meanwhile; what is searched for meanwhile may not be found yet. Broken off, it begins anew.
 */
export function* refillTexts(store: Store): Sliced<void> {
  const { cache } = store;
  const { texts, units } = cache;
  if (texts.madeBy() === INDEXED_BY) return;
  texts.removeAll();
  for (let after = 0; ;) {
    const part = units.named(after, UNITS_A_PART);
    yield* inSlices(cache.db, part, unit => {
      texts.add(unit.key, units.foldAnew(unit));
    });
    const last = part.at(-1);
    if (last === undefined) break;
    after = last.key;
  }
  texts.setMadeBy(INDEXED_BY);
}
