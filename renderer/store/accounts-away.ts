import type { Account } from '../../shared/contract/account.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';

/** Whether an account is among those. */
export const isIn = (accounts: readonly Account[], account: Account): boolean =>
  accounts.some(({ id }) => id === account.id);

/** An account that tenants are worked in with and that is signed out, and those tenants. */
export interface AccountAway {
  readonly account: Account;
  readonly tenants: readonly Tenant[];
}

/** Accounts that are signed out although tenants are worked in with them, by name. */
export function accountsAway(accounts: readonly Account[], tenants: readonly Tenant[]): AccountAway[] {
  const away = new Map<string, { readonly account: Account; readonly tenants: Tenant[] }>();
  for (const tenant of tenants) {
    const account = tenant.access?.account;
    if (account === undefined || isIn(accounts, account)) continue;
    const known = away.get(account.id) ?? { account, tenants: [] };
    known.tenants.push(tenant);
    away.set(account.id, known);
  }
  return [...away.values()].toSorted((a, b) => a.account.username.localeCompare(b.account.username));
}
