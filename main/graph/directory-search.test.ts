import { describe, expect, test } from 'vitest';
import { fetchGroupRequest, searchGroupsRequest, searchSitesRequest, searchUsersRequest } from './directory-search.ts';

const queryOf = (path: string): Record<string, string> =>
  Object.fromEntries(new URL(path, 'https://graph.microsoft.com').searchParams);

describe('what is asked of the directory', () => {
  test('users by the beginning of name, address and user principal name; what was typed stays a text', () => {
    const { path, scopes } = searchUsersRequest("O'Brien & x=1#");
    expect(queryOf(path)).toEqual({
      $filter:
        "startswith(displayName,'O''Brien & x=1#') or startswith(mail,'O''Brien & x=1#') or startswith(userPrincipalName,'O''Brien & x=1#')",
      $select: 'id,displayName,mail,userPrincipalName,accountEnabled',
      $top: '25',
    });
    expect(scopes).toEqual(['https://graph.microsoft.com/User.Read.All']);
  });

  test('groups and sites, each with a permission of its own', () => {
    expect(queryOf(searchGroupsRequest('Board').path)['$filter']).toBe(
      "startswith(displayName,'Board') or startswith(mail,'Board')",
    );
    expect(queryOf(searchSitesRequest('Finance & co').path)['search']).toBe('Finance & co');
    expect(searchSitesRequest('x').scopes).toEqual(['https://graph.microsoft.com/Sites.Read.All']);
    expect(fetchGroupRequest('../users').path).toBe(
      '/groups/..%2Fusers?%24select=id%2CdisplayName%2Cmail'.replaceAll('%24', '$'),
    );
  });
});

describe('what is answered', () => {
  const page = (...value: object[]) => ({ value });

  test('an address is the e-mail address, or the user principal name; a name may be missing', () => {
    const { items, unreadable } = searchUsersRequest('a').toValue(
      page(
        { id: '1', displayName: 'Ada', mail: null, userPrincipalName: 'ada@x', accountEnabled: false },
        { id: '2', mail: 'b@x' },
        { displayName: 'Nobody' },
      ),
    );
    expect(items).toMatchObject([
      { type: 'user', id: '1', name: 'Ada', address: 'ada@x', isEnabled: false },
      { id: '2', name: 'b@x', address: 'b@x' },
    ]);
    expect(unreadable).toHaveLength(1);
  });

  test('sites and groups', () => {
    expect(
      searchSitesRequest('a').toValue(page({ id: 's', name: 'finance', webUrl: 'https://x/f' })).items,
    ).toMatchObject([{ type: 'site', id: 's', name: 'finance', address: 'https://x/f' }]);
    expect(searchGroupsRequest('a').toValue(page({ id: 'g', displayName: 'Board' })).items).toMatchObject([
      { type: 'group', id: 'g', name: 'Board' },
    ]);
  });
});
