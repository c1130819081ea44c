import type { PreparedAction, SentAction, ServiceAction, ServiceStanding } from '../../shared/contract/onboarding.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { asAppFailure } from '../failures.ts';
import type { OnboardingOptions } from './onboarding-options.ts';
import { ServiceActions } from './service-actions.ts';
import { StandingOfTenant } from './standing.ts';

/** Onboarding: how the service of a tenant stands, and the changes of who controls it. Failures are AppFailures. */
export interface OnboardingService {
  /** From the catalog alone. */
  readonly standing: (tenantId: TenantId) => Promise<ServiceStanding>;
  readonly fetchStanding: (tenantId: TenantId, signal?: AbortSignal) => Promise<ServiceStanding>;
  readonly prepare: (tenantId: TenantId, action: ServiceAction, signal?: AbortSignal) => Promise<PreparedAction>;
  readonly send: (actionId: string, typedName: string | undefined) => Promise<SentAction>;
  /** Whether an action is on its way in the tenant. */
  readonly isSending: (tenantId: TenantId) => boolean;
  /** Ends what is sent in a tenant that is to be forgotten, and drops what is kept of it. */
  readonly endTenant: (tenantId: TenantId) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function createOnboardingService(options: OnboardingOptions): OnboardingService {
  const standing = new StandingOfTenant(options);
  const actions = new ServiceActions(options, standing);
  return {
    standing: async tenantId => standing.get(tenantId),
    fetchStanding: async (tenantId, signal) => {
      try {
        await actions.settleLeftOver(tenantId);
        const told = await standing.fetch(tenantId, signal === undefined ? {} : { signal });
        options.emit({ type: 'tenantsChanged', tenantId });
        return told;
      } catch (error) {
        throw asAppFailure(error, { tenantId });
      }
    },
    prepare: async (tenantId, action, signal) => actions.prepare(tenantId, action, signal),
    send: async (actionId, typedName) => actions.send(actionId, typedName),
    isSending: tenantId => actions.isSending(tenantId),
    endTenant: async tenantId => actions.forget(tenantId),
    stop: async () => actions.stop(),
  };
}

export type { OnboardingOptions } from './onboarding-options.ts';
export { StandingWatch } from './standing-watch.ts';
