import type { WritableDb } from './database.ts';

/** Work that can be interrupted between its parts, so that other calls are answered in between. */
export type Sliced<T> = Generator<undefined, T, undefined>;

/** How long a part may hold up everything else. Less than a frame, as a read may wait for one part and must then run itself. */
const SLICE_MS = 12;

/** Does `work` for each item, in transactions of about a slice each; what is done stays done where it is broken off. */
export function* inSlices<T>(
  db: WritableDb,
  items: Iterable<T>,
  work: (item: T) => void,
  onDisk: 'now' | 'later' = 'now',
): Sliced<void> {
  const rest = items[Symbol.iterator]();
  for (let next = rest.next(); !next.done;) {
    db.transaction(() => {
      const end = performance.now() + SLICE_MS;
      do {
        if (next.done === true) return;
        work(next.value);
        next = rest.next();
      } while (performance.now() < end);
    }, onDisk);
    yield;
  }
}

/** The same for reading: no transaction, and the results in order. */
export function* mapInSlices<T, R>(items: Iterable<T>, work: (item: T) => R): Sliced<R[]> {
  const results: R[] = [];
  let end = performance.now() + SLICE_MS;
  for (const item of items) {
    results.push(work(item));
    if (performance.now() < end) continue;
    yield;
    end = performance.now() + SLICE_MS;
  }
  return results;
}

/** Items in arrays of `size`, the last one shorter. */
export function* inParts<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let part: T[] = [];
  for (const item of items) {
    part.push(item);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

/** Repeats `work`, a short transaction of its own, until it says that nothing is left. */
export function* untilDone(work: () => boolean): Sliced<void> {
  while (work()) yield;
}
