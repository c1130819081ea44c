import { MenuDivider, MenuItem } from '@fluentui/react-components';
import {
  PersonAdd16Regular,
  PersonArrowRight16Regular,
  PersonKey16Regular,
  Settings16Regular,
} from '@fluentui/react-icons';
import { navigate, useAccounts, useAccountsAway } from '../store/index.ts';
import { openTenantDialog } from '../tenants/index.ts';
import { useSignOut } from './use-sign-out.ts';

/** The accounts' menu: settings, who is signed in and who is not, another one, and signing out. */
export function AccountMenuItems() {
  const signOut = useSignOut();
  const accounts = useAccounts();
  const away = useAccountsAway();
  return (
    <>
      <MenuItem icon={<Settings16Regular />} onClick={() => navigate({ at: 'settings' })}>
        Settings
      </MenuItem>
      <MenuItem icon={<PersonAdd16Regular />} onClick={() => openTenantDialog({ is: 'signIn' })}>
        Add an account…
      </MenuItem>
      {away.map(({ account }) => (
        <MenuItem
          key={account.id}
          icon={<PersonArrowRight16Regular />}
          onClick={() => openTenantDialog({ is: 'signIn', username: account.username })}
        >
          {`Sign in as ${account.username}…`}
        </MenuItem>
      ))}
      <MenuDivider />
      {accounts.map(({ id, username }) => (
        <MenuItem key={id} icon={<PersonKey16Regular />} onClick={() => signOut.mutate(id)}>
          {accounts.length + away.length === 1 ? 'Sign out' : `Sign out ${username}`}
        </MenuItem>
      ))}
    </>
  );
}
