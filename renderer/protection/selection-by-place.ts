import type { UnitRow } from '../../shared/contract/units.ts';
import type { TableSelection } from '../ui/table/table-column.ts';
import type { useUnitSelection } from './use-unit-selection.ts';

/**
 * A selection of units as a table names its rows: by their places in the list.
 *
 * @param rowAt the row at a place, where it was read already
 * @param allLabel what the box in the table's head does
 */
export function selectionByPlace(
  selection: ReturnType<typeof useUnitSelection>,
  rowAt: (index: number) => UnitRow | undefined,
  allLabel: string,
): TableSelection<UnitRow> {
  return {
    isSelected: selection.isSelected,
    toggle: index => {
      const row = rowAt(index);
      if (row !== undefined) selection.toggle(row);
    },
    addRange: range => {
      const places = Array.from({ length: range.last - range.first + 1 }, (_, at) => range.first + at);
      selection.addRange(
        range,
        places.map(rowAt).filter(row => row !== undefined),
      );
    },
    all: selection.all,
    toggleAll: selection.toggleAll,
    allLabel,
  };
}
