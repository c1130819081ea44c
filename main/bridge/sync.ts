import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';
import { withSignal } from './with-signal.ts';

const { sync: procedures } = bridge;

export const syncHandlers = ({ sync }: Services) => ({
  syncTenant: procedures.syncTenant.handler(({ input: { tenantId, evenIfFresh }, signal }) =>
    sync.syncTenant(tenantId, { evenIfFresh, ...withSignal(signal) }),
  ),
  cost: procedures.cost.handler(({ input }) => sync.cost(input.tenantId, input.wanted)),
  ask: procedures.ask.handler(({ input, signal }) => sync.ask(input.tenantId, input.wanted, withSignal(signal))),
});
