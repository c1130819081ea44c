import { create } from 'zustand';

/** Which dialog about a tenant is open. Menus close when one of their items is chosen, so the dialogs live outside of them. */
export type TenantDialog =
  | { readonly is: 'none' }
  | { readonly is: 'add' }
  /** A further account, or one that is signed out. */
  | { readonly is: 'signIn'; readonly username?: string }
  | { readonly is: 'access'; readonly tenantId: string }
  | { readonly is: 'zone'; readonly tenantId: string }
  | { readonly is: 'readOnly'; readonly tenantId: string }
  | { readonly is: 'email'; readonly tenantId: string }
  | { readonly is: 'forget'; readonly tenantId: string };

export const useTenantDialog = create<{ dialog: TenantDialog }>()(() => ({ dialog: { is: 'none' } }));

export const openTenantDialog = (dialog: TenantDialog) => useTenantDialog.setState({ dialog });
export const closeTenantDialog = () => openTenantDialog({ is: 'none' });
