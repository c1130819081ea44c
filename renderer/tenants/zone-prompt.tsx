import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { create } from 'zustand';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { openTenantDialog } from './tenant-dialogs-store.ts';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });
const useLater = create<{ tenantIds: readonly string[] }>()(() => ({ tenantIds: [] }));

/** Asks once for the customer's zone, until it is set or put off. */
export function ZonePrompt({ tenant }: { tenant: Tenant }) {
  const styles = useStyles();
  const isLater = useLater(state => state.tenantIds.includes(tenant.id));
  if (tenant.timeZone !== undefined || isLater) return null;
  return (
    <MessageBar intent="info" className={styles.bar}>
      <MessageBarBody>
        The time zone of {tenant.displayName} is not set, so its times are shown in yours alone.
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            icon={<Dismiss16Regular />}
            aria-label="Not now"
            onClick={() => useLater.setState(state => ({ tenantIds: [...state.tenantIds, tenant.id] }))}
          />
        }
      >
        <Button onClick={() => openTenantDialog({ is: 'zone', tenantId: tenant.id })}>Set the time zone…</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
