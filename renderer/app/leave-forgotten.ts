import { forgetLook } from '../protection/index.ts';
import { navigate, tenantOf, useNavigation } from '../store/index.ts';

/** Goes away from a tenant that was forgotten, here or in another window, and drops what was selected and looked at in it. */
export function leaveForgotten(tenantId: string): void {
  if (tenantOf(useNavigation.getState().route) === tenantId) navigate({ at: 'tenants' }, 'replace');
  useNavigation.getState().forgetTenant(tenantId);
  forgetLook(tenantId);
  void dropLooks(tenantId);
}

/** Of the views that are loaded when they are first opened. */
async function dropLooks(tenantId: string): Promise<void> {
  const [{ forgetAuditLook }, { forgetGapsLook }, { forgetListSelections }] = await Promise.all([
    import('../audit/index.ts'),
    import('../gaps/index.ts'),
    import('../policies/index.ts'),
  ]);
  forgetAuditLook(tenantId);
  forgetGapsLook(tenantId);
  forgetListSelections(tenantId);
}
