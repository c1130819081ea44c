import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  makeStyles,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { queries, useClient } from '../store/index.ts';
import { closeTenantDialog, useTenantDialog } from '../tenants/index.ts';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { EmailCard } from './email-card.tsx';

const useStyles = makeStyles({ surface: { maxWidth: '680px' } });

/** Whom the service mails in a tenant, over whatever view; opened by the tenant's menu. */
export function EmailDialog() {
  const styles = useStyles();
  const dialog = useTenantDialog(state => state.dialog);
  const tenants = useQuery(queries.tenants(useClient())).data ?? [];
  const tenant = dialog.is === 'email' ? tenants.find(({ id }) => id === dialog.tenantId) : undefined;
  if (tenant === undefined) return null;
  return (
    <Dialog
      open
      onOpenChange={(_, data) => {
        // A click beside the dialog must not lose what was typed.
        if (!data.open && data.type !== 'backdropClick') closeTenantDialog();
      }}
    >
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <TenantTitle tenant={tenant} isNamed>
            E-mail notifications of {tenant.displayName}
          </TenantTitle>
          <DialogContent>
            <EmailCard key={tenant.id} tenant={tenant} readsAtOnce />
          </DialogContent>
          <DialogActions>
            <Button onClick={closeTenantDialog}>Close</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
