import { expect, test } from 'vitest';
import { contradictedMembers, documentedStatuses } from './documented-statuses.ts';
import type { Example } from './example.ts';

const exampleOf = (method: Example['request']['method'], path: string, status: number): Example => ({
  name: 'n',
  version: 'v1.0',
  source: 's',
  repaired: false,
  request: { method, path: `/solutions/backupRestore/${path}` },
  response: { status },
});

test.each([
  ['POST', 'serviceApps', 201, [201, 202]],
  ['POST', 'exchangeProtectionPolicies/1/mailboxInclusionRules', 201, [200, 201]],
  ['POST', 'sharepointprotectionpolicies/1/siteInclusionRules/2/run', 202, [200, 202]],
  ['POST', 'oneDriveForBusinessProtectionPolicies/1/driveInclusionRules/2/deleteAndUnprotect', 200, [200, 202]],
  ['GET', 'serviceApps', 200, [200]],
  ['POST', 'serviceApps', 403, [403]],
  ['POST', 'restoreSessions/1/activate', 200, [200]],
] as const)('%s %s, shown with %i: any of %j', (method, path, status, statuses) => {
  expect(documentedStatuses(exampleOf(method, path, status))).toEqual(statuses);
});

test('only a new session is a draft whatever its example says', () => {
  expect(contradictedMembers(exampleOf('POST', 'sharePointRestoreSessions', 201))).toEqual(['activating']);
  expect(contradictedMembers(exampleOf('POST', 'restoreSessions/1/activate', 200))).toEqual([]);
});
