import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EntraNetwork } from './entra-network.ts';
import { HandClock } from './testing/hand-clock.ts';

const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (request.url === '/t/moved') response.writeHead(307, { location: '/t/elsewhere' }).end();
  else
    response
      .writeHead(200, { 'content-type': 'application/json', 'X-Ms-Request-Id': 'r1' })
      .end('{"access_token":"x"}');
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  origin = `http://127.0.0.1:${address.port}`;
});

afterAll(() => {
  server.close();
});

describe("MSAL's requests", () => {
  const aNetwork = () => new EntraNetwork({ fetch: globalThis.fetch, clock: new HandClock(), timeoutSeconds: 30 });

  it('bring back status, headers in lower case, and the body', async () => {
    const answer = await aNetwork().sendPostRequestAsync(`${origin}/t/token`, {
      body: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-ms-request-id': 'r1' }, body: { access_token: 'x' } });
  });

  it('follow no redirect: the refresh token goes to one address only', async () => {
    await expect(
      aNetwork().sendPostRequestAsync(`${origin}/t/moved`, { body: 'refresh_token=secret' }),
    ).rejects.toMatchObject({ reason: 'notFromEntra', status: 307 });
    expect(asked).toContain('/t/moved');
    expect(asked).not.toContain('/t/elsewhere');
  });

  it('take a redirect that the host hides for no lost network', async () => {
    const network = new EntraNetwork({
      fetch: async () => Response.error(),
      clock: new HandClock(),
      timeoutSeconds: 30,
    });
    await expect(network.sendPostRequestAsync(`${origin}/t/token`)).rejects.toMatchObject({
      reason: 'notFromEntra',
      status: 0,
    });
  });

  it('leave no timer and no listener behind', async () => {
    const clock = new HandClock();
    const network = new EntraNetwork({ fetch: globalThis.fetch, clock, timeoutSeconds: 30 });
    await network.getJson(new URL(`${origin}/t/token`));
    await expect(network.getJson(new URL(`${origin}/t/moved`))).rejects.toMatchObject({ reason: 'notFromEntra' });
    expect(clock.waiting).toBe(0);
  });
});
