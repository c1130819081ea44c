import { Button } from '@fluentui/react-components';
import { create } from 'zustand';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { openTenantDialog } from './tenant-dialogs-store.ts';

const useLater = create<{ tenantIds: readonly string[] }>()(() => ({ tenantIds: [] }));

/** Asks once for the customer's zone, until it is set or put off. */
export function ZonePrompt({ tenant }: { tenant: Tenant }) {
  const isLater = useLater(state => state.tenantIds.includes(tenant.id));
  if (tenant.timeZone !== undefined || isLater) return null;
  return (
    <NoticeBar
      intent="info"
      actions={
        <Button onClick={() => openTenantDialog({ is: 'zone', tenantId: tenant.id })}>Set the time zone…</Button>
      }
      dismissLabel="Not now"
      onDismiss={() => useLater.setState(state => ({ tenantIds: [...state.tenantIds, tenant.id] }))}
    >
      The time zone of {tenant.displayName} is not set, so its times are shown in yours alone.
    </NoticeBar>
  );
}
