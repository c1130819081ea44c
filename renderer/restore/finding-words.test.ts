import { describe, expect, it } from 'vitest';
import { Finding } from '../../shared/contract/plans.ts';
import { findingInWords } from './finding-words.ts';

const context = { moment: (at: number) => `moment ${at}`, tenantName: 'Contoso Nordics Oy' };

const one: { readonly [C in Finding['code']]: Extract<Finding, { code: C }> } = {
  OFFLINE: { code: 'OFFLINE', severity: 'stop' },
  TENANT_READ_ONLY: { code: 'TENANT_READ_ONLY', severity: 'stop', sinceAt: 7, by: 'anna@msp.example' },
  NOT_CONTROLLER: { code: 'NOT_CONTROLLER', severity: 'stop', controller: 'anotherApp' },
  SERVICE_LOCKED: { code: 'SERVICE_LOCKED', severity: 'stop', status: 'restoreLocked' },
  OTHER_SESSIONS_UNTOLD: { code: 'OTHER_SESSIONS_UNTOLD', severity: 'warning', sessions: 1 },
  STANDING_UNKNOWN: { code: 'STANDING_UNKNOWN', severity: 'warning' },
  ROLE_MISSING: { code: 'ROLE_MISSING', severity: 'warning', kinds: ['site', 'mailbox'] },
  ROLE_UNKNOWN: { code: 'ROLE_UNKNOWN', severity: 'note' },
  CONSENT_MISSING: { code: 'CONSENT_MISSING', severity: 'stop', scopes: ['BackupRestore-Restore.ReadWrite.All'] },
  SIGN_IN_NEEDED: { code: 'SIGN_IN_NEEDED', severity: 'stop' },
  UNITS_IN_OTHER_SESSION: {
    code: 'UNITS_IN_OTHER_SESSION',
    severity: 'stop',
    units: 5,
    unitIds: ['a'],
    names: ['A', 'B', 'C', 'D', 'E'],
    sessionIds: ['s'],
  },
  NO_OTHER_SESSION: { code: 'NO_OTHER_SESSION', severity: 'ok', checkedAt: 7, activeSessions: 1 },
  SESSIONS_FULL: { code: 'SESSIONS_FULL', severity: 'stop', activeSessions: 24, wanted: 3, limit: 25 },
  MANY_SESSIONS: { code: 'MANY_SESSIONS', severity: 'warning', activeSessions: 4, wanted: 3, advised: 5 },
  MANY_ARTIFACTS: { code: 'MANY_ARTIFACTS', severity: 'warning', kind: 'drive', artifacts: 120, advised: 100 },
  TOO_MANY_ARTIFACTS: { code: 'TOO_MANY_ARTIFACTS', severity: 'stop', kind: 'drive', artifacts: 1_200, limit: 1_000 },
  POINTS_EXPIRE_SOON: { code: 'POINTS_EXPIRE_SOON', severity: 'warning', units: 1, firstAt: 9 },
  RESTORED_SINCE: {
    code: 'RESTORED_SINCE',
    severity: 'warning',
    units: 2,
    unitIds: ['a', 'b'],
    names: ['A', 'B'],
    sessionIds: ['s'],
    lastAt: 1_790_000_000,
  },
  POINTS_CHANGED: { code: 'POINTS_CHANGED', severity: 'stop', units: 1, unitIds: ['a'], names: ['A'] },
  POINTS_EXPIRED: { code: 'POINTS_EXPIRED', severity: 'stop', units: 2, unitIds: ['a', 'b'], names: ['A', 'B'] },
  UNITS_UNCERTAIN: { code: 'UNITS_UNCERTAIN', severity: 'warning', units: 4 },
  UNITS_LEFT_OUT: { code: 'UNITS_LEFT_OUT', severity: 'note', units: 3, names: ['A', 'B', 'C'] },
  USERS_CAN_EDIT: { code: 'USERS_CAN_EDIT', severity: 'warning', sites: 30, drives: 120 },
  HOLDS_UNSEEN: { code: 'HOLDS_UNSEEN', severity: 'note' },
};

describe('the words of findings', () => {
  it('exist for every code of the contract', () => {
    expect(Object.keys(one).toSorted()).toEqual(Finding.options.map(option => option.shape.code.value).toSorted());
  });
  it.each(Object.values(one))('say $code in a title and a sentence', finding => {
    expect(Finding.safeParse(finding).error).toBeUndefined();
    const words = findingInWords(finding, context);
    expect(words.title).toMatch(/^[A-Z0-9].*[^.!]$/);
    expect(words.detail).toMatch(/\.$/);
    expect(`${words.title} ${words.detail}`).not.toMatch(/undefined|\bNaN\b|!|[Pp]lease|[Ss]uccessfully/);
  });
  it('name at most three and count the rest', () => {
    expect(findingInWords(one.UNITS_IN_OTHER_SESSION, context).detail).toContain(
      'A, B, C and 2 others, in another session',
    );
    expect(findingInWords(one.POINTS_EXPIRED, context).detail).toContain('A and B.');
  });
  it('give a way out of everything that stops the start', () => {
    for (const finding of Object.values(one).filter(each => each.severity === 'stop'))
      expect(findingInWords(finding, context).action, finding.code).toBeDefined();
  });
  it('name the units that were restored since, and when last', () => {
    expect(findingInWords(one.RESTORED_SINCE, context).detail).toContain(
      `A and B; the latest on ${context.moment(1_790_000_000)}.`,
    );
  });
  it('tell one from many', () => {
    expect(findingInWords({ ...one.UNITS_UNCERTAIN, units: 1 }, context).title).toBe(
      '1 unit is uncertain: a newer point may exist',
    );
    expect(findingInWords(one.UNITS_UNCERTAIN, context).title).toBe('4 units are uncertain: a newer point may exist');
  });
});
