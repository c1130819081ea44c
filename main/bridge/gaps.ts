import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { gaps: procedures } = bridge;

export const gapHandlers = ({ gaps }: Services) => ({
  summary: procedures.summary.handler(({ input }) => gaps.summary(input.tenantId)),
  list: procedures.list.handler(({ input: { tenantId, filter, order, window, selectionId } }) =>
    gaps.list(tenantId, filter, order, window, selectionId),
  ),
  read: procedures.read.handler(({ input, signal }) => gaps.read(input.tenantId, signal)),
  stopReading: procedures.stopReading.handler(({ input }) => gaps.stopReading(input.tenantId)),
  openSelection: procedures.openSelection.handler(({ input }) => gaps.openSelection(input.tenantId)),
  changeSelection: procedures.changeSelection.handler(({ input }) =>
    gaps.changeSelection(input.selectionId, input.change),
  ),
  selection: procedures.selection.handler(({ input }) => gaps.selection(input.selectionId)),
  toOwnerList: procedures.toOwnerList.handler(({ input }) => gaps.toOwnerList(input.selectionId)),
  toUnitSelection: procedures.toUnitSelection.handler(({ input }) =>
    gaps.toUnitSelection(input.selectionId, input.which),
  ),
  export: procedures.export.handler(({ input }) => gaps.export(input)),
});
