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
import type { PolicyChange, PreparedChange } from '../../shared/contract/policies.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { keys, navigate, toAppError, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { SignInAgain } from '../tenants/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { isTypedName } from '../ui/typed-name.ts';
import { TypedNameField } from '../ui/typed-name-field.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { firstDraft, toChange } from './change-draft.ts';
import { ChangeForm } from './change-form.tsx';
import { ChangePreview } from './change-preview.tsx';
import { ChangeSent } from './change-sent.tsx';
import { changeTitles } from './change-words.ts';
import type { ProblemAction } from './change-words.ts';
import type { AskedChange } from './policies-store.ts';
import { policyQueries } from './policy-queries.ts';
import { whyNoRule } from './rule-words.ts';
import { useWhyNotChange } from './use-why-not-change.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '760px' },
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
});

interface ChangeDialogProps {
  readonly tenant: Tenant;
  readonly asked: AskedChange;
  readonly onClose: () => void;
}

/** A change from what is asked for over what it will do to what came of it. Nothing is sent before the preview was seen. */
export function ChangeDialog({ tenant, asked, onClose }: ChangeDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => firstDraft(asked));
  const [change, setChange] = useState<PolicyChange | undefined>(asked.is === 'whole' ? asked.change : undefined);
  const [typedName, setTypedName] = useState('');
  const send = useMutation({
    mutationFn: ({ id, needsTypedName }: PreparedChange) =>
      client.policies.send({ changeId: id, ...(needsTypedName ? { typedName: typedName.trim() } : {}) }),
    onSuccess: async answer => {
      queryClient.setQueryData(policyQueries.change(client, answer.change.id).queryKey, answer);
      const selectionId = change === undefined ? undefined : selectionOf(change);
      // What was done with is no longer meant.
      if (selectionId !== undefined && answer.counts.accepted > 0)
        await client.units.changeSelection({ selectionId, change: { type: 'clear' } });
    },
    onSettled: (_, __, { id }) =>
      Promise.all(
        [keys.policyChange(id), keys.policies(tenant.id), keys.units(tenant.id)].map(queryKey =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  // Refused before its first request, it is not sent: the preview says why.
  const sent = send.isPending || send.isSuccess ? send.variables : undefined;
  const isDynamic = asked.is === 'changeRule' ? asked.rule.type === 'dynamic' : draft.dynamic;
  const drafted = toChange(asked, draft, whyNoRule(draft.rule, isDynamic));
  const surface = useKeptFocus();
  const type =
    asked.is === 'whole'
      ? asked.change.type
      : asked.is === 'addSelected' || asked.is === 'addOwners'
        ? 'addUnits'
        : asked.is;
  const close = () => {
    onClose();
    // A policy that is gone has no page, and a new one is looked at next.
    const policyId = send.data?.policyId;
    if (send.data === undefined || send.data.counts.accepted === 0) return;
    if (type === 'delete') navigate({ at: 'policies', tenantId: tenant.id }, 'replace');
    if (type === 'create' && policyId !== undefined) navigate({ at: 'policies', tenantId: tenant.id, policyId });
  };
  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        // A click beside the dialog must not lose what was typed.
        if (!data.open && data.type !== 'backdropClick') close();
      }}
    >
      <DialogSurface ref={surface} className={styles.surface}>
        <DialogBody>
          <TenantTitle tenant={tenant}>{changeTitles[type].title}</TenantTitle>
          {sent !== undefined ? (
            <>
              <DialogContent className={styles.content}>
                <FollowedChange changeId={sent.id} />
              </DialogContent>
              <DialogActions>
                <Button appearance="primary" onClick={close}>
                  Close
                </Button>
              </DialogActions>
            </>
          ) : (
            <>
              {asked.is !== 'whole' && change === undefined && (
                <>
                  <DialogContent className={styles.content}>
                    <ChangeForm tenantId={tenant.id} asked={asked} draft={draft} onChange={setDraft} />
                  </DialogContent>
                  <DialogActions>
                    <Button onClick={close}>Cancel</Button>
                    <CommandButton
                      appearance="primary"
                      disabledReason={'why' in drafted ? drafted.why : undefined}
                      onClick={() => {
                        if ('change' in drafted) setChange(drafted.change);
                      }}
                    >
                      Preview
                    </CommandButton>
                  </DialogActions>
                </>
              )}
              {change !== undefined && (
                <Preview
                  tenant={tenant}
                  change={change}
                  onBack={asked.is === 'whole' ? undefined : () => setChange(undefined)}
                  onCancel={close}
                  typedName={typedName}
                  onTypedName={setTypedName}
                  sendError={send.error}
                  onDismissSendError={send.reset}
                  onSend={prepared => send.mutate(prepared)}
                />
              )}
            </>
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Refusals that a sign-in to the tenant settles. */
const signInCodes: ReadonlySet<string> = new Set(['CONSENT_MISSING', 'INTERACTION_REQUIRED', 'APP_SIGN_IN_NEEDED']);

/** The selection that a change took its units from. */
function selectionOf(change: PolicyChange): string | undefined {
  return 'units' in change && change.units?.type === 'selection' ? change.units.selectionId : undefined;
}

interface PreviewProps {
  readonly tenant: Tenant;
  readonly change: PolicyChange;
  readonly onBack: (() => void) | undefined;
  readonly onCancel: () => void;
  readonly typedName: string;
  readonly onTypedName: (typed: string) => void;
  readonly sendError: Error | null;
  readonly onDismissSendError: () => void;
  readonly onSend: (prepared: PreparedChange) => void;
}

/** What the change will do, and the button that sends it. */
function Preview(props: PreviewProps) {
  const { tenant, change, onBack, onCancel, typedName, onTypedName, sendError, onDismissSendError, onSend } = props;
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const zone = useMyZone();
  const now = useTenantNow(tenant.id);
  const whyNot = useWhyNotChange(tenant);
  const [signsIn, setSignsIn] = useState(false);
  const prepared = useQuery(policyQueries.prepared(client, tenant.id, change));
  const tryNow = useMutation({
    mutationFn: () => client.console.tryNow(),
    onSuccess: async connectivity => {
      queryClient.setQueryData(keys.connectivity, connectivity);
      await prepared.refetch();
    },
  });
  const act = (action: Exclude<ProblemAction, 'showLeftOut'>) => {
    switch (action) {
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
      ? 'The change is being checked.'
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
          <SkeletonLines lines={6} label="Checking the change" />
        ) : (
          <>
            <ChangePreview prepared={data} zone={zone} now={now} canGoBack={onBack !== undefined} onAction={act} />
            {signsIn && <SignInAgain tenantId={tenant.id} scopes="policies" />}
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
                <SignInAgain tenantId={tenant.id} scopes="policies" />
              ) : undefined
            }
          />
        )}
      </DialogContent>
      <DialogActions fluid>
        {onBack !== undefined && <Button onClick={onBack}>Back</Button>}
        <Button onClick={onCancel}>Cancel</Button>
        <CommandButton
          disabledReason={isChecking ? 'The change is being checked.' : undefined}
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
          {changeTitles[change.type].send}
        </CommandButton>
      </DialogActions>
    </>
  );
}

/** How often a bulk addition job is asked about, in milliseconds; requests are told by events. */
const JOB_MILLIS = 10_000;

/** A change that was sent, followed to its end. */
function FollowedChange({ changeId }: { changeId: string }) {
  const client = useClient();
  const sent = useQuery({
    ...policyQueries.change(client, changeId),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && data.state === 'sending' && data.jobIds.length > 0 ? JOB_MILLIS : false,
  });
  if (sent.data !== undefined) return <ChangeSent sent={sent.data} />;
  return sent.error === null ? (
    <SkeletonLines lines={4} label="Sending the change" />
  ) : (
    <ErrorState error={sent.error} onRetry={() => void sent.refetch()} />
  );
}
