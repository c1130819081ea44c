import { Button } from '@fluentui/react-components';
import { useMutationState } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AppErrorCode } from '../../shared/contract/errors.ts';
import { navigate, toAppError, useIsOffline, useIsSignedOut } from '../store/index.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { openTenantDialog } from './tenant-dialogs-store.ts';
import { syncKey } from './use-tenant-sync.ts';

/** Why the last sync of a tenant failed, above what it left as it was, with the way out that fits. */
export function SyncErrors({ tenantId }: { tenantId: string }) {
  const [dismissed, setDismissed] = useState(0);
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const tries = useMutationState({
    filters: { mutationKey: syncKey(tenantId) },
    select: mutation => ({
      at: mutation.state.submittedAt,
      status: mutation.state.status,
      error: mutation.state.error,
    }),
  });
  const last = tries.toSorted((a, b) => a.at - b.at).at(-1);
  const lastAt = last?.at ?? 0;
  const [offlineSaid, setOfflineSaid] = useState(0);
  if (isOffline && lastAt > offlineSaid) setOfflineSaid(lastAt);
  if (last === undefined || last.status !== 'error' || last.at <= dismissed) return null;
  const { code } = toAppError(last.error);
  // The banner says it, better and for as long as it holds.
  if (code === 'OFFLINE' && last.at <= offlineSaid) return null;
  // The notice above every view says it already, with the way to sign in.
  if (code === 'SIGNED_OUT' && isSignedOut) return null;
  return <ErrorBar error={last.error} onDismiss={() => setDismissed(last.at)} actions={wayOut(code, tenantId)} />;
}

/** The button that fits an error of a sync; none where there is nothing to press. */
function wayOut(code: AppErrorCode, tenantId: string): ReactNode {
  switch (code) {
    case 'SIGNED_OUT':
    case 'SESSION_EXPIRED':
      return <SignInAgain />;
    case 'APP_SIGN_IN_NEEDED':
    case 'INTERACTION_REQUIRED':
    case 'CONDITIONAL_ACCESS':
      return <SignInAgain tenantId={tenantId} />;
    case 'ACCOUNT_NOT_CHOSEN':
      return (
        <Button size="small" onClick={() => openTenantDialog({ is: 'access', tenantId })}>
          Account and application…
        </Button>
      );
    case 'CONSENT_MISSING':
      return (
        <Button size="small" onClick={() => navigate({ at: 'readiness', tenantId })}>
          Check readiness
        </Button>
      );
    default:
      return undefined;
  }
}
