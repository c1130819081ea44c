import { MenuItem } from '@fluentui/react-components';
import { PersonKey16Regular, Settings16Regular } from '@fluentui/react-icons';
import { navigate } from '../store/index.ts';
import { useSignOut } from './use-sign-out.ts';

/** The account's menu: settings, and signing out. */
export function AccountMenuItems() {
  const signOut = useSignOut();
  return (
    <>
      <MenuItem icon={<Settings16Regular />} onClick={() => navigate({ at: 'settings' })}>
        Settings
      </MenuItem>
      <MenuItem icon={<PersonKey16Regular />} onClick={() => signOut.mutate()}>
        Sign out
      </MenuItem>
    </>
  );
}
