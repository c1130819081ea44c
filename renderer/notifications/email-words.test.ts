import { describe, expect, it } from 'vitest';
import {
  enabledInWords,
  eventsInWords,
  problemInWords,
  recipientsOf,
  rolesInWords,
  whyNotEmail,
} from './email-words.ts';

const setting = { additionalEvents: [], roles: ['custom'], recipients: [], askedAt: 0 };
const here = { isOffline: false, isSignedOut: false };

describe('the e-mail setting in words', () => {
  it('says what the service does not say, and keeps its new words', () => {
    expect(enabledInWords(setting)).toBe('The service does not say');
    expect(eventsInWords(setting)).toBe('Nothing more');
    expect(eventsInWords({ ...setting, additionalEvents: ['restoreAndPolicyUpdates', 'newWord'] })).toBe(
      'Restores and changes of policies and newWord',
    );
    expect(rolesInWords({ roles: ['globalAdmins', 'newRole'] })).toBe('Global administrators and newRole');
    expect(
      recipientsOf({ ...setting, recipients: [{ email: 'a@b.example' }, { displayName: 'A group' }, {}] }),
    ).toEqual(['a@b.example', 'A group', 'Somebody without an address']);
  });

  it('says why a list may be refused', () => {
    expect(problemInWords({ code: 'ROLE_NOT_CUSTOM', severity: 'warning', roles: ['allAdmins'] }).text).toContain(
      'read-only for partner apps',
    );
  });
});

it('a change waits for a connection, an account, the tenant’s leave and its control', () => {
  const tenant = { displayName: 'Contoso', controller: { by: 'ours' } } as const;
  expect(whyNotEmail(tenant, here)).toBeUndefined();
  expect(whyNotEmail(tenant, { ...here, isOffline: true })).toMatch(/^Needs a connection/);
  expect(whyNotEmail(tenant, { ...here, isSignedOut: true })).toMatch(/^Needs an account/);
  expect(whyNotEmail({ ...tenant, readOnly: { sinceAt: 0, by: 'x' } }, here)).toMatch(/read-only/);
  for (const by of ['pending', 'anotherApp', 'microsoft', 'nobody'] as const)
    expect(whyNotEmail({ ...tenant, controller: { by } }, here)).toBeDefined();
});
