import { asAppFailure } from '../failures.ts';
import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';
import { withSignal } from './with-signal.ts';

const { account: procedures } = bridge;

export const accountHandlers = ({ auth, accountState, scopesOf }: Services) => {
  return {
    state: procedures.state.handler(() => accountState()),
    signIn: procedures.signIn.handler(async ({ signal }) => {
      await auth.signIn(withSignal(signal)).catch((error: unknown) => {
        throw asAppFailure(error);
      });
      return accountState();
    }),
    signInToTenant: procedures.signInToTenant.handler(async ({ input: { tenantId, scopes }, signal }) => {
      await auth.signInToTenant(tenantId, scopesOf(scopes), withSignal(signal)).catch((error: unknown) => {
        throw asAppFailure(error, { tenantId });
      });
      return accountState();
    }),
    signOut: procedures.signOut.handler(async () => {
      await auth.signOut();
      return accountState();
    }),
  };
};
