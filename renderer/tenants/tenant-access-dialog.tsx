import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  Field,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { keys, navigate, queries, useAccounts, useClient } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { AccountChoice } from './account-choice.tsx';
import { readClientId } from './client-id.ts';
import { closeTenantDialog } from './tenant-dialogs-store.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0, overflowWrap: 'anywhere' },
  steps: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  id: { fontFamily: tokens.fontFamilyMonospace },
});

/** Who works in a tenant, and as which application Backstop signs in there: shown, and changed. */
export function TenantAccessDialog({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const accounts = useAccounts();
  const shared = useQuery(queries.account(client)).data?.clientId ?? '';
  const now = tenant.access ?? {};
  const [accountId, setAccountId] = useState(now.account?.id);
  const [typed, setTyped] = useState(now.clientId ?? '');
  const isAway = now.account !== undefined && accounts.every(({ id }) => id !== now.account?.id);
  const choices = isAway && now.account !== undefined ? [now.account, ...accounts] : accounts;
  const clientId = readClientId(typed);
  const isOtherAccount = accountId !== undefined && accountId !== now.account?.id;
  const isOtherApp =
    clientId !== undefined && (clientId === shared.toLowerCase() ? null : clientId) !== (now.clientId ?? null);
  const change = useMutation({
    mutationFn: () =>
      client.tenants.setAccess({
        tenantId: tenant.id,
        ...(isOtherAccount ? { accountId } : {}),
        ...(isOtherApp ? { clientId } : {}),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.tenants });
      closeTenantDialog();
      navigate({ at: 'readiness', tenantId: tenant.id });
      // What was found out before was found out as somebody else. Where it can't be checked now, the view there says when it was, and can.
      await client.tenants.checkReadiness({ tenantId: tenant.id }).catch(() => undefined);
      await queryClient.invalidateQueries({ queryKey: keys.tenant(tenant.id) });
    },
  });
  const why =
    clientId === undefined
      ? 'An application id is a GUID, as Entra ID shows it.'
      : !isOtherAccount && !isOtherApp
        ? 'Nothing is changed.'
        : !isOtherAccount && isAway
          ? 'The account of this tenant is signed out, and the audit names who changes it: sign in as it first, or choose another.'
          : change.isPending
            ? 'It is being written down.'
            : undefined;
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : closeTenantDialog())}>
      <DialogSurface>
        <DialogBody>
          <TenantTitle tenant={tenant}>Account and application</TenantTitle>
          <DialogContent className={styles.content}>
            <AccountChoice
              label="Account that works in this tenant"
              hint={
                isAway
                  ? `${now.account?.username ?? ''} is signed out. Sign in again by the account menu, or choose another.`
                  : 'Another account is added by the account menu, at the top right.'
              }
              accounts={choices}
              value={accountId}
              onChange={setAccountId}
            />
            <Field
              label="Application (client) id of its own"
              hint={`Leave it empty for the shared application ${shared}.`}
              {...(clientId === undefined
                ? {
                    validationState: 'error' as const,
                    validationMessage: 'An application id is a GUID, as Entra ID shows it.',
                  }
                : {})}
            >
              <Input
                className={styles.id}
                value={typed}
                maxLength={64}
                spellCheck={false}
                onChange={(_, data) => setTyped(data.value)}
              />
            </Field>
            {isOtherApp && (
              <>
                <p className={styles.text}>
                  {clientId === null
                    ? 'Backstop signs in with the shared application again.'
                    : 'The application must know the redirect URI http://localhost (mobile and desktop applications), allow public client flows, and have Backstop’s delegated permissions with an administrator’s consent in this tenant. Sign in to the tenant once afterwards; the browser opens for it.'}
                </p>
                <p className={styles.text}>To the service it is another app:</p>
                <ul className={styles.steps}>
                  <li>
                    Backup Storage obeys one controlling app a tenant. Until the new one is registered and activated, at
                    once where nobody controls and else with a date 7 to 30 days ahead, nothing can be restored from
                    here.
                  </li>
                  <li>
                    Once it controls, it reads and changes the policies that are there. What becomes of restores that
                    the former app has running is documented nowhere: let them end first.
                  </li>
                  <li>The tenant in which the controlling app is registered pays.</li>
                </ul>
              </>
            )}
            <p className={styles.text}>The audit keeps who changed it and when. Readiness is checked anew.</p>
            {change.error !== null && <ErrorBar error={change.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={closeTenantDialog}>Cancel</Button>
            <CommandButton appearance="primary" disabledReason={why} onClick={() => change.mutate()}>
              Change
            </CommandButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
