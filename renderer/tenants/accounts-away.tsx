import { useAccounts, useAccountsAway } from '../store/index.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { formatQuantity } from '../ui/number.ts';
import { SignInAgain } from './sign-in-again.tsx';

/** So many tenants are named; of the rest the number is told. */
const NAMED = 4;

/** Which tenants wait for an account that is signed out, while others are signed in. */
export function AccountsAway() {
  const isAnybodyIn = useAccounts().length > 0;
  const away = useAccountsAway();
  // Where nobody is, the notice above every view says it.
  if (!isAnybodyIn) return null;
  return away.map(({ account, tenants }) => {
    const names = tenants.slice(0, NAMED).map(({ displayName }) => displayName);
    const rest = tenants.length - names.length;
    return (
      <NoticeBar
        key={account.id}
        intent="warning"
        title={`${account.username} is signed out.`}
        actions={<SignInAgain username={account.username} />}
      >
        {`${formatQuantity(tenants.length, 'tenant')} of this account can’t be asked: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`}
      </NoticeBar>
    );
  });
}
