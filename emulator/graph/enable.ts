/** `enable`: the billing of the application's owner is checked, and the service switched on. */
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
  tenant.setSettings({
    ...tenant.settings,
    serviceStatus: { status: 'enabled', disableReason: 'none', lastModifiedAt: context.now },
  });
  return json(200, { '@odata.type': '#microsoft.graph.serviceStatus', ...serviceStatusJson(context) });
};
