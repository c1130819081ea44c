import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../shared/contract/account.ts';
import { accountsAway, isIn, type AccountAway } from './accounts-away.ts';
import { useClient } from './console-client.tsx';
import { useNavigation } from './navigation.ts';
import { queries } from './queries.ts';
import { tenantOf } from './routes.ts';

/** Everybody who is signed in. Empty until it is known, too. */
export function useAccounts(): readonly Account[] {
  return useQuery(queries.account(useClient())).data?.accounts ?? [];
}

/** Who works in the tenant, signed in or not; absent where nobody was ever chosen, and without a tenant. */
export function useTenantAccount(tenantId: string | undefined): Account | undefined {
  return useQuery(queries.tenants(useClient())).data?.find(({ id }) => id === tenantId)?.access?.account;
}

/**
 * Whether whoever would be asked as is signed out, so that nothing is asked: the account of the tenant looked at, or everybody
 * where none is looked at. Until it is known, somebody is signed in.
 */
export function useIsSignedOut(): boolean {
  const looked = useNavigation(state => tenantOf(state.route));
  const state = useQuery(queries.account(useClient())).data;
  const account = useTenantAccount(looked);
  if (state === undefined) return false;
  return account === undefined ? state.accounts.length === 0 : !isIn(state.accounts, account);
}

export function useAccountsAway(): readonly AccountAway[] {
  const client = useClient();
  const state = useQuery(queries.account(client)).data;
  const tenants = useQuery(queries.tenants(client)).data;
  return state === undefined || tenants === undefined ? [] : accountsAway(state.accounts, tenants);
}
