import { makeStyles, Table, TableBody, tokens } from '@fluentui/react-components';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { RowRange } from './row-pages.ts';
import type { TableColumn, TableSelection, TableSort } from './table-column.ts';
import { TableHead } from './table-head.tsx';
import { commandOf } from './table-keys.ts';
import { MemoRow, rowUnder } from './table-row.tsx';

export type { TableColumn, TableSort } from './table-column.ts';

export interface VirtualTableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rowCount: number;
  /** The row at an index; absent while it is still being read. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly rowId: (row: Row) => string;
  readonly rowHeight?: number;
  readonly headHeight?: number;
  readonly onRange?: (range: RowRange) => void;
  readonly sort?: TableSort | undefined;
  readonly onSort?: (sort: TableSort | undefined) => void;
  readonly selection?: TableSelection<Row>;
  readonly activeIndex?: number | undefined;
  readonly onActivate?: (index: number) => void;
  /** Enter or a double click on a row. */
  readonly onOpen?: (index: number) => void;
  /** A red edge for rows that can't be restored. */
  readonly isLocked?: (row: Row) => boolean;
  /** What stands above a row where a group begins with it. A new function where the groups have changed. */
  readonly headingOf?: ((index: number) => ReactNode) | undefined;
  readonly footer?: ReactNode;
  /** Shown in place of the rows where there are none. */
  readonly empty?: ReactNode;
}

/** The height of a group's heading. */
const HEADING = 32;

const useStyles = makeStyles({
  heading: {
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    height: `${HEADING}px`,
    display: 'flex',
    alignItems: 'center',
    padding: '0 12px',
    boxSizing: 'border-box',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  frame: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    minWidth: 0,
    flexGrow: 1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: 'hidden',
  },
  scroller: { overflow: 'auto', minHeight: 0, flexGrow: 1, contain: 'strict' },
  table: { display: 'block', minWidth: 'max-content', width: '100%', ':focus-visible': { outline: 'none' } },
  body: { display: 'block', position: 'relative' },
  empty: { padding: '32px 24px' },
});

/**
 * A table of any length: only the rows on screen exist. One stop of Tab; arrows, Page Up and Down, Home and End move, Shift extends,
 * Space selects, Ctrl+A selects all, Enter opens. Order, filter and selection are the caller's.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    label,
    rowCount,
    rowAt,
    rowId,
    rowHeight = 32,
    headHeight = 32,
    onRange,
    selection,
    footer,
    headingOf,
  } = props;
  const styles = useStyles();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<number | undefined>(undefined);
  // Reached by the keyboard, the table stands on a row at once: one sees where one is, and Space and Enter mean that row.
  const [entered, setEntered] = useState<number | undefined>(undefined);
  const activeIndex = props.activeIndex ?? (entered !== undefined && entered < rowCount ? entered : undefined);

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: index => (headingOf?.(index) === undefined ? rowHeight : rowHeight + HEADING),
    overscan: 8,
    scrollPaddingEnd: headHeight,
    // The active row always exists, so that `aria-activedescendant` never points to nothing.
    rangeExtractor: range => {
      const indexes = defaultRangeExtractor(range);
      return activeIndex === undefined || activeIndex >= rowCount || indexes.includes(activeIndex)
        ? indexes
        : [...indexes, activeIndex].toSorted((a, b) => a - b);
    },
  });
  // Heights are kept by the virtualiser until it is told that they are others.
  const { measure } = virtualizer;
  useEffect(() => measure(), [measure, headingOf]);
  const range = virtualizer.range;
  const firstShown = range?.startIndex ?? 0;
  const lastShown = range?.endIndex ?? Math.min(rowCount, 40);
  useEffect(() => {
    onRange?.({ first: firstShown, last: lastShown });
  }, [onRange, firstShown, lastShown]);

  const template = [...(selection === undefined ? [] : ['16px']), ...props.columns.map(column => column.width)].join(
    ' ',
  );
  const extendTo = (index: number) => {
    const from = anchor.current ?? activeIndex ?? index;
    anchor.current = from;
    selection?.addRange({ first: Math.min(from, index), last: Math.max(from, index) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const pageRows = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
    const place = { active: activeIndex, rows: rowCount, pageRows, selectable: selection !== undefined };
    const command = commandOf(event, place);
    if (command === undefined) return;
    event.preventDefault();
    switch (command.type) {
      case 'move':
        if (command.extend) extendTo(command.to);
        else anchor.current = undefined;
        props.onActivate?.(command.to);
        virtualizer.scrollToIndex(command.to, { align: 'auto' });
        break;
      case 'toggle':
        if (activeIndex !== undefined) selection?.toggle(activeIndex);
        break;
      case 'selectAll':
        selection?.toggleAll();
        break;
      case 'open':
        if (activeIndex !== undefined) props.onOpen?.(activeIndex);
        break;
    }
  };
  const onClick = (event: MouseEvent) => {
    const under = rowUnder(event.target);
    if (under === undefined) return;
    const { index, isBox } = under;
    if (event.shiftKey && selection !== undefined) extendTo(index);
    else {
      anchor.current = index;
      if ((isBox || event.ctrlKey || event.metaKey) && selection !== undefined) selection.toggle(index);
    }
    if (!isBox) props.onActivate?.(index);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const under = rowUnder(event.target);
    if (under !== undefined && !under.isBox) props.onOpen?.(under.index);
  };

  const isEmpty = rowCount === 0;
  return (
    <div className={styles.frame}>
      <div className={styles.scroller} ref={scroller}>
        <Table
          noNativeElements
          role="grid"
          className={styles.table}
          size="small"
          tabIndex={0}
          aria-label={label}
          aria-rowcount={rowCount + 1}
          aria-colcount={props.columns.length + (selection === undefined ? 0 : 1)}
          {...(selection === undefined ? {} : { 'aria-multiselectable': true })}
          {...(activeIndex === undefined || isEmpty ? {} : { 'aria-activedescendant': `${id}-row-${activeIndex}` })}
          onKeyDown={onKeyDown}
          onFocus={event => {
            const isByKeyboard = event.target === event.currentTarget && event.currentTarget.matches(':focus-visible');
            if (isByKeyboard && activeIndex === undefined) setEntered(firstShown);
          }}
          onBlur={event => {
            // A button in the row is still the same row.
            if (!event.currentTarget.contains(event.relatedTarget)) setEntered(undefined);
          }}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
        >
          <TableHead
            columns={props.columns}
            template={template}
            height={headHeight}
            sort={props.sort}
            onSort={props.onSort}
            selection={selection}
            isEmpty={isEmpty}
          />
          <TableBody className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const row = rowAt(index);
              const heading = headingOf?.(index);
              return (
                <Fragment key={row === undefined ? index : rowId(row)}>
                  {heading !== undefined && (
                    <div role="row" className={styles.heading} style={{ transform: `translateY(${start}px)` }}>
                      <div role="gridcell" aria-colspan={props.columns.length}>
                        {heading}
                      </div>
                    </div>
                  )}
                  <MemoRow<Row>
                    id={`${id}-row-${index}`}
                    index={index}
                    row={row}
                    columns={props.columns}
                    template={template}
                    top={heading === undefined ? start : start + HEADING}
                    height={rowHeight}
                    isActive={index === activeIndex}
                    isSelected={selection === undefined ? undefined : row !== undefined && selection.isSelected(row)}
                    isLocked={row !== undefined && props.isLocked?.(row) === true}
                  />
                </Fragment>
              );
            })}
          </TableBody>
        </Table>
        {isEmpty && <div className={styles.empty}>{props.empty}</div>}
      </div>
      {footer}
    </div>
  );
}
