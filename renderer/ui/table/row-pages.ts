/** Rows of one page; a window of the contract holds at most 200. */
export const PAGE_ROWS = 100;

/** A stretch of rows, both ends inside. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The pages that hold a stretch of rows, by number. */
export function pagesOf({ first, last }: RowRange): number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
  const to = Math.floor(Math.max(0, last) / PAGE_ROWS);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Windows that name every row of a stretch, in order, each small enough for one call. */
export function windowsOf({ first, last }: RowRange, limit: number): { offset: number; limit: number }[] {
  const windows = [];
  for (let offset = first; offset <= last; offset += limit)
    windows.push({ offset, limit: Math.min(limit, last - offset + 1) });
  return windows;
}
