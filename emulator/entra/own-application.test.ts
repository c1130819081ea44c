import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alpine, app, bellows, startEntra } from './testing/entra-server.ts';
import type { EntraServer } from './testing/entra-server.ts';
import { asApplication, authorizeUrl, redeem, refresh, signIn } from './testing/raw-client.ts';
import type { TokenReply } from './testing/raw-client.ts';

const OWN = { clientId: '77777777-7777-4777-8777-777777777777', displayName: 'Alpine restores' };
const own = { client_id: OWN.clientId };
const NO_GRANT = [400, 'invalid_grant', [70000]];
const UNKNOWN_APPLICATION = [400, 'unauthorized_client', [700016]];

let server: EntraServer;

beforeEach(async () => {
  server = await startEntra();
  server.directory.changeTenant(alpine.id, { ownApplication: OWN });
});

afterEach(() => server.stop());

const refusalIn = ({ status, body }: TokenReply) => [status, body['error'], body['error_codes']];
const codeOf = async (tenant: string, over = {}) => (await signIn(server, tenant, ['Ada'], over))['code'] ?? '';
const textIn = ({ body }: TokenReply, name: string) => String(body[name]);

describe('a tenant with an application of its own', () => {
  it('gives tokens to it, in its name, and renews them', async () => {
    const first = await redeem(server, alpine.id, await codeOf(alpine.id, own), own);
    const second = await refresh(server, alpine.id, textIn(first, 'refresh_token'), own);
    for (const reply of [first, second]) {
      expect(reply.status).toBe(200);
      expect(server.tokens.open(textIn(reply, 'access_token'))).toMatchObject({ appid: OWN.clientId, tid: alpine.id });
    }
    expect(server.tokens.open(textIn(first, 'id_token'))).toMatchObject({ aud: OWN.clientId });
  });

  it('knows the registered one no more: not at the page, not for a refresh token, not for the application itself', async () => {
    expect(await (await fetch(authorizeUrl(server, alpine.id))).text()).toContain('AADSTS700016');
    const elsewhere = await redeem(server, bellows.id, await codeOf(bellows.id));
    expect(refusalIn(await refresh(server, alpine.id, textIn(elsewhere, 'refresh_token')))).toEqual(
      UNKNOWN_APPLICATION,
    );
    expect(refusalIn(await asApplication(server, alpine.id))).toEqual(UNKNOWN_APPLICATION);
  });

  it('is alone in knowing it: other tenants and organizations know the registered one', async () => {
    for (const tenant of [bellows.id, 'organizations'])
      expect(await (await fetch(authorizeUrl(server, tenant, own))).text()).toContain('AADSTS700016');
  });

  it('shares no code and no refresh token with another application', async () => {
    const code = await codeOf(alpine.id, own);
    const { body } = await redeem(server, alpine.id, await codeOf(alpine.id, own), own);
    server.directory.changeTenant(alpine.id, { ownApplication: undefined });
    expect(refusalIn(await redeem(server, alpine.id, code))).toEqual(NO_GRANT);
    expect(refusalIn(await refresh(server, alpine.id, String(body['refresh_token'])))).toEqual(NO_GRANT);
    expect((await redeem(server, alpine.id, await codeOf(alpine.id))).status).toBe(200);
  });

  it('is named on the page', async () => {
    expect(await (await fetch(authorizeUrl(server, alpine.id, own))).text()).toContain(OWN.displayName);
    expect(await (await fetch(authorizeUrl(server, bellows.id))).text()).toContain(app.displayName);
  });
});
