/** `enable`: the billing of the application's owner is checked, and the service switched on, or its lock to be ended. */
import { durationOf } from '../state/machines/duration.ts';
import { billingCure, serviceStandingAt } from '../state/machines/service-machine.ts';
import { json } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { isGuid, objectBody, property } from './request-body.ts';
import { serviceStatusJson } from './service.ts';

export const enableService = (context: GraphContext): GraphAnswer => {
  const owner = property(objectBody(context.request, 'InvalidAppOwnerTenantId'), 'appOwnerTenantId');
  const isCustomer = typeof owner === 'string' && context.world.directory.findTenant(owner)?.role === 'customer';
  if (typeof owner !== 'string' || !isGuid(owner) || isCustomer) {
    throw badRequest('The app owner tenant id is invalid.', 'InvalidAppOwnerTenantId');
  }
  const { tenant } = context;
  if (tenant.settings.billing === 'unreadable') {
    throw new GraphError(403, 'UnableToReadBillingProfile', 'The billing profile could not be read.');
  }
  if (tenant.settings.billing === 'invalid') {
    throw new GraphError(402, 'InvalidBillingProfile', 'The billing profile is missing or unhealthy.');
  }
  const standing = serviceStandingAt(tenant.settings.serviceStatus, context.now);
  const isLockedForBilling = standing.status !== 'enabled' && standing.disableReason === 'invalidBillingProfile';
  const curedAt = standing.curedAt ?? context.now + durationOf(billingCure, context.world.seed, tenant.id, context.now);
  tenant.setSettings({
    ...tenant.settings,
    serviceStatus: isLockedForBilling
      ? { ...standing, curedAt }
      : { status: 'enabled', disableReason: 'none', lastModifiedAt: context.now },
  });
  return json(200, { '@odata.type': '#microsoft.graph.serviceStatus', ...serviceStatusJson(context) });
};
