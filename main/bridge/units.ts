import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { units: procedures } = bridge;

export const unitHandlers = ({ catalog, clocks }: Services) => ({
  list: procedures.list.handler(({ input: { selectionId, ...question } }) =>
    catalog.units.list({
      ...question,
      now: clocks.now(question.tenantId),
      ...(selectionId === undefined ? {} : { selectionId }),
    }),
  ),
  get: procedures.get.handler(({ input }) => catalog.units.get({ ...input, now: clocks.now(input.tenantId) })),
  openSelection: procedures.openSelection.handler(({ input }) => catalog.selections.open(input.tenantId)),
  changeSelection: procedures.changeSelection.handler(async ({ input: { selectionId, change } }) =>
    catalog.selections.change(selectionId, change, clocks.now(await catalog.selections.tenantOf(selectionId))),
  ),
  selection: procedures.selection.handler(({ input }) => catalog.selections.summary(input.selectionId)),
});
