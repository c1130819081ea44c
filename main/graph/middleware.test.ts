import { expect, test } from 'vitest';
import { clientFaults } from './index.ts';
import { Exchange } from './exchange.ts';
import { failureOf, ORIGIN, ScriptedTokens, TENANT } from './testing/scripted-graph.ts';
import { ServiceRoot } from './service-root.ts';
import { realTiming } from './timing.ts';
import { Transport } from './transport.ts';

test('whatever address reaches the transport, no token is even asked for where it is not of Graph', async () => {
  const tokens = new ScriptedTokens();
  const transport = new Transport({
    root: new ServiceRoot(ORIGIN),
    tokens,
    fetch: () => Promise.reject(new Error('something left')),
    timing: realTiming(() => 0),
    timeoutMs: 1000,
  });
  for (const address of [
    'https://evil.example/v1.0/me',
    'http://graph.microsoft.com/v1.0/me',
    `https://x@${new URL(ORIGIN).host}/v1.0/me`,
  ]) {
    const exchange = new Exchange({
      tenantId: TENANT,
      address: new URL(address),
      scopes: [],
      signal: undefined,
      claims: undefined,
      forceRefresh: false,
    });
    expect(await failureOf(transport.send(exchange, { method: 'GET', effect: 'read' }))).toMatchObject({
      code: clientFaults.foreignOrigin,
      outcome: 'nothing-done',
    });
  }
  expect(tokens.asked).toEqual([]);
});
