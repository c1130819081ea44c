import { forgetAuditLook } from '../audit/index.ts';
import { forgetGapsLook } from '../gaps/index.ts';
import { forgetListSelections } from '../policies/index.ts';
import { forgetLook } from '../protection/index.ts';
import { navigate, tenantOf, useNavigation } from '../store/index.ts';

/** Goes away from a tenant that was forgotten, here or in another window, and drops what was selected and looked at in it. */
export function leaveForgotten(tenantId: string): void {
  if (tenantOf(useNavigation.getState().route) === tenantId) navigate({ at: 'tenants' }, 'replace');
  useNavigation.getState().forgetTenant(tenantId);
  forgetLook(tenantId);
  forgetAuditLook(tenantId);
  forgetListSelections(tenantId);
  forgetGapsLook(tenantId);
}
