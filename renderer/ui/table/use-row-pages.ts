import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { PAGE_ROWS, pagesOf } from './row-pages.ts';
import type { RowRange } from './row-pages.ts';

interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

interface PagedList<Row> {
  /** Names the list with its filter and order; the page is added to it. */
  readonly queryKey: QueryKey;
  readonly fetchPage: (window: { offset: number; limit: number }, signal: AbortSignal) => Promise<Page<Row>>;
  /** How often the shown pages are read again, in milliseconds: certainty decays with time alone. */
  readonly refetchInterval?: number | undefined;
}

export interface PagedRows<Row> {
  /** How many rows the list has; absent until the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => Row | undefined;
  /** Where the first row stands that meets a test, among those read. */
  readonly indexWhere: (test: (row: Row) => boolean) => number | undefined;
  /** Says which rows are on screen; the pages that hold them are read and kept. */
  readonly showRange: (range: RowRange) => void;
  /** True while what is shown belongs to the former filter or order. */
  readonly isFormer: boolean;
  readonly error: unknown;
  readonly refetch: () => void;
}

/** A long list of main, read page by page as it is scrolled. While a new filter is read the old rows stay. */
export function useRowPages<Row>({ queryKey, fetchPage, refetchInterval }: PagedList<Row>): PagedRows<Row> {
  const queryClient = useQueryClient();
  const [pages, setPages] = useState<readonly number[]>([0]);
  const { answers, error } = useQueries({
    queries: pages.map(page => ({
      queryKey: [...queryKey, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchPage({ offset: page * PAGE_ROWS, limit: PAGE_ROWS }, signal),
      ...(refetchInterval === undefined ? {} : { refetchInterval }),
    })),
    combine: results => ({
      answers: results.flatMap((result, index) =>
        result.data === undefined ? [] : [{ page: pages[index] ?? 0, ...result.data }],
      ),
      error: results.find(result => result.error !== null)?.error ?? undefined,
    }),
  });
  const [former, setFormer] = useState(answers);
  if (answers.length > 0 && answers !== former) setFormer(answers);
  const isFormer = answers.length === 0 && former.length > 0;
  const shown = isFormer ? former : answers;
  const showRange = useCallback((range: RowRange) => {
    setPages(known => {
      const wanted = pagesOf(range);
      return wanted.length === known.length && wanted.every((page, index) => page === known[index]) ? known : wanted;
    });
  }, []);
  return {
    total: shown[0]?.total,
    rowAt: index => shown.find(answer => answer.page === Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    indexWhere: test => {
      for (const answer of shown) {
        const index = answer.rows.findIndex(test);
        if (index >= 0) return answer.page * PAGE_ROWS + index;
      }
      return undefined;
    },
    showRange,
    isFormer,
    error,
    refetch: () => void queryClient.refetchQueries({ queryKey }),
  };
}
