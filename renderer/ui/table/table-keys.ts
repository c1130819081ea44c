/** What a key asks of a table. `extend` takes the rows between into the selection. */
export type TableCommand =
  | { readonly type: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly type: 'toggle' }
  | { readonly type: 'selectAll' }
  | { readonly type: 'open' };

export interface TableKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface TablePlace {
  /** The active row; absent before the table was entered. */
  readonly active: number | undefined;
  readonly rows: number;
  /** Rows of one page, for Page Up and Page Down. */
  readonly pageRows: number;
  readonly selectable: boolean;
}

/** The command of a key: arrows, Page Up and Down, Home, End move; Shift extends; Space selects; Ctrl+A selects all; Enter opens. */
export function commandOf(key: TableKey, place: TablePlace): TableCommand | undefined {
  if (key.altKey || place.rows === 0) return undefined;
  const command = key.ctrlKey || key.metaKey;
  const move = (to: number): TableCommand => ({
    type: 'move',
    to: Math.min(place.rows - 1, Math.max(0, to)),
    extend: place.selectable && key.shiftKey,
  });
  const { active } = place;
  switch (key.key) {
    case 'ArrowDown':
      return move(active === undefined ? 0 : active + 1);
    case 'ArrowUp':
      return move(active === undefined ? 0 : active - 1);
    case 'PageDown':
      return move((active ?? 0) + place.pageRows);
    case 'PageUp':
      return move((active ?? 0) - place.pageRows);
    case 'Home':
      return move(0);
    case 'End':
      return move(place.rows - 1);
    case ' ':
      return place.selectable && active !== undefined && !command ? { type: 'toggle' } : undefined;
    case 'a':
    case 'A':
      return place.selectable && command ? { type: 'selectAll' } : undefined;
    case 'Enter':
      return active === undefined ? undefined : { type: 'open' };
    default:
      return undefined;
  }
}
