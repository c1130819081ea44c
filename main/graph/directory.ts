import type {
  DelegatedAdminCustomer as PublishedCustomer,
  Organization as PublishedOrganization,
  User,
} from '@microsoft/microsoft-graph-types';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import {
  asObject,
  fieldsOf,
  findObject,
  flag,
  type GraphObject,
  list,
  ShapeError,
  text,
  withoutUndefined,
} from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { scopes } from './scopes.ts';

/** The tenant itself. */
export interface Organization {
  readonly tenantId: TenantId;
  readonly name: string;
  /** Its default domain, or the first that is verified. */
  readonly domain?: string;
  readonly domains: readonly string[];
  readonly graph: GraphObject;
}

/** The signed-in user, as the tenant of the token knows them. */
export interface SignedInUser {
  readonly id: string;
  readonly name?: string;
  readonly userPrincipalName?: string;
  readonly graph: GraphObject;
}

/** A customer tenant that the technician's home tenant has a GDAP relationship with. */
export interface DelegatedAdminCustomer {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly graph: GraphObject;
}

const organizationFields = fieldsOf<PublishedOrganization>()({ id: text, displayName: text });
const userFields = fieldsOf<User>()({ id: text, displayName: text, userPrincipalName: text });
const customerFields = fieldsOf<PublishedCustomer>()({ id: text, tenantId: text, displayName: text });

/** The tenant's id, name and verified domains. (organization-list) */
export function fetchOrganizationRequest(): ReadRequest<Organization> {
  return {
    effect: 'read',
    method: 'GET',
    path: '/organization',
    scopes: [scopes.organizationRead],
    toValue: body => toOrganization(list.parse(asObject(body, 'the collection')['value'])[0]),
  };
}

function toOrganization(value: unknown): Organization {
  const graph = asObject(value, 'the organization');
  const { id, displayName } = organizationFields.parse(graph);
  if (id === undefined) throw new ShapeError('the organization has no id');
  const verified = list.parse(graph['verifiedDomains']).flatMap(value => {
    const domain = findObject(value);
    const name = text.parse(domain?.['name']);
    return name === undefined ? [] : [{ name, isDefault: flag.parse(domain?.['isDefault']) === true }];
  });
  const domains = verified.map(domain => domain.name);
  const domain = verified.find(domain => domain.isDefault)?.name ?? domains[0];
  return { tenantId: id, name: displayName ?? domain ?? id, ...withoutUndefined({ domain }), domains, graph };
}

/** The signed-in user. (user-get) */
export function fetchMeRequest(): ReadRequest<SignedInUser> {
  return {
    effect: 'read',
    method: 'GET',
    path: '/me',
    scopes: [scopes.userRead],
    toValue: body => {
      const graph = asObject(body, 'the user');
      const { id, displayName, userPrincipalName } = userFields.parse(graph);
      if (id === undefined) throw new ShapeError('the user has no id');
      return { id, ...withoutUndefined({ name: displayName, userPrincipalName }), graph };
    },
  };
}

/** The partner's customers; to be asked in the technician's home tenant. (tenantrelationship-list-delegatedadmincustomers) */
export function listCustomersRequest(): ReadRequest<Page<DelegatedAdminCustomer>> {
  return {
    effect: 'read',
    method: 'GET',
    path: '/tenantRelationships/delegatedAdminCustomers',
    scopes: [scopes.delegatedAdminRead],
    toValue: toPage(member => {
      const graph = asObject(member, 'the customer');
      const { id, tenantId, displayName } = customerFields.parse(graph);
      const customer = tenantId ?? id;
      if (customer === undefined) throw new ShapeError('the customer has no tenant id');
      return { tenantId: customer, name: displayName ?? customer, graph };
    }),
  };
}
