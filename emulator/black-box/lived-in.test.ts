import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from './administrator.ts';
import { entries, part, root, startClient, testStart, textOf } from './emulator-client.ts';
import type { Answer, EmulatorClient, Json } from './emulator-client.ts';

const documentedErrors = [
  'UnknownError',
  'ArtifactNotFound',
  'InvalidRestoreTime',
  'ArtifactCannotBeRestored',
  'DuplicateArtifactRestoreRequest',
];
const collections = {
  '#microsoft.graph.sharePointRestoreSession': ['sharePointRestoreSessions', 'siteRestoreArtifacts'],
  '#microsoft.graph.oneDriveForBusinessRestoreSession': ['oneDriveForBusinessRestoreSessions', 'driveRestoreArtifacts'],
  '#microsoft.graph.exchangeRestoreSession': ['exchangeRestoreSessions', 'mailboxRestoreArtifacts'],
} as const;

let client: EmulatorClient;
beforeAll(async () => {
  client = await startClient({ livedIn: true, tenants: 3, units: 200 });
});
afterAll(() => client.stop());

const headers = { prefer: 'include-unknown-enum-members' };
const askIn = async (tenantId: string, path: string): Promise<Answer> =>
  client.graph('GET', `${root}${path}`, undefined, { token: await client.token({ tenantId }), headers });
const sessionsIn = async (tenantId: string): Promise<readonly Json[]> =>
  entries((await askIn(tenantId, '/restoreSessions?$top=999')).body['value']);
const customers = () => client.ready.tenants.slice(1);

describe('every customer', () => {
  test('has restores of colleagues behind it, some of which failed as is documented', async () => {
    for (const { id, displayName } of customers().slice(0, 2)) {
      const sessions = await sessionsIn(id);
      expect(sessions.length, displayName).toBeGreaterThanOrEqual(6);
      const statuses = new Set(sessions.map(({ status }) => status));
      expect(statuses).toEqual(new Set(['completed', 'completedWithError', 'failed']));
      expect(new Set(sessions.map(session => session['@odata.type'])).size).toBe(3);
      const codes: string[] = [];
      for (const session of sessions) {
        expect(Date.parse(textOf(session, 'completedDateTime'))).toBeLessThan(testStart - 2 * day * 1000);
        expect(part(session, 'createdBy', 'user', 'id')).not.toBe(client.ready.users[0]?.objectId);
        const type = textOf(session, '@odata.type') as keyof typeof collections;
        const [collection, artifacts] = collections[type];
        const list = await askIn(id, `/${collection}/${textOf(session, 'id')}/${artifacts}?$top=999`);
        for (const artifact of entries(list.body['value'])) {
          expect(['succeeded', 'failed']).toContain(artifact['status']);
          const pointAt = textOf(artifact, 'restorePoint', 'protectionDateTime');
          expect(pointAt < textOf(session, 'createdDateTime')).toBe(true);
          if (artifact['status'] === 'failed') codes.push(textOf(artifact, 'error', 'code'));
        }
      }
      expect(new Set(codes)).toEqual(new Set(documentedErrors));
    }
  });

  test('has the same past in every world of the seed, and other ids given later than without it are none', async () => {
    const again = await startClient({ livedIn: true, tenants: 3, units: 200 });
    const plain = await startClient({ tenants: 3, units: 200 });
    try {
      const told = async (other: EmulatorClient) =>
        (await other.graph('GET', `${root}/restoreSessions?$top=999`, undefined, { headers })).body['value'];
      expect(await told(again)).toEqual(await told(client));
      expect(await told(plain)).toEqual([]);
      const made = async (other: EmulatorClient) =>
        textOf((await other.graph('POST', `${root}/exchangeRestoreSessions`)).body, 'id');
      expect(await made(again)).toBe(await made(plain));
    } finally {
      await again.stop();
      await plain.stop();
    }
  });
});

test('the last customer throttles who asks much, and lets in again', async () => {
  const last = customers().at(-1)?.id ?? '';
  const token = await client.token({ tenantId: last });
  const ask = () => client.graph('GET', '/me', undefined, { token });
  const answers = await Promise.all(Array.from({ length: 60 }, ask));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(20);
  expect(refused.length).toBeLessThan(60);
  for (const answer of refused) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  const others = await Promise.all(Array.from({ length: 60 }, () => client.graph('GET', '/me')));
  expect(others.every(({ status }) => status === 200)).toBe(true);
});
