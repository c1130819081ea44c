import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  makeStyles,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PreparedAction, ServiceAction, ServiceStanding } from '../../shared/contract/onboarding.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { type ServiceActionType, takeoverTiming } from '../../shared/domain/onboarding.ts';
import { keys, navigate, toAppError, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { SignInAgain } from '../tenants/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { isTypedName } from '../ui/typed-name.ts';
import { TypedNameField } from '../ui/typed-name-field.tsx';
import { ActionForm } from './action-form.tsx';
import { ActionPreview } from './action-preview.tsx';
import { ActionSent } from './action-sent.tsx';
import { actionTitles } from './action-words.ts';
import type { ProblemWay } from './action-words.ts';
import { serviceQueries } from './service-queries.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '680px' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  actions: { '& button': { whiteSpace: 'nowrap' } },
});

interface ActionDialogProps {
  readonly tenant: Tenant;
  readonly standing: ServiceStanding;
  readonly type: ServiceActionType;
  readonly onClose: () => void;
}

/** An action from what it needs to be told, over what follows from it, to what came of it. Nothing is sent before its consequences were seen. */
export function ActionDialog({ tenant, standing, type, onClose }: ActionDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  // What the form asks for is decided when the dialog opens: an answer that comes meanwhile must not take it away.
  const [asksFirst] = useState(() => needsForm(type, standing));
  const [action, setAction] = useState<ServiceAction | undefined>(asksFirst ? undefined : bareAction(type));
  const [typedName, setTypedName] = useState('');
  const send = useMutation({
    mutationFn: ({ id, needsTypedName }: PreparedAction) =>
      client.onboarding.send({ actionId: id, ...(needsTypedName ? { typedName: typedName.trim() } : {}) }),
    onSettled: () =>
      Promise.all([keys.tenants, keys.home, keys.audit].map(queryKey => queryClient.invalidateQueries({ queryKey }))),
  });
  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        // A click beside the dialog must not lose what was typed.
        if (!data.open && data.type !== 'backdropClick' && !send.isPending) onClose();
      }}
    >
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <TenantTitle tenant={tenant}>{actionTitles[type].title}</TenantTitle>
          {send.data !== undefined ? (
            <>
              <DialogContent className={styles.content}>
                <ActionSent sent={send.data} />
              </DialogContent>
              <DialogActions className={styles.actions}>
                <Button appearance="primary" onClick={onClose}>
                  Close
                </Button>
              </DialogActions>
            </>
          ) : action === undefined ? (
            <ActionForm tenant={tenant} standing={standing} type={type} onCancel={onClose} onDone={setAction} />
          ) : (
            <Preview
              tenant={tenant}
              action={action}
              onBack={asksFirst ? () => setAction(undefined) : undefined}
              onCancel={onClose}
              typedName={typedName}
              onTypedName={setTypedName}
              isSending={send.isPending}
              sendError={send.error}
              onDismissSendError={send.reset}
              onSend={prepared => send.mutate(prepared)}
            />
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function needsForm(type: ServiceActionType, { controller, service }: ServiceStanding): boolean {
  if (type === 'enable') return true;
  return type === 'activate' && takeoverTiming({ controller, service, apps: service?.apps }) !== 'atOnce';
}

function bareAction(type: ServiceActionType): ServiceAction | undefined {
  return type === 'enable' ? undefined : { type };
}

/** Refusals that a sign-in to the tenant settles. */
const signInCodes: ReadonlySet<string> = new Set(['CONSENT_MISSING', 'INTERACTION_REQUIRED']);

interface PreviewProps {
  readonly tenant: Tenant;
  readonly action: ServiceAction;
  readonly onBack: (() => void) | undefined;
  readonly onCancel: () => void;
  readonly typedName: string;
  readonly onTypedName: (typed: string) => void;
  readonly isSending: boolean;
  readonly sendError: Error | null;
  readonly onDismissSendError: () => void;
  readonly onSend: (prepared: PreparedAction) => void;
}

/** What follows from the action, and the button that sends it. */
function Preview(props: PreviewProps) {
  const { tenant, action, onBack, onCancel, typedName, onTypedName, isSending, sendError, onDismissSendError, onSend } =
    props;
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const zone = useMyZone();
  const now = useTenantNow(tenant.id);
  const [signsIn, setSignsIn] = useState(false);
  const prepared = useQuery(serviceQueries.prepared(client, tenant.id, action));
  const tryNow = useMutation({
    mutationFn: () => client.console.tryNow(),
    onSuccess: async connectivity => {
      queryClient.setQueryData(keys.connectivity, connectivity);
      await prepared.refetch();
    },
  });
  const go = (way: ProblemWay) => {
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
      ? 'It is being checked.'
      : isSending
        ? 'It is being sent.'
        : !data.canSend
          ? 'Something stands in its way: see “Before it is sent”.'
          : data.needsTypedName && !isTypedName(typedName, data.tenantName)
            ? 'Type the tenant’s name first.'
            : undefined;
  return (
    <>
      <DialogContent className={styles.content}>
        {prepared.error !== null ? (
          <ErrorState error={prepared.error} onRetry={() => void prepared.refetch()} />
        ) : data === undefined ? (
          <SkeletonLines lines={6} label="Checking what it will do" />
        ) : (
          <>
            <ActionPreview prepared={data} zone={zone} now={now} canGoBack={onBack !== undefined} onWay={go} />
            {signsIn && <SignInAgain tenantId={tenant.id} scopes="control" />}
            {data.canSend && data.needsTypedName && (
              <TypedNameField
                label="To send it, type the tenant’s name:"
                expected={data.tenantName}
                typed={typedName}
                onChange={onTypedName}
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
                <SignInAgain tenantId={tenant.id} scopes="control" />
              ) : undefined
            }
          />
        )}
      </DialogContent>
      <DialogActions className={styles.actions}>
        {onBack !== undefined && <Button onClick={onBack}>Back</Button>}
        <Button onClick={onCancel}>Cancel</Button>
        <CommandButton
          disabledReason={isChecking ? 'It is being checked.' : undefined}
          onClick={() => void prepared.refetch()}
        >
          Check again
        </CommandButton>
        <CommandButton
          appearance="primary"
          disabledReason={why}
          onClick={() => {
            if (data !== undefined) onSend(data);
          }}
        >
          {actionTitles[action.type].send}
        </CommandButton>
      </DialogActions>
    </>
  );
}
