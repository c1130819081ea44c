import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Checkmark12Filled } from '@fluentui/react-icons';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { ownColours } from '../theme.ts';
import type { TableColumn } from './table-column.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    columnGap: '12px',
    padding: '0 12px',
    alignItems: 'center',
    position: 'absolute',
    top: 0,
    left: 0,
    right: 0,
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'default',
    userSelect: 'none',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  selected: { backgroundColor: ownColours.backstopChosen, ':hover': { backgroundColor: ownColours.backstopChosen } },
  active: {
    '::after': {
      content: '""',
      position: 'absolute',
      inset: 0,
      border: `2px solid ${tokens.colorBrandStroke1}`,
      pointerEvents: 'none',
    },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  locked: { boxShadow: `inset 3px 0 0 ${tokens.colorStatusDangerBackground3}` },
  cell: { display: 'flex', alignItems: 'center', minWidth: 0, height: '100%', overflow: 'hidden' },
  end: { justifyContent: 'flex-end', textAlign: 'right' },
  setOff: { paddingLeft: '12px' },
  boxCell: { overflow: 'visible' },
  box: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '16px',
    height: '16px',
    boxSizing: 'border-box',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusSmall,
    cursor: 'pointer',
    position: 'relative',
    // A finger or a shaky hand needs more than sixteen pixels.
    '::before': { content: '""', position: 'absolute', inset: '-8px' },
  },
  boxChosen: {
    backgroundColor: tokens.colorCompoundBrandBackground,
    border: `1px solid ${tokens.colorCompoundBrandBackground}`,
    color: tokens.colorNeutralForegroundInverted,
    forcedColorAdjust: 'none',
  },
  pending: { height: '10px', width: '60%', borderRadius: '2px', backgroundColor: tokens.colorNeutralStencil1 },
});

export interface RowViewProps<Row> {
  readonly id: string;
  readonly index: number;
  /** Absent while it is still being read. */
  readonly row: Row | undefined;
  readonly columns: readonly TableColumn<Row>[];
  readonly template: string;
  readonly top: number;
  readonly height: number;
  readonly isActive: boolean;
  /** Absent where rows can't be selected. */
  readonly isSelected: boolean | undefined;
  readonly isLocked: boolean;
}

function RowView<Row>(props: RowViewProps<Row>) {
  const { columns, id, index, isActive, isLocked, isSelected, row } = props;
  const styles = useStyles();
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      {...(isSelected === undefined ? {} : { 'aria-selected': isSelected })}
      className={mergeClasses(
        styles.row,
        isSelected === true && styles.selected,
        isLocked && styles.locked,
        isActive && styles.active,
      )}
      style={{ gridTemplateColumns: props.template, height: props.height, transform: `translateY(${props.top}px)` }}
      data-index={index}
    >
      {isSelected !== undefined && (
        <div role="gridcell" className={mergeClasses(styles.cell, styles.boxCell)}>
          <span className={mergeClasses(styles.box, isSelected && styles.boxChosen)} aria-hidden data-box>
            {isSelected && <Checkmark12Filled />}
          </span>
        </div>
      )}
      {columns.map(column => (
        <div
          role="gridcell"
          key={column.id}
          className={mergeClasses(
            styles.cell,
            column.align === 'end' && styles.end,
            column.isSetOff === true && styles.setOff,
          )}
        >
          {row === undefined ? <span className={styles.pending} /> : column.cell(row, isActive)}
        </div>
      ))}
    </div>
  );
}

/** Which row lies under a pointer, and whether its box does. Rows take no clicks themselves; the grid does, as it takes the keys. */
export function rowUnder(target: EventTarget): { index: number; isBox: boolean } | undefined {
  if (!(target instanceof Element)) return undefined;
  const row = target.closest('[data-index]');
  if (!(row instanceof HTMLElement) || row.dataset['index'] === undefined) return undefined;
  // A button, link or menu in a cell does its own work.
  if (target.closest('button, a, [role=menu]') !== null) return undefined;
  return { index: Number(row.dataset['index']), isBox: target.closest('[data-box]') !== null };
}

/** Draws one row, and draws it again only when it has changed: a table is scrolled far oftener than its rows change. */
export const MemoRow = memo(RowView) as <Row>(props: RowViewProps<Row>) => ReactNode;
