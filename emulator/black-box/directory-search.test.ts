/** Users, groups and sites, as their pages tell (user-list, group-list, group-get, site-search): what a console looks for to protect. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, nobody } from './administrator.ts';
import { entries, startClient, textOf } from './emulator-client.ts';
import type { Answer, EmulatorClient, Json } from './emulator-client.ts';

let client: EmulatorClient;
let token: string;
let people: readonly Json[];
beforeAll(async () => {
  client = await startClient({ tenants: 1, units: 40 });
  token = await client.token({ scopes: ['User.Read.All', 'Group.Read.All', 'Sites.Read.All'], roles: [] });
  people = entries((await client.control('GET', `/directory?tenantId=${client.tenantId}`)).body['people']);
});
afterAll(() => client.stop());

const ask = async (path: string, as = token): Promise<Answer> => client.graph('GET', path, undefined, { token: as });
const filtered = async (collection: 'users' | 'groups', filter: string): Promise<Answer> =>
  ask(`/${collection}?$filter=${encodeURIComponent(filter)}&$top=999`);
const namesOf = (answer: Answer): readonly string[] =>
  entries(answer.body['value']).map(entity => textOf(entity, 'displayName'));

describe('users', () => {
  test('are found by the beginning of their name or address, in any case', async () => {
    const name = textOf(people[0], 'displayName');
    const beginning = name.slice(0, 3).toUpperCase();
    const found = await filtered('users', `startswith(displayName,'${beginning}') or startswith(mail,'${beginning}')`);
    expect(namesOf(found)).toContain(name);
    for (const user of entries(found.body['value']))
      expect(['displayName', 'mail'].some(property => textOf(user, property).toUpperCase().startsWith(beginning))).toBe(
        true,
      );
  });

  test('come in pages and with the properties asked for', async () => {
    const first = await ask('/users?$top=2&$select=id,mail');
    expect(entries(first.body['value']).map(user => Object.keys(user).toSorted())).toEqual([
      ['id', 'mail'],
      ['id', 'mail'],
    ]);
    const next = new URL(textOf(first.body, '@odata.nextLink'));
    const second = await ask(`${next.pathname.replace('/v1.0', '')}${next.search}`);
    expect(entries(second.body['value'])).toHaveLength(2);
    expect(second.body['value']).not.toEqual(first.body['value']);
  });

  test('say whether the account is blocked, a guest, and licensed, where that is selected and only then', async () => {
    await client.control('POST', `/tenants/${client.tenantId}/entities`, {
      collection: 'users',
      value: [
        {
          id: nobody,
          displayName: 'Zacharias Guest',
          mail: 'zacharias@partner.example',
          accountEnabled: false,
          userType: 'Guest',
          assignedPlans: [{ service: 'exchange', capabilityStatus: 'Suspended' }],
        },
      ],
    });
    const path = `/users?$filter=${encodeURIComponent("startswith(displayName,'Zacharias Guest')")}`;
    const select = '&$select=id,accountEnabled,userType,assignedPlans';
    expect(entries((await ask(path + select)).body['value'])).toMatchObject([
      {
        id: nobody,
        accountEnabled: false,
        userType: 'Guest',
        assignedPlans: [{ service: 'exchange', capabilityStatus: 'Suspended' }],
      },
    ]);
    const [usual] = entries((await ask(path)).body['value']);
    expect(usual).toMatchObject({ id: nobody, displayName: 'Zacharias Guest' });
    expect(usual).not.toHaveProperty('accountEnabled');
    expect(usual).not.toHaveProperty('assignedPlans');
    const everybody = entries((await ask(`/users?$top=999${select}`)).body['value']);
    expect(everybody.filter(user => user['accountEnabled'] === true && user['userType'] === 'Member').length).toBe(
      everybody.length - 3,
    );
  });

  test('a quote in a name is doubled', async () => {
    expect((await filtered('users', "startswith(displayName,'O''Brien')")).status).toBe(200);
  });

  test.each([
    "contains(displayName,'a')",
    "startswith(city,'a')",
    "startswith(displayName,'a') and startswith(mail,'a')",
    "startswith(displayName,'a') or",
    "startswith(displayName,'a'",
    "displayName eq 'a'",
  ])('what needs advanced queries, or is none, is refused: %s', async filter => {
    expect(codeOf(await filtered('users', filter))).toBe('400 Request_UnsupportedQuery');
  });
});

test('groups are found by name, one by its id, and one that is not there is not found', async () => {
  const found = await filtered('groups', "startswith(displayName,'board') or startswith(mail,'board')");
  expect(namesOf(found)).toEqual(['Board']);
  const id = textOf(entries(found.body['value'])[0], 'id');
  expect((await ask(`/groups/${id}?$select=id,displayName`)).body).toMatchObject({ id, displayName: 'Board' });
  expect(codeOf(await ask(`/groups/${nobody}`))).toBe('404 Request_ResourceNotFound');
});

test('sites are found by all the words typed, and only with a search', async () => {
  const all = await ask('/sites?search=*&$top=999');
  const site = entries(all.body['value'])[0];
  const words = textOf(site, 'displayName').split(' ');
  const found = await ask(`/sites?search=${encodeURIComponent(`${words.at(-1)} ${words[0]}`)}&$top=999`);
  expect(entries(found.body['value'])).toContainEqual(site);
  expect(entries(found.body['value']).length).toBeLessThan(entries(all.body['value']).length);
  expect(entries((await ask('/sites?search=nothinglikethis')).body['value'])).toEqual([]);
  expect((await ask('/sites')).status).toBe(400);
});

test.each([
  ['/users', 'User.Read.All'],
  ['/groups', 'Group.Read.All'],
  [`/groups/${nobody}`, 'Group.Read.All'],
  ['/sites?search=*', 'Sites.Read.All'],
])('%s wants its own permission, and no role', async (path, scope) => {
  const scopes = ['User.Read.All', 'Group.Read.All', 'Sites.Read.All'];
  const others = await client.token({ scopes: scopes.filter(name => name !== scope), roles: [] });
  expect((await ask(path, others)).status).toBe(403);
  expect((await ask(path, await client.token({ scopes: [scope], roles: [] }))).status).not.toBe(403);
});
