import { Button, DialogActions, DialogContent, makeStyles } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { keys, navigate, toAppError, useClient } from '../store/index.ts';
import { SignInAgain } from '../tenants/index.ts';
import type { SignInScopes } from '../tenants/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { isTypedName } from '../ui/typed-name.ts';
import { TypedNameField } from '../ui/typed-name-field.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  actions: { '& button': { whiteSpace: 'nowrap' } },
});

/** Refusals that a sign-in to the tenant settles. */
const signInCodes: ReadonlySet<string> = new Set(['CONSENT_MISSING', 'INTERACTION_REQUIRED']);

/** A way out of what stands in the way of a change. */
export type ProblemWay = 'tryNow' | 'signIn' | 'readiness' | 'back';

/** What main says of any change that is looked at before it is sent. */
interface Prepared {
  readonly canSend: boolean;
  readonly needsTypedName: boolean;
  readonly tenantName: string;
}

interface PreviewStepProps<P extends Prepared> {
  readonly tenant: Tenant;
  readonly prepared: UseQueryResult<P>;
  /** What has to be consented to for sending it. */
  readonly scopes: SignInScopes;
  /** What is said while it is prepared: "The change is being checked." */
  readonly checking: string;
  readonly preview: (prepared: P, goWay: (way: ProblemWay) => void) => ReactNode;
  /** The button's word. */
  readonly send: string;
  /** What else keeps it from being sent. */
  readonly whyNot: string | undefined;
  readonly onBack: (() => void) | undefined;
  readonly onCancel: () => void;
  readonly onSend: (prepared: P, typedName: string) => void;
  readonly sendError: Error | null;
  readonly onDismissSendError: () => void;
}

/** The step of a dialog that shows what a change will do, and holds the button that sends it. */
export function PreviewStep<P extends Prepared>(props: PreviewStepProps<P>) {
  const { tenant, prepared, scopes, checking, preview, send, whyNot, onBack, onCancel, onSend } = props;
  const { sendError, onDismissSendError } = props;
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const [typedName, setTypedName] = useState('');
  const [signsIn, setSignsIn] = useState(false);
  const tryNow = useMutation({
    mutationFn: () => client.console.tryNow(),
    onSuccess: async connectivity => {
      queryClient.setQueryData(keys.connectivity, connectivity);
      await prepared.refetch();
    },
  });
  const goWay = (way: ProblemWay) => {
    switch (way) {
      case 'tryNow':
        return tryNow.mutate();
      case 'signIn':
        return setSignsIn(true);
      case 'readiness':
        onCancel();
        return navigate({ at: 'readiness', tenantId: tenant.id });
      case 'back':
        return onBack?.();
    }
  };
  const { data } = prepared;
  const isChecking = prepared.isFetching || tryNow.isPending;
  const why =
    data === undefined || isChecking
      ? checking
      : !data.canSend
        ? 'Something stands in its way: see “Before it is sent”.'
        : (whyNot ??
          (data.needsTypedName && !isTypedName(typedName, data.tenantName)
            ? 'Type the tenant’s name first.'
            : undefined));
  return (
    <>
      <DialogContent className={styles.content}>
        {prepared.error !== null ? (
          <ErrorState error={prepared.error} onRetry={() => void prepared.refetch()} />
        ) : data === undefined ? (
          <SkeletonLines lines={6} label={checking} />
        ) : (
          <>
            {preview(data, goWay)}
            {signsIn && <SignInAgain tenantId={tenant.id} scopes={scopes} />}
            {data.canSend && data.needsTypedName && (
              <TypedNameField
                label="To send it, type the tenant’s name:"
                expected={data.tenantName}
                typed={typedName}
                onChange={setTypedName}
              />
            )}
          </>
        )}
        {sendError !== null && (
          <ErrorBar
            error={sendError}
            onDismiss={onDismissSendError}
            actions={
              signInCodes.has(toAppError(sendError).code) ? (
                <SignInAgain tenantId={tenant.id} scopes={scopes} />
              ) : undefined
            }
          />
        )}
      </DialogContent>
      <DialogActions fluid className={styles.actions}>
        {onBack !== undefined && <Button onClick={onBack}>Back</Button>}
        <Button onClick={onCancel}>Cancel</Button>
        <CommandButton disabledReason={isChecking ? checking : undefined} onClick={() => void prepared.refetch()}>
          Check again
        </CommandButton>
        <CommandButton
          appearance="primary"
          disabledReason={why}
          onClick={() => {
            if (data !== undefined) onSend(data, typedName.trim());
          }}
        >
          {send}
        </CommandButton>
      </DialogActions>
    </>
  );
}
