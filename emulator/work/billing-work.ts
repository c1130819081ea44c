/** Billing that went bad: protection is locked at once, with dates, and every policy is deactivated. */
import { billingLock, serviceStandingAt } from '../state/machines/service-machine.ts';
import { deactivatePolicy } from './policy-work.ts';
import type { Workplace } from './unit-work.ts';

/** Locks a service that is on. The points stay; restores go on until the date that the lock names. */
export const lockForBilling = (place: Workplace): void => {
  const { tenant, now } = place;
  if (serviceStandingAt(tenant.settings.serviceStatus, now).status !== 'enabled') return;
  tenant.setSettings({
    ...tenant.settings,
    serviceStatus: {
      status: 'protectionChangeLocked',
      disableReason: 'invalidBillingProfile',
      gracePeriodAt: now + billingLock,
      restoreAllowedTillAt: now + billingLock,
      lastModifiedAt: now,
    },
  });
  for (const policy of tenant.policies.list()) {
    const { status } = tenant.policies.stateOf(policy, now);
    if (status !== 'inactive') deactivatePolicy(place, policy);
  }
};
