import { AppFailure } from '../../shared/contract/errors.ts';
import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { restorePoints: procedures } = bridge;

export const restorePointHandlers = ({ catalog, clocks }: Services) => ({
  days: procedures.days.handler(({ input }) => catalog.knowledge.days({ ...input, now: clocks.now(input.tenantId) })),
  spans: procedures.spans.handler(({ input }) =>
    catalog.knowledge.spans({ ...input, now: clocks.now(input.tenantId) }),
  ),
  newestBefore: procedures.newestBefore.handler(async ({ input: { tenantId, unitId, incidentAt } }) => {
    const [found] = await catalog.knowledge.newestBefore({
      tenantId,
      unitIds: [unitId],
      incidentAt,
      now: clocks.now(tenantId),
    });
    if (found === undefined) throw new AppFailure({ code: 'UNIT_NOT_FOUND', unitId });
    return found.fast === undefined ? { any: found.any } : { any: found.any, fast: found.fast };
  }),
});
