import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ada, alpine, home, startEntra } from './testing/entra-server.ts';
import type { EntraServer } from './testing/entra-server.ts';
import { formsOf, headingOf, textOf } from './testing/page-reader.ts';
import { createVisitor } from './testing/page-visitor.ts';
import { answerOn, authorizeUrl, redeem, REDIRECT_URI, signIn } from './testing/raw-client.ts';
import type { Over } from './testing/raw-client.ts';

let server: EntraServer;

beforeEach(async () => {
  server = await startEntra();
});

afterEach(() => server.stop());

const open = (over: Over = {}, tenant = home.id) => fetch(authorizeUrl(server, tenant, over), { redirect: 'manual' });

const accountsOn = (page: string): string[] =>
  formsOf(page).flatMap(form => form.buttons.flatMap(({ name, label }) => (name === 'account' ? [label] : [])));

describe('the account page', () => {
  it('lists who may sign in: all at home, at a customer those with access', async () => {
    const atHome = await (await open()).text();
    expect(accountsOn(atHome)).toEqual([
      'Ada Lindqvist ada@msp.example',
      'Ben Okafor ben@msp.example',
      'Cleo <i>Marchetti</i> cleo@msp.example',
    ]);
    expect(textOf(atHome)).toContain('to continue to Backup console in Msp & Partners');
    expect(accountsOn(await (await open({}, alpine.id)).text())).toHaveLength(2);
    server.setRules(alpine, { noGdapAccess: true });
    expect(textOf(await (await open({}, alpine.id)).text())).toContain('No account may sign in here.');
  });

  it('shows the hinted account alone', async () => {
    expect(accountsOn(await (await open({ login_hint: 'BEN@msp.example' })).text())).toEqual([
      'Ben Okafor ben@msp.example',
    ]);
    const unknown = await (await open({ login_hint: 'nobody@msp.example' })).text();
    expect(accountsOn(unknown)).toHaveLength(3);
    expect(unknown).toContain('value="nobody@msp.example"');
  });

  it('lets nothing run but its own style and script, and loads nothing from elsewhere', async () => {
    const response = await open({ login_hint: '"><script>alert(1)</script>' });
    const page = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const nonce = /style-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(page).toContain(`<style nonce="${nonce}">`);
    expect(page).not.toMatch(/<script(?! nonce)/);
    expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(page).toContain('Cleo &lt;i&gt;Marchetti');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const other = (await open()).headers.get('content-security-policy') ?? '';
    expect(other).not.toContain(nonce);
  });

  it('takes no press of a button from another site', async () => {
    const press = (site: string) =>
      fetch(authorizeUrl(server, home.id), {
        method: 'POST',
        headers: { 'sec-fetch-site': site },
        body: new URLSearchParams({ account: ada.objectId }),
      });
    expect((await press('cross-site')).status).toBe(403);
    expect((await press('same-site')).status).toBe(403);
    expect((await press('same-origin')).status).toBe(200);
  });
});

describe('the answer', () => {
  it('is a form that posts itself to the application', async () => {
    const visitor = createVisitor(false);
    await visitor.open(authorizeUrl(server, home.id));
    const page = await visitor.press('Ada');
    expect(formsOf(page)[0]?.action).toBe(`${REDIRECT_URI}/`);
    expect(page).toMatch(/<script nonce="[^"]+">\s*document\.getElementById\('answer'\)\.submit\(\);?\s*<\/script>/);
    const answer = answerOn(page);
    expect(Object.keys(answer).toSorted()).toEqual(['client_info', 'code', 'session_state', 'state']);
    expect(answer['state']).toBe('a state & more');
    expect(JSON.parse(Buffer.from(answer['client_info'] ?? '', 'base64url').toString())).toEqual({
      uid: ada.objectId,
      utid: home.id,
    });
  });

  it('may be posted to the application alone', async () => {
    const response = await fetch(authorizeUrl(server, home.id), {
      method: 'POST',
      body: new URLSearchParams({ account: ada.objectId }),
    });
    expect(response.headers.get('content-security-policy')).toContain(`form-action ${REDIRECT_URI};`);
  });

  it.each([
    ['query', '?'],
    ['fragment', '#'],
    [undefined, '?'],
  ])('by response_mode %s is a redirect', async (mode, mark) => {
    const response = await fetch(authorizeUrl(server, home.id, { response_mode: mode }), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ account: ada.objectId }),
    });
    expect(response.status).toBe(302);
    const [address, answer] = (response.headers.get('location') ?? '').split(mark);
    expect(address).toBe(`${REDIRECT_URI}/`);
    expect(new URLSearchParams(answer).get('state')).toBe('a state & more');
    const reply = await redeem(server, home.id, new URLSearchParams(answer).get('code') ?? '');
    expect(reply.status).toBe(200);
  });

  it('has no client_info and no state where none was asked', async () => {
    const answer = await signIn(server, home.id, ['Ada'], { client_info: undefined, state: undefined });
    expect(Object.keys(answer).toSorted()).toEqual(['code', 'session_state']);
  });

  it('says that the person cancelled', async () => {
    expect(await signIn(server, home.id, ['Cancel'])).toMatchObject({
      error: 'access_denied',
      error_subcode: 'cancel',
      state: 'a state & more',
    });
  });
});

