import { describe, expect, it } from 'vitest';
import { aJwt, aTenantId } from './testing/entra-stand-in.ts';
import { readTokenPerson, readTokenTenant } from './token-tenant.ts';

const A = aTenantId(1);

describe('the tenant that a token names', () => {
  it('is read in lower case', () => {
    expect(readTokenTenant(aJwt({ tid: A.toUpperCase() }))).toEqual({ form: 'jwt', tenantId: A });
  });

  it.each([
    ['no tid', aJwt({ oid: A })],
    ['a tid that is no text', aJwt({ tid: 7 })],
    ['a payload that is a list', `${aJwt({}).split('.')[0]}.W10.sig`],
    ['a payload that is no JSON', `${aJwt({}).split('.')[0]}.bm90anNvbg.sig`],
  ])('is missing in a JWT with %s', (_name, token) => {
    expect(readTokenTenant(token)).toEqual({ form: 'jwt', tenantId: undefined });
  });

  it.each(['', 'opaque', 'EwBAA8l6.BAAU', 'a.b.c', 'a.b.c.d.e'])('is not to be read from %j', token => {
    expect(readTokenTenant(token)).toEqual({ form: 'opaque' });
  });
});

describe('the person that a token names', () => {
  it('is the object id and the roles, and nothing else', () => {
    const token = aJwt({ tid: A, oid: 'person', wids: ['role'], upn: 'anna@msp.example' });
    expect(readTokenPerson(token)).toEqual({ objectId: 'person', roleIds: ['role'] });
  });

  it.each(['opaque', 'a.b.c', aJwt({ oid: 7 }), aJwt({ wids: 'role' })])('is nobody where %j tells none', token => {
    expect(readTokenPerson(token)).toEqual({});
  });
});
