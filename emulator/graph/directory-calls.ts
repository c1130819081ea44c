/** What of Graph's directory a backup console asks for: the organisation, the caller, the partner's customers. */
import { fromMilliseconds, toText } from '../instant.ts';
import { guid } from '../seeded-random.ts';
import { listed, page, selected } from './collection.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { GraphError, notFound } from './graph-error.ts';

const tenantOf = (context: GraphContext) => {
  const tenant = context.world.directory.findTenant(context.tenant.id);
  if (tenant === undefined) throw notFound('The tenant is gone.');
  return tenant;
};

export const listOrganizations = (context: GraphContext): GraphAnswer => {
  const { id, displayName, domain } = tenantOf(context);
  const organization = {
    id,
    displayName,
    tenantType: 'AAD',
    createdDateTime: toText(fromMilliseconds(Date.UTC(2021, 3, 12, 8))),
    verifiedDomains: [
      {
        name: domain,
        isDefault: true,
        isInitial: true,
        type: 'Managed',
        capabilities: 'Email, OfficeCommunicationsOnline',
      },
    ],
  };
  return page(context, listed([organization]), entry => entry);
};

export const getMe = (context: GraphContext): GraphAnswer => {
  const user = context.world.directory.findUser(context.caller.oid);
  if (user === undefined)
    throw new GraphError(404, 'Request_ResourceNotFound', 'The signed-in user is not in this directory.');
  return json(200, {
    '@odata.context': linkTo(context, '/$metadata#users/$entity'),
    ...selected(context, {
      id: user.objectId,
      userPrincipalName: user.userPrincipalName,
      displayName: user.displayName,
      mail: user.userPrincipalName,
    }),
  });
};

/** Only the partner's own tenant has customers. */
export const listCustomers = (context: GraphContext): GraphAnswer => {
  const { directory, seed } = context.world;
  const customers = directory
    .listTenants()
    .filter(tenant => tenant.role === 'customer' && tenantOf(context).role === 'home')
    .map(({ id, displayName }) => ({ id: guid(seed, 'customer relation', id), tenantId: id, displayName }));
  return page(context, listed(customers), customer => ({
    '@odata.type': '#microsoft.graph.delegatedAdminCustomer',
    ...customer,
  }));
};
