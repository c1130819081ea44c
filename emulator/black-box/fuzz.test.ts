import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routes } from '../graph/routes.ts';
import { root, startClient } from './emulator-client.ts';
import type { EmulatorClient } from './emulator-client.ts';

const cases = 10_000;
const atOnce = 25;

let client: EmulatorClient;
beforeAll(async () => {
  client = await startClient({ units: 40 });
});
afterAll(() => client.stop());

const ids = fc.oneof(
  fc.uuid(),
  fc.constantFrom(
    '..',
    '%2e%2e',
    '..%2f..%2fetc%2fpasswd',
    "'",
    "')",
    '$value',
    '__proto__',
    'constructor',
    '%',
    '%00',
    ' ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map(encodeURIComponent),
);
const known = fc.constantFrom(
  ...[
    'protectionUnitIds',
    'displayName',
    'effectiveDateTime',
    'siteExpression',
    'mailboxExpression',
    'driveExpression',
  ],
  ...['siteProtectionUnits', 'siteProtectionUnits@delta', 'mailboxProtectionUnits@delta', 'isAutoApplyEnabled'],
  ...[
    'siteRestoreArtifacts',
    'mailboxRestoreArtifacts@delta',
    'granularDriveRestoreArtifacts',
    'restorePointId',
    'filter',
  ],
  ...['protectionTimePeriod', 'artifactQuery', 'recipients', 'appOwnerTenantId', 'siteWebUrls', 'mailboxes', 'orderBy'],
);
const values = fc.oneof(fc.jsonValue(), fc.array(fc.constant({ '@removed': null, id: 'x' }), { maxLength: 80 }));
const bodies = fc.oneof(
  fc.constant(''),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.jsonValue().map(value => JSON.stringify(value)),
  fc.dictionary(known, values, { maxKeys: 4 }).map(value => JSON.stringify(value)),
  fc.constant(`{"siteExpression":"${'('.repeat(3000)}"}`),
  fc.constant(JSON.stringify({ protectionUnitIds: Array.from({ length: 5000 }, () => '..') })),
);
const options = fc.oneof(
  fc.constant(''),
  fc
    .tuple(
      fc.constantFrom('$filter', '$top', '$skiptoken', '$select', '$orderby', '$expand', '$count'),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
    )
    .map(([name, value]) => `?${name}=${encodeURIComponent(value)}`),
);
const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'),
  template: fc.constantFrom(...routes.map(({ template }) => template), `${root}/nothing`, '/$batch'),
  ids: fc.tuple(ids, ids),
  body: bodies,
  options,
});

test(`${cases} requests of any kind are answered, none by a failure of the emulator's own`, async () => {
  const asked = fc.sample(requests, { numRuns: cases, seed: 20_261 });
  const statuses = new Map<number, number>();
  for (let at = 0; at < asked.length; at += atOnce) {
    await Promise.all(
      asked.slice(at, at + atOnce).map(async ({ method, template, ids: [first, second], body, options: query }) => {
        const path = template.replace('{id}', () => first).replace('{id}', () => second);
        const hasBody = method !== 'GET' && body !== '';
        const answer = await client.graph(method, `${path}${query}`, undefined, hasBody ? { rawBody: body } : {});
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status >= 500) throw new Error(`${method} ${path}${query} ${body.slice(0, 200)}: ${answer.text}`);
      }),
    );
  }
  const total = [...statuses.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBe(cases);
  expect((await client.graph('GET', root)).status).toBe(200);
}, 240_000);
