import type { Tenant } from '../../shared/contract/tenants.ts';
import { type ControlFacts, type ServiceActionType, whyNotAction } from '../../shared/domain/onboarding.ts';
import { useIsOffline, useIsSignedOut } from '../store/index.ts';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';
import { readOnlyReason } from '../ui/read-only-reason.ts';
import { barWords } from './service-words.ts';

/** Why an action can't be asked for now: by this console's state, by the tenant's, by the service's, in this order. */
export function useWhyNotControl(tenant: Tenant, facts: ControlFacts): (type: ServiceActionType) => string | undefined {
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  const outside = isOffline ? offlineReasons.control : isSignedOut ? signedOutReasons.control : readOnlyReason(tenant);
  return type => {
    if (outside !== undefined) return outside;
    const why = whyNotAction(type, facts);
    return why === undefined ? undefined : barWords(why);
  };
}
