import { expect, test } from 'vitest';
import { GraphError } from './index.ts';
import { failureOf, scriptedGraph, TENANT } from './testing/scripted-graph.ts';

const asked = async (body: unknown): Promise<string> => {
  const graph = scriptedGraph();
  graph.reply(() => Response.json(body, { status: 403 }));
  const failure = await failureOf(graph.client.forTenant(TENANT).service.fetchStatus());
  return failure instanceof GraphError ? failure.code : String(failure);
};

test('a publicError without the envelope is the service’s own word', async () => {
  expect(await asked({ code: 'Forbidden', message: 'No.', innerError: { code: 'more' } })).toBe('Forbidden');
  expect(await asked({ code: 'Forbidden', message: 'No.', details: [] })).toBe('Forbidden');
});

test('a code in the JSON of something between here and Graph is not', async () => {
  expect(await asked({ code: 'PROXY_DENIED', message: 'Sign in to this network first.' })).toBe(
    'clientUnreadableAnswer',
  );
});
