import { expect, test } from 'vitest';
import { headerProblems } from './answer-headers.ts';

const HOST = 'https://graph.microsoft.com/v1.0/solutions/backupRestore';
const problems = (documented: Record<string, string>, actual: Record<string, string>) =>
  headerProblems(documented, new Headers(actual));

test.each([
  [
    'other ids',
    { Location: `${HOST}/restoreSessions/1` },
    { location: '/v1.0/solutions/backuprestore/restoreSessions/2' },
  ],
  [
    'key syntax, and the typed collection for the base one',
    { 'Content-Location': `${HOST}/protectionPolicies('1')` },
    { 'content-location': `http://127.0.0.1:1/v1.0/solutions/backupRestore/sharePointProtectionPolicies/2` },
  ],
  ['a charset', { 'Content-type': 'application/json' }, { 'content-type': 'application/json; charset=utf-8' }],
  ['another wait', { 'Retry-After': '30' }, { 'retry-after': '1' }],
  ['headers that are not compared', { 'request-id': 'a', Date: 'b' }, {}],
])('%s is no difference', (_, documented, actual) => {
  expect(problems(documented, actual)).toEqual([]);
});

test.each([
  ['a missing address', { Location: `${HOST}/restoreSessions/1` }, {}, 'location is missing'],
  [
    'an address of something else',
    { 'Content-Location': `${HOST}/serviceApps/1` },
    { 'content-location': `${HOST}/restoreSessions/1` },
    'documented is',
  ],
  ['another type', { 'Content-Type': 'application/json' }, { 'content-type': 'text/plain' }, 'text/plain'],
  ['a missing wait', { 'Retry-After': '30' }, {}, 'retry-after is missing'],
  ['a wait that is none', { 'Retry-After': '30' }, { 'retry-after': 'soon' }, 'neither seconds'],
])('%s is told', (_, documented, actual, said) => {
  expect(problems(documented, actual).join()).toContain(said);
});
