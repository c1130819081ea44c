import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  Field,
  makeStyles,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { keys, useClient, useHostNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { formatClock } from '../ui/time/format.ts';
import { zoneName } from '../ui/time/zone.ts';
import { ZonePicker } from '../ui/zone-picker.tsx';
import { closeTenantDialog } from './tenant-dialogs-store.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '12px' },
  text: { margin: 0 },
});

/** The customer's time zone. The service tells none, so the technician is asked once. */
export function TimeZoneDialog({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const now = useHostNow();
  const [zone, setZone] = useState(tenant.timeZone);
  const save = useMutation({
    mutationFn: (timeZone: string) => client.tenants.setTimeZone({ tenantId: tenant.id, timeZone }),
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
            Time zone of {tenant.displayName}
          </TenantTitle>
          <DialogContent className={styles.content}>
            <p className={styles.text}>
              The service does not tell where a customer works. With its zone set, an incident time can be typed as the
              customer says it, and both zones are shown.
            </p>
            {save.error !== null && <ErrorBar error={save.error} />}
            <Field
              label="Time zone"
              {...(zone === undefined
                ? {}
                : { hint: `It is ${formatClock(now, zone)} ${zoneName(zone, now)} there now.` })}
            >
              <ZonePicker value={zone} onChange={setZone} now={now} />
            </Field>
          </DialogContent>
          <DialogActions>
            <Button onClick={closeTenantDialog}>Cancel</Button>
            <CommandButton
              appearance="primary"
              disabledReason={zone === undefined ? 'Choose a zone first.' : undefined}
              onClick={() => {
                if (zone !== undefined) save.mutate(zone);
              }}
            >
              Save
            </CommandButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
