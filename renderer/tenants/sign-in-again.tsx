import { makeStyles } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { queries, useAccounts, useClient, useIsOffline, useTenantAccount } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { useSignIn } from './use-sign-in.ts';
import type { SignInScopes } from './use-sign-in.ts';

const useStyles = makeStyles({
  word: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', maxWidth: '320px' },
});

interface SignInAgainProps {
  /** Signs in to this tenant. */
  readonly tenantId?: string;
  readonly scopes?: SignInScopes;
  /** At home: whom the browser offers first. */
  readonly username?: string;
}

/** Signs in at home, or to the tenant named: a prompt always says beforehand whose directory it is for, and as whom. */
export function SignInAgain({ tenantId, scopes = 'read', username }: SignInAgainProps) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const tenant = useQuery(queries.tenants(useClient())).data?.find(({ id }) => id === tenantId);
  const accounts = useAccounts();
  const account = useTenantAccount(tenantId);
  const { cancel, error, isSigningIn, signIn, signInToTenant } = useSignIn();
  const as = tenantId === undefined ? username : account?.username;
  const where = tenantId === undefined ? 'Sign in' : `Sign in to ${tenant?.displayName ?? 'this tenant'}`;
  // With one account there is nobody to mix it up with.
  const words =
    as === undefined || accounts.length + (username === undefined ? 0 : 1) < 2 ? where : `${where} as ${as}`;
  return (
    <>
      <CommandButton
        size="small"
        disabledReason={isOffline ? offlineReasons.signIn : undefined}
        hint={as === undefined ? undefined : `The browser opens for ${as}.`}
        running={isSigningIn ? { label: 'Cancel the sign-in', onStop: cancel } : undefined}
        onClick={() => (tenantId === undefined ? signIn(username) : signInToTenant(tenantId, scopes))}
      >
        <span className={styles.word}>{words}</span>
      </CommandButton>
      {error !== undefined && <ErrorBar error={error} />}
    </>
  );
}
