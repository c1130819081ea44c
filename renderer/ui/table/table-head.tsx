import {
  Checkbox,
  makeStyles,
  mergeClasses,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from '@fluentui/react-components';
import { createColumnHelper, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import type { SortingState } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { TableColumn, TableSelection, TableSort } from './table-column.ts';

const useStyles = makeStyles({
  head: { position: 'sticky', top: 0, zIndex: 1, display: 'block', backgroundColor: tokens.colorNeutralBackground1 },
  row: {
    display: 'grid',
    columnGap: '12px',
    padding: '0 12px',
    alignItems: 'center',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { backgroundColor: 'transparent' },
  },
  cell: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    padding: 0,
    minWidth: 0,
    height: '100%',
  },
  end: { justifyContent: 'flex-end', textAlign: 'right' },
  setOff: { paddingLeft: '12px' },
  box: { margin: '0 -8px' },
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

const features = tableFeatures({ rowSortingFeature });
const helper = createColumnHelper<typeof features, object>();
/** Rows are read page by page and drawn by the virtualiser; the library's part here is the columns and their order. */
const noRows: object[] = [];

interface TableHeadProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly template: string;
  readonly height: number;
  readonly sort: TableSort | undefined;
  readonly onSort: ((sort: TableSort | undefined) => void) | undefined;
  readonly selection: TableSelection<Row> | undefined;
  readonly isEmpty: boolean;
}

/** The head of a table: names, the order, and the box that selects all. A third click on a column gives the first order back. */
export function TableHead<Row>({ columns, template, height, sort, onSort, selection, isEmpty }: TableHeadProps<Row>) {
  const styles = useStyles();
  const columnDefs = useMemo(
    () =>
      columns.map(column =>
        helper.accessor((): unknown => undefined, {
          id: column.id,
          header: column.header,
          enableSorting: column.sortable === true,
          sortDescFirst: false,
        }),
      ),
    [columns],
  );
  const sorting: SortingState = sort === undefined ? [] : [{ id: sort.by, desc: sort.descending }];
  const table = useTable({
    features,
    columns: columnDefs,
    data: noRows,
    manualSorting: true,
    state: { sorting },
    onSortingChange: change => {
      const [next] = typeof change === 'function' ? change(sorting) : change;
      onSort?.(next === undefined ? undefined : { by: next.id, descending: next.desc });
    },
  });
  const byId = new Map(columns.map(column => [column.id, column]));
  return (
    <TableHeader className={styles.head}>
      <TableRow className={styles.row} style={{ gridTemplateColumns: template, height }} aria-rowindex={1}>
        {selection !== undefined && (
          <TableHeaderCell className={styles.cell} aria-label="Selected">
            <Checkbox
              className={styles.box}
              checked={selection.all}
              onChange={selection.toggleAll}
              aria-label={selection.allLabel}
              title={selection.allLabel}
              disabled={isEmpty}
            />
          </TableHeaderCell>
        )}
        {table.getFlatHeaders().map(header => {
          const column = byId.get(header.id);
          const sorted = header.column.getIsSorted();
          const canSort = header.column.getCanSort() && onSort !== undefined;
          return (
            <TableHeaderCell
              key={header.id}
              className={mergeClasses(styles.cell, column?.isSetOff === true && styles.setOff)}
              sortable={canSort}
              {...(sorted === false
                ? {}
                : { sortDirection: sorted === 'asc' ? ('ascending' as const) : ('descending' as const) })}
              {...(canSort ? { onClick: header.column.getToggleSortingHandler() } : {})}
              button={{ className: column?.align === 'end' ? styles.end : '' }}
            >
              {column?.isHeaderUnseen === true ? (
                <span className={styles.unseen}>{column.header}</span>
              ) : (
                <table.FlexRender header={header} />
              )}
            </TableHeaderCell>
          );
        })}
      </TableRow>
    </TableHeader>
  );
}
