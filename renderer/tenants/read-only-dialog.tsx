import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  makeStyles,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { keys, useClient, useMyZone } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { formatDatedMoment } from '../ui/time/format.ts';
import { closeTenantDialog } from './tenant-dialogs-store.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0 },
});

/** Sets a tenant read-only for an assessment, or allows changes again. */
export function ReadOnlyDialog({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const zone = useMyZone();
  const { displayName, readOnly } = tenant;
  const change = useMutation({
    mutationFn: () => client.tenants.setReadOnly({ tenantId: tenant.id, readOnly: readOnly === undefined }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.tenants });
      closeTenantDialog();
    },
  });
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : closeTenantDialog())}>
      <DialogSurface>
        <DialogBody>
          <TenantTitle tenant={tenant} isNamed>
            {readOnly === undefined ? `Set ${displayName} read-only` : `Allow changes to ${displayName}`}
          </TenantTitle>
          <DialogContent className={styles.content}>
            {readOnly === undefined ? (
              <p className={styles.text}>
                For an assessment: everything can be read, asked for and planned, and no restore can be started and
                nothing changed at the service from this console until somebody allows it again. Restores that were
                started go on. It holds for this console alone; the service is not told.
              </p>
            ) : (
              <p className={styles.text}>
                {readOnly.by} set it read-only on {formatDatedMoment(readOnly.sinceAt, zone)}. With changes allowed,
                restores can be started and policies changed from here.
              </p>
            )}
            <p className={styles.text}>The audit keeps who did it and when.</p>
            {change.error !== null && <ErrorBar error={change.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={closeTenantDialog}>Cancel</Button>
            <CommandButton
              appearance="primary"
              disabledReason={change.isPending ? 'It is being written down.' : undefined}
              onClick={() => change.mutate()}
            >
              {readOnly === undefined ? 'Set read-only' : 'Allow changes'}
            </CommandButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
