import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkFiles } from './check-files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: unknown): void =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
const ROOT = '/solutions/backupRestore';
const app = { id: '71633878-8321-4950-bfaf-ed285bdd1461', status: 'active' };
const getApp = {
  request: { method: 'GET', path: `${ROOT}/serviceApps/${app.id}` },
  response: { status: 200, body: app },
};

test('each file counts once: what is no example fails with the reason, and the others are asked', async () => {
  mkdirSync(join(folder, 'beta'));
  put('a-whole.json', { ...getApp, name: 'same' });
  put('b-same-name.json', { ...getApp, name: 'same' });
  put('c-snippets.json', {
    request: `GET https://graph.microsoft.com/v1.0${ROOT}/serviceApps/${app.id}`,
    response: `HTTP/1.1 200 OK\n\n${JSON.stringify(app)}`,
  });
  put('beta/d-preview.json', {
    request: {
      method: 'GET',
      path: `https://graph.microsoft.com/beta${ROOT}/reports/getStatisticsByPolicy(policyId='x')`,
    },
    response: { status: 200, body: { value: [{ backupPolicyId: 'x', countStatistics: { total: 3 } }] } },
  });
  put('e-broken.json', '{"request": ');
  put('f-other.json', { examples: [] });
  put('g-wrong.json', { ...getApp, response: { status: 404, body: { error: { code: 'c', message: 'm' } } } });
  put('h-elsewhere.json', { ...getApp, request: { method: 'GET', path: '/me' } });
  put('notes.txt', 'none of them');
  const { passed, failures } = await checkFiles(folder);
  expect(passed).toBe(4);
  expect(failures.map(({ file, problems }) => [basename(file), problems.join()])).toEqual([
    ['e-broken.json', expect.stringMatching(/^file: .*JSON/)],
    ['f-other.json', 'file: it has no request and no response'],
    ['g-wrong.json', expect.stringMatching(/^emulator: status is 200, documented is 404/)],
    [
      'h-elsewhere.json',
      expect.stringMatching(/^emulator: status is .*,client: the client has no function for GET \/me$/),
    ],
  ]);
}, 60_000);

test('a folder without examples has none that passed', async () => {
  expect(await checkFiles(folder)).toEqual({ passed: 0, failures: [] });
});
