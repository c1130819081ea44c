import { describe, expect, test } from 'vitest';
import { toExample } from './published-forms.ts';

const facts = { name: 'the-file', isPreview: false };
const ROOT = '/solutions/backupRestore';
const answer = { status: 200, body: { id: 'x' } };
const read = (request: unknown, response: unknown = answer) => toExample({ request, response }, facts);

describe('what a file leaves out', () => {
  test('is told by the file, or is what it is for most', () => {
    expect(read({ method: 'GET', path: ROOT })).toEqual({
      name: 'the-file',
      version: 'v1.0',
      source: 'not told',
      repaired: false,
      request: { method: 'GET', path: ROOT },
      response: answer,
    });
  });

  test('no body, an empty one and null are none', () => {
    for (const body of [undefined, null, '', '  '])
      expect(read({ method: 'post', path: ROOT, body }, { status: 204, body }).request).toEqual({
        method: 'POST',
        path: ROOT,
      });
  });
});

describe('addresses', () => {
  test.each([
    [`https://graph.microsoft.com/v1.0${ROOT}/serviceApps`, `${ROOT}/serviceApps`, 'v1.0'],
    [`https://graph.microsoft.com/beta${ROOT}/activityLogs`, `${ROOT}/activityLogs`, 'beta'],
    [`/v1.0${ROOT}`, ROOT, 'v1.0'],
    [`beta${ROOT}/exclusionUnits`, `${ROOT}/exclusionUnits`, 'beta'],
    [`solutions/backuprestore/ProtectionPolicies/`, `/solutions/backuprestore/ProtectionPolicies`, 'v1.0'],
    [`/solutions${ROOT}/restoreSessions`, `${ROOT}/restoreSessions`, 'v1.0'],
    [`/backupRestore/driveProtectionUnits/a=`, `${ROOT}/driveProtectionUnits/a=`, 'v1.0'],
    [` ${ROOT}/siteInclusionRules `, `${ROOT}/siteInclusionRules`, 'v1.0'],
    [`${ROOT}/restorePoints?$filter=a lt b&amp;$top=1`, `${ROOT}/restorePoints?$filter=a lt b&$top=1`, 'v1.0'],
    [`${ROOT}/x/browse?$skiptoken=a/b?c`, `${ROOT}/x/browse?$skiptoken=a/b?c`, 'v1.0'],
  ])('%s', (path, below, version) => {
    const example = read({ method: 'GET', path });
    expect([example.request.path, example.version]).toEqual([below, version]);
  });

  test('a GUID in braces loses them; of placeholders the last is the id of the answer', () => {
    const guid = '71633878-8321-4950-bfaf-ed285bdd1461';
    expect(read({ method: 'POST', path: `${ROOT}/serviceApps/{${guid}}/activate` }).request.path).toBe(
      `${ROOT}/serviceApps/${guid}/activate`,
    );
    const { path } = read({
      method: 'POST',
      path: `${ROOT}/exchangeProtectionPolicies/{policyId}/rules/{ruleId}/run`,
    }).request;
    expect(path).toMatch(/\/exchangeProtectionPolicies\/[\da-f-]{36}\/rules\/x\/run$/);
  });
});

test('request and answer as HTTP snippets, their JSON with comments and a comma too many', () => {
  const example = read(
    `POST https://graph.microsoft.com/v1.0${ROOT}/enable HTTP/1.1\nContent-type: application/json\n\n{\n  // whose\n  "appOwnerTenantId": "a//b",\n}`,
    'HTTP/1.1 403 Operation Not Allowed\r\nRetry-After: 5\r\n\r\n{"error": {"code": "Forbidden", /* why */ "message": "no"}}',
  );
  expect(example.request).toEqual({
    method: 'POST',
    path: `${ROOT}/enable`,
    headers: { 'Content-type': 'application/json' },
    body: { appOwnerTenantId: 'a//b' },
  });
  expect(example.response).toEqual({
    status: 403,
    headers: { 'Retry-After': '5' },
    body: { error: { code: 'Forbidden', message: 'no' } },
  });
});

test.each([
  [[], 'it holds no JSON object'],
  [{ response: answer }, 'it has no request'],
  [{}, 'it has no request and no response'],
  [{ request: 7, response: answer }, 'its request is neither an object nor an HTTP snippet'],
  [{ request: { method: 'GET' }, response: answer }, 'its request has no path'],
  [{ request: { method: 'GET', path: ROOT }, response: {} }, 'its response has no status'],
  [{ request: { method: 'PUT', path: ROOT }, response: answer }, 'method'],
  [{ version: 'v2', request: { method: 'GET', path: ROOT }, response: answer }, 'version'],
  [{ request: { method: 'GET', path: ROOT, body: '{' }, response: answer }, 'JSON'],
])('%j is no example, and it is said why', (file, why) => {
  expect(() => toExample(file, facts)).toThrow(why);
});