describe('a refusal before the redirect URI is known to be good', () => {
  it.each([
    [{ redirect_uri: 'https://attacker.example/' }, 50011],
    [{ redirect_uri: 'http://127.0.0.1:61234' }, 50011],
    [{ redirect_uri: 'http://localhost:61234/elsewhere' }, 50011],
    [{ redirect_uri: undefined }, 900144],
    [{ client_id: undefined }, 900144],
    [{ client_id: '0badc11e-0000-4000-8000-000000000002' }, 700016],
    [{ response_mode: 'web_message' }, 70007],
  ])('%j: AADSTS%i stays in the browser', async (over, code) => {
    const response = await open(over);
    const page = await response.text();
    expect(response.status).toBe(400);
    expect(headingOf(page)).toBe('Sorry, signing in failed');
    expect(textOf(page)).toContain(`AADSTS${code}`);
    expect(formsOf(page)).toEqual([]);
    expect(response.headers.get('location')).toBeNull();
  });

  it('stays there for an unknown tenant and for a parameter that comes twice', async () => {
    expect(textOf(await (await open({}, 'nobody.example')).text())).toContain('AADSTS90002');
    const twice = await fetch(
      `${authorizeUrl(server, home.id)}&redirect_uri=${encodeURIComponent('http://localhost:1')}`,
    );
    expect(textOf(await twice.text())).toContain('AADSTS9002313');
  });

  it('can not be slipped past by pressing a button', async () => {
    const response = await fetch(authorizeUrl(server, home.id, { redirect_uri: 'https://attacker.example/' }), {
      method: 'POST',
      body: new URLSearchParams({ account: ada.objectId }),
    });
    expect(await response.text()).not.toContain('name="code"');
  });
});

describe('a refusal after that', () => {
  it.each([
    [{ response_type: 'token' }, 'unsupported_response_type', 70005],
    [{ response_type: undefined }, 'invalid_request', 900144],
    [{ scope: undefined }, 'invalid_request', 900144],
    [{ scope: 'openid BackupRestore-Serach.Read.All' }, 'invalid_client', 650053],
    [{ code_challenge_method: 'plain' }, 'invalid_request', 501491],
    [{ code_challenge: 'short' }, 'invalid_request', 501491],
    [{ code_challenge: undefined }, 'invalid_request', 501491],
    [{ prompt: 'please' }, 'invalid_request', 9002313],
  ])('%j goes to the application: %s, AADSTS%i', async (over, error, code) => {
    const answer = answerOn(await (await open(over)).text());
    expect(answer).toMatchObject({ error, state: 'a state & more' });
    expect(answer['error_description']).toContain(`AADSTS${code}:`);
    expect(answer['error_uri']).toContain(`code=${code}`);
  });
});

describe('consent', () => {
  const WRITE = { scope: 'openid https://graph.microsoft.com/BackupRestore-Restore.ReadWrite.All' };

  it('can not be given by posting what the page did not offer', async () => {
    const press = (fields: Record<string, string>) =>
      fetch(authorizeUrl(server, alpine.id, WRITE), { method: 'POST', body: new URLSearchParams(fields) });
    const page = await (await press({ account: 'ben@msp.example', consent: 'accept' })).text();
    expect(headingOf(page)).toBe('Need admin approval');
    server.setRules(alpine, { consentMissing: true });
    expect(headingOf(await (await press({ account: ada.objectId, consent: 'accept' })).text())).toBe(
      'Need admin approval',
    );
    expect(server.directory.findTenant(alpine.id)?.consentedScopes).toEqual(alpine.consentedScopes);
  });

  it('is asked once more with prompt=consent', async () => {
    const visitor = createVisitor(false);
    await visitor.open(authorizeUrl(server, alpine.id, { prompt: 'consent' }));
    expect(headingOf(await visitor.press('Ada'))).toBe('Permissions requested');
    expect(answerOn(await visitor.press('Accept'))).toHaveProperty('code');
  });

  it('to .default is asked for all that the application lists, where nothing is consented', async () => {
    server.directory.changeTenant(alpine.id, { consentedScopes: [] });
    const visitor = createVisitor(false);
    await visitor.open(authorizeUrl(server, alpine.id, { scope: 'openid https://graph.microsoft.com/.default' }));
    expect(textOf(await visitor.press('Ada'))).toContain('BackupRestore-Configuration.Read.All');
    await visitor.press('Accept');
    expect(server.directory.findTenant(alpine.id)?.consentedScopes.toSorted()).toEqual(home.consentedScopes.toSorted());
  });

  it('and a second factor come one after the other', async () => {
    server.setRules(alpine, { interactionRequired: true });
    const visitor = createVisitor(false);
    await visitor.open(authorizeUrl(server, alpine.id, WRITE));
    expect(headingOf(await visitor.press('Ada'))).toBe('Approve sign-in');
    expect(headingOf(await visitor.press('Approve'))).toBe('Permissions requested');
    expect(answerOn(await visitor.press('Accept'))).toHaveProperty('code');
  });
});

describe('prompt=none', () => {
  it('answers without a page once the browser knows who signed in', async () => {
    const visitor = createVisitor(false);
    const silently = (tenant: string, over: Over = {}) =>
      visitor.open(authorizeUrl(server, tenant, { prompt: 'none', ...over })).then(answerOn);
    expect(await silently(home.id)).toMatchObject({ error: 'login_required' });
    await visitor.open(authorizeUrl(server, home.id));
    await visitor.press('Ada');
    expect((await redeem(server, alpine.id, (await silently(alpine.id))['code'] ?? '')).status).toBe(200);

    expect(await silently(home.id, { login_hint: 'ben@msp.example' })).toMatchObject({ error: 'login_required' });
    expect(await silently(home.id, { scope: 'openid User.Read' })).toMatchObject({ error: 'consent_required' });
    server.setRules(alpine, { conditionalAccess: true });
    expect(await silently(alpine.id)).toMatchObject({ error: 'interaction_required', suberror: 'message_only' });

    await visitor.open(`${server.origin}/common/oauth2/v2.0/logout`);
    expect(await silently(home.id)).toMatchObject({ error: 'login_required' });
  });
});
