import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alpine, startEntra } from './testing/entra-server.ts';
import type { EntraServer } from './testing/entra-server.ts';

let server: EntraServer;

beforeEach(async () => {
  server = await startEntra();
});

afterEach(() => server.stop());

describe('the discovery document', () => {
  it.each([
    [alpine.domain, alpine.id, alpine.id],
    [alpine.id.toUpperCase(), alpine.id, alpine.id],
    ['organizations', 'organizations', '{tenantid}'],
    ['common', 'common', '{tenantid}'],
  ])('of %s tells the tenant’s id and endpoints that are there', async (name, inAddresses, inIssuer) => {
    const response = await fetch(`${server.origin}/${name}/v2.0/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: `${server.origin}/${inIssuer}/v2.0`,
      authorization_endpoint: `${server.origin}/${inAddresses}/oauth2/v2.0/authorize`,
      token_endpoint: `${server.origin}/${inAddresses}/oauth2/v2.0/token`,
      jwks_uri: `${server.origin}/${inAddresses}/discovery/v2.0/keys`,
    });
    const keys = await fetch(`${server.origin}/${inAddresses}/discovery/v2.0/keys`);
    expect(await keys.json()).toEqual({ keys: [] });
  });

  it('is refused for a tenant that does not exist', async () => {
    const response = await fetch(`${server.origin}/nobody.example/v2.0/.well-known/openid-configuration`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request', error_codes: [90002] });
  });
});

describe('logout', () => {
  it('goes on to a loopback address and to no other', async () => {
    const logout = (to: string) =>
      fetch(`${server.origin}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent(to)}`, {
        redirect: 'manual',
      });
    expect((await logout('http://localhost:1234')).headers.get('location')).toBe('http://localhost:1234/');
    const elsewhere = await logout('https://attacker.example/');
    expect(elsewhere.status).toBe(200);
    expect(await elsewhere.text()).toContain('You signed out');
  });
});
