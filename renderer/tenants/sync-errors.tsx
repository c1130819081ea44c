import { Button } from '@fluentui/react-components';
import { useMutationState } from '@tanstack/react-query';
import { useState } from 'react';
import { navigate, toAppError } from '../store/index.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { syncKey } from './use-tenant-sync.ts';

/** Why the last sync of a tenant failed, above what it left as it was, with the way out that fits. */
export function SyncErrors({ tenantId }: { tenantId: string }) {
  const [dismissed, setDismissed] = useState(0);
  const tries = useMutationState({
    filters: { mutationKey: syncKey(tenantId) },
    select: mutation => ({
      at: mutation.state.submittedAt,
      status: mutation.state.status,
      error: mutation.state.error,
    }),
  });
  const last = tries.toSorted((a, b) => a.at - b.at).at(-1);
  if (last === undefined || last.status !== 'error' || last.at <= dismissed) return null;
  const { code } = toAppError(last.error);
  return (
    <ErrorBar
      error={last.error}
      onDismiss={() => setDismissed(last.at)}
      actions={
        <>
          {(code === 'INTERACTION_REQUIRED' ||
            code === 'SESSION_EXPIRED' ||
            code === 'SIGNED_OUT' ||
            code === 'CONDITIONAL_ACCESS') && (
            <SignInAgain {...(code === 'INTERACTION_REQUIRED' || code === 'CONDITIONAL_ACCESS' ? { tenantId } : {})} />
          )}
          {code === 'CONSENT_MISSING' && (
            <Button size="small" onClick={() => navigate({ at: 'readiness', tenantId })}>
              Check readiness
            </Button>
          )}
        </>
      }
    />
  );
}
