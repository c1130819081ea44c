import { expect, test } from 'vitest';
import { createGraphClient, realTiming } from '../main/graph/index.ts';
import { clientCoverage } from './coverage.ts';

const tenant = createGraphClient({
  graphOrigin: 'https://graph.microsoft.com',
  tokens: {
    accessToken: async () => {
      throw new Error('nobody asks');
    },
  },
  fetch: globalThis.fetch,
  timing: realTiming(() => 0),
}).forTenant('tenant');

/** The functions of a tenant's client, as `group.function`. */
const functions = Object.entries(tenant).flatMap(([group, calls]) =>
  typeof calls === 'object' ? Object.keys(calls).map(name => `${group}.${name}`) : [],
);

test('each function in the table is there', () => {
  expect([...new Set(Object.values(clientCoverage()).flat())].filter(name => !functions.includes(name))).toEqual([]);
});

test('each function that speaks an endpoint of Backup Storage is in the table', () => {
  const inTable = new Set(Object.values(clientCoverage()).flat());
  const others = functions.filter(name => !inTable.has(name) && !name.includes('.settle'));
  // The directory's, which are no part of Backup Storage.
  expect(others).toEqual([
    'organization.fetch',
    'me.fetch',
    'directory.searchUsers',
    'directory.searchGroups',
    'directory.searchSites',
    'directory.listUsers',
    'directory.listSites',
    'delegatedAdminCustomers.list',
  ]);
});
