import type { ReactNode } from 'react';
import type { RowRange } from './row-pages.ts';

/** One column. `width` is a track of the CSS grid, the same in head and rows: `minmax(160px, 2fr)`. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly width: string;
  readonly align?: 'start' | 'end';
  readonly sortable?: boolean;
  /** For a column whose cells speak for themselves: the header is only read aloud. */
  readonly isHeaderUnseen?: boolean;
  /** A further gap before the column, after one whose numbers stand at the right. */
  readonly isSetOff?: boolean;
  /** `isActive`: only the active row's own controls are stops of Tab. */
  readonly cell: (row: Row, isActive: boolean) => ReactNode;
}

export interface TableSort {
  readonly by: string;
  readonly descending: boolean;
}

/** How rows are selected. The selection itself lives with whoever gives this; the table asks for changes by row index. */
export interface TableSelection<Row> {
  readonly isSelected: (row: Row) => boolean;
  readonly toggle: (index: number) => void;
  /** Takes in every row of a stretch. */
  readonly addRange: (range: RowRange) => void;
  /** All rows of the list as it is filtered: none, some or all selected, and the way to change that. */
  readonly all: boolean | 'mixed';
  readonly toggleAll: () => void;
  /** What the box in the head does: "Select all 1,284 units". */
  readonly allLabel: string;
}
