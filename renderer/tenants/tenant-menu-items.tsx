import { MenuItem } from '@fluentui/react-components';
import {
  ClipboardCheckmark16Regular,
  Delete16Regular,
  GlobeClock16Regular,
  LockClosed16Regular,
  LockOpen16Regular,
  PersonKey16Regular,
  Mail16Regular,
} from '@fluentui/react-icons';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { navigate } from '../store/index.ts';
import { openTenantDialog } from './tenant-dialogs-store.ts';

/** What can be done with a tenant itself, for a menu. */
export function TenantMenuItems({ tenant }: { tenant: Pick<Tenant, 'id' | 'timeZone' | 'readOnly'> }) {
  return (
    <>
      <MenuItem
        icon={<ClipboardCheckmark16Regular />}
        onClick={() => navigate({ at: 'readiness', tenantId: tenant.id })}
      >
        Readiness
      </MenuItem>
      <MenuItem icon={<GlobeClock16Regular />} onClick={() => openTenantDialog({ is: 'zone', tenantId: tenant.id })}>
        {tenant.timeZone === undefined ? 'Set the time zone…' : 'Time zone…'}
      </MenuItem>
      <MenuItem icon={<PersonKey16Regular />} onClick={() => openTenantDialog({ is: 'access', tenantId: tenant.id })}>
        Account and application…
      </MenuItem>
      <MenuItem
        icon={tenant.readOnly === undefined ? <LockClosed16Regular /> : <LockOpen16Regular />}
        onClick={() => openTenantDialog({ is: 'readOnly', tenantId: tenant.id })}
      >
        {tenant.readOnly === undefined ? 'Set read-only…' : 'Allow changes…'}
      </MenuItem>
      <MenuItem icon={<Mail16Regular />} onClick={() => openTenantDialog({ is: 'email', tenantId: tenant.id })}>
        E-mail notifications…
      </MenuItem>
      <MenuItem icon={<Delete16Regular />} onClick={() => openTenantDialog({ is: 'forget', tenantId: tenant.id })}>
        Forget this tenant…
      </MenuItem>
    </>
  );
}
