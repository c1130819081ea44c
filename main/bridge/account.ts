import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';
import { withSignal } from './with-signal.ts';

const { account: procedures } = bridge;

export const accountHandlers = ({ accounts, scopesOf }: Services) => ({
  state: procedures.state.handler(() => accounts.state()),
  signIn: procedures.signIn.handler(({ input: { username }, signal }) =>
    accounts.signIn(username === undefined ? {} : { username }, withSignal(signal)),
  ),
  signInToTenant: procedures.signInToTenant.handler(({ input: { tenantId, scopes }, signal }) =>
    accounts.signInToTenant(tenantId, scopesOf(scopes), withSignal(signal)),
  ),
  signOut: procedures.signOut.handler(({ input }) => accounts.signOut(input.accountId)),
});
