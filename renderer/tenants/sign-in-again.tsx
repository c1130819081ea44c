import { makeStyles } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { queries, useClient, useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { useSignIn } from './use-sign-in.ts';
import type { SignInScopes } from './use-sign-in.ts';

const useStyles = makeStyles({
  word: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', maxWidth: '320px' },
});

/** Signs in at home, or to the tenant named: a prompt always says beforehand whose directory it is for. */
export function SignInAgain({ tenantId, scopes = 'read' }: { tenantId?: string; scopes?: SignInScopes }) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const tenant = useQuery(queries.tenants(useClient())).data?.find(({ id }) => id === tenantId);
  const { cancel, error, isSigningIn, signIn, signInToTenant } = useSignIn();
  return (
    <>
      <CommandButton
        size="small"
        disabledReason={isOffline ? offlineReasons.signIn : undefined}
        running={isSigningIn ? { label: 'Cancel the sign-in', onStop: cancel } : undefined}
        onClick={() => (tenantId === undefined ? signIn() : signInToTenant(tenantId, scopes))}
      >
        <span className={styles.word}>
          {tenantId === undefined ? 'Sign in' : `Sign in to ${tenant?.displayName ?? 'this tenant'}`}
        </span>
      </CommandButton>
      {error !== undefined && <ErrorBar error={error} />}
    </>
  );
}
