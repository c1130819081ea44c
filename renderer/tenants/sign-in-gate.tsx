import { makeStyles } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries, tenantOf, useClient, useIsSignedOut, useNavigation, useTenantAccount } from '../store/index.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { SignInPage } from './sign-in-page.tsx';

const useStyles = makeStyles({ pad: { padding: '16px' }, bar: { margin: '12px 16px 0', flexShrink: 0 } });

/**
 * Lets nobody meet an empty console: signed out and with nothing in the catalog there is only the sign-in page. Once something is
 * known it stays readable, signed in or not.
 */
export function SignInGate({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const client = useClient();
  const account = useQuery(queries.account(client));
  const tenants = useQuery(queries.tenants(client));
  const isSignedOut = useIsSignedOut();
  const away = useTenantAccount(useNavigation(state => tenantOf(state.route)));
  const isSettings = useNavigation(state => state.route.at === 'settings');
  if (account.error !== null || tenants.error !== null)
    return (
      <main className={styles.pad} id="content" tabIndex={-1}>
        <ErrorState
          error={account.error ?? tenants.error}
          onRetry={() => {
            void account.refetch();
            void tenants.refetch();
          }}
        />
      </main>
    );
  if (account.data === undefined || tenants.data === undefined)
    return (
      <main className={styles.pad} id="content" tabIndex={-1}>
        <SkeletonLines label="Starting" />
      </main>
    );
  if (!isSignedOut || isSettings) return children;
  const isAnybodyIn = account.data.accounts.length > 0;
  if (tenants.data.length === 0 && !isAnybodyIn) return <SignInPage />;
  return (
    <>
      <div className={styles.bar}>
        {isAnybodyIn && away !== undefined ? (
          <NoticeBar
            intent="warning"
            title={`${away.username}, who works in this tenant, is signed out.`}
            actions={<SignInAgain username={away.username} />}
          >
            What is in the catalog stays readable. Asking the service and restoring need this account, or another one
            chosen for the tenant.
          </NoticeBar>
        ) : (
          <NoticeBar intent="warning" title="You are signed out." actions={<SignInAgain />}>
            What is in the catalog stays readable. Asking the service and restoring need an account.
          </NoticeBar>
        )}
      </div>
      {children}
    </>
  );
}
