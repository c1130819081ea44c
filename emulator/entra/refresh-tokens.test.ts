import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issueRefreshToken, readRefreshToken } from './refresh-tokens.ts';
import { ada, app, home, startEntra } from './testing/entra-server.ts';
import type { EntraServer } from './testing/entra-server.ts';
import { answerOn, authorizeUrl } from './testing/raw-client.ts';

let server: EntraServer;

beforeEach(async () => {
  server = await startEntra();
});

afterEach(() => server.stop());

describe('a refresh token', () => {
  const grant = { clientId: app.clientId, userId: ada.objectId, issuedAt: 1_772_791_200 };

  it('carries what it stands for', () => {
    expect(readRefreshToken(server.tokens, issueRefreshToken(server.tokens, grant))).toEqual(grant);
  });

  it('is told from a token made for another use, be its claims the same', () => {
    const claims = server.tokens.open(issueRefreshToken(server.tokens, grant)) ?? {};
    expect(readRefreshToken(server.tokens, server.tokens.sign({ ...claims, use: 'session' }))).toBeUndefined();
    expect(readRefreshToken(server.tokens, server.tokens.sign({ ...claims, iat: '1' }))).toBeUndefined();
  });

  it('is no session of the browser', async () => {
    const cookie = `emulator_signed_in=${issueRefreshToken(server.tokens, grant)}`;
    const response = await fetch(authorizeUrl(server, home.id, { prompt: 'none' }), { headers: { cookie } });
    expect(answerOn(await response.text())).toMatchObject({ error: 'login_required' });
  });
});
