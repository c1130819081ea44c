import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';
import { withSignal } from './with-signal.ts';

const { tenants: procedures } = bridge;

export const tenantHandlers = ({ accounts, tenants }: Services) => ({
  list: procedures.list.handler(() => tenants.list()),
  atHome: procedures.atHome.handler(() => tenants.atHome()),
  listCustomers: procedures.listCustomers.handler(({ input, signal }) =>
    tenants.listCustomers(input, withSignal(signal)),
  ),
  add: procedures.add.handler(({ input, signal }) => tenants.add(input, withSignal(signal))),
  checkReadiness: procedures.checkReadiness.handler(({ input, signal }) =>
    tenants.checkReadiness(input.tenantId, withSignal(signal)),
  ),
  readiness: procedures.readiness.handler(({ input }) => tenants.readiness(input.tenantId)),
  overview: procedures.overview.handler(({ input }) => tenants.overview(input.tenantId)),
  setTimeZone: procedures.setTimeZone.handler(({ input }) => tenants.setTimeZone(input.tenantId, input.timeZone)),
  setReadOnly: procedures.setReadOnly.handler(({ input }) => tenants.setReadOnly(input.tenantId, input.readOnly)),
  setAccess: procedures.setAccess.handler(({ input: { tenantId, ...change } }) => accounts.setAccess(tenantId, change)),
  forget: procedures.forget.handler(({ input }) => tenants.forget(input.tenantId, input.typedName)),
});
