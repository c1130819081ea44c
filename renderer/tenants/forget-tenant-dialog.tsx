import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { queries, useClient } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatQuantity } from '../ui/number.ts';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { isTypedName } from '../ui/typed-name.ts';
import { TypedNameField } from '../ui/typed-name-field.tsx';
import { closeTenantDialog } from './tenant-dialogs-store.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  columns: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '0 24px' },
  head: { fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, margin: '0 0 4px' },
  list: { margin: 0, paddingLeft: '18px' },
});

/** Forgets a tenant after its name was typed, and says beforehand what goes and what stays. */
export function ForgetTenantDialog({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const client = useClient();
  const [typed, setTyped] = useState('');
  const plans = useQuery(queries.plans(client, tenant.id)).data ?? [];
  const forget = useMutation({
    mutationFn: () => client.tenants.forget({ tenantId: tenant.id, typedName: typed.trim() }),
    // Whoever shows the tenant, this window too, leaves it by the event.
    onSuccess: closeTenantDialog,
  });
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : closeTenantDialog())}>
      <DialogSurface>
        <DialogBody>
          <TenantTitle tenant={tenant} isNamed>
            Forget {tenant.displayName}
          </TenantTitle>
          <DialogContent className={styles.content}>
            <div className={styles.columns}>
              <div>
                <h3 className={styles.head}>Deleted on this machine</h3>
                <ul className={styles.list}>
                  <li>its sign-in tokens</li>
                  <li>everything read about its {formatQuantity(tenant.units, 'unit')} and their restore points</li>
                  <li>
                    {plans.length === 0 ? 'its restore plans' : formatQuantity(plans.length, 'restore plan')} and their
                    copies
                  </li>
                </ul>
              </div>
              <div>
                <h3 className={styles.head}>Stays</h3>
                <ul className={styles.list}>
                  <li>the audit of what was changed from here</li>
                  <li>all of the customer’s data and backups</li>
                  <li>
                    restores that run in the service
                    {tenant.runningSessions > 0 &&
                      `: ${formatQuantity(tenant.runningSessions, 'session')} now, no longer followed from here`}
                  </li>
                </ul>
              </div>
            </div>
            {forget.error !== null && <ErrorBar error={forget.error} />}
            <TypedNameField
              expected={tenant.displayName}
              typed={typed}
              onChange={setTyped}
              label="To forget the tenant, type its name:"
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={closeTenantDialog}>Cancel</Button>
            <CommandButton
              appearance="primary"
              disabledReason={
                isTypedName(typed, tenant.displayName)
                  ? forget.isPending
                    ? 'It is being forgotten.'
                    : undefined
                  : 'Type the tenant’s name first.'
              }
              onClick={() => forget.mutate()}
            >
              Forget the tenant
            </CommandButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
