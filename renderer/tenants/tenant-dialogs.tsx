import { useQuery } from '@tanstack/react-query';
import { queries, useClient } from '../store/index.ts';
import { AddTenantDialog } from './add-tenant-dialog.tsx';
import { ForgetTenantDialog } from './forget-tenant-dialog.tsx';
import { ReadOnlyDialog } from './read-only-dialog.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { TenantAccessDialog } from './tenant-access-dialog.tsx';
import { useTenantDialog } from './tenant-dialogs-store.ts';
import { TimeZoneDialog } from './time-zone-dialog.tsx';

/** The dialog about a tenant that is open, over whatever view. */
export function TenantDialogs() {
  const dialog = useTenantDialog(state => state.dialog);
  const tenants = useQuery(queries.tenants(useClient())).data ?? [];
  if (dialog.is === 'add') return <AddTenantDialog />;
  if (dialog.is === 'signIn') return <SignInDialog username={dialog.username} />;
  if (dialog.is === 'none') return null;
  const tenant = tenants.find(({ id }) => id === dialog.tenantId);
  if (tenant === undefined) return null;
  switch (dialog.is) {
    case 'zone':
      return <TimeZoneDialog key={tenant.id} tenant={tenant} />;
    case 'readOnly':
      return <ReadOnlyDialog key={tenant.id} tenant={tenant} />;
    case 'access':
      return <TenantAccessDialog key={tenant.id} tenant={tenant} />;
    case 'email':
      // Stands with the notifications; the frame shows it.
      return null;
    case 'forget':
      return <ForgetTenantDialog key={tenant.id} tenant={tenant} />;
  }
}
