import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/contract/plans.ts';
import { type PreflightFacts, toFindings } from './preflight.ts';

const NOW = 1_800_000_000;

/** A plan that nothing speaks against, restored to a new location. */
const fine: PreflightFacts = {
  now: NOW,
  online: true,
  destination: 'new',
  controller: { by: 'ours' },
  service: { status: 'enabled', askedAt: NOW },
  roleIds: ['1707125e-0aa2-4d4d-8655-a7c786c76a25'],
  missingScopes: [],
  signInNeeded: false,
  busy: [],
  restoredSince: [],
  activeSessions: [],
  untoldSessions: 0,
  sessionsWanted: 3,
  artifacts: { site: 8, drive: 6, mailbox: 6 },
  expiring: { units: 0 },
  expired: [],
  uncertainUnits: 0,
  leftOut: [],
  changed: [],
};

const find = (facts: Partial<PreflightFacts>, code: Finding['code']): Finding | undefined =>
  toFindings({ ...fine, ...facts }).find(finding => finding.code === code);
const severity = (facts: Partial<PreflightFacts>, code: Finding['code']): string | undefined =>
  find(facts, code)?.severity;
const unit = { unitId: 'u1', name: 'Finance' };

describe('pre-flight', () => {
  it('lets a plan go that nothing speaks against, and says what nobody can check', () => {
    expect(toFindings(fine).map(({ code, severity: of }) => [code, of])).toEqual([
      ['HOLDS_UNSEEN', 'note'],
      ['NO_OTHER_SESSION', 'ok'],
    ]);
  });

  it('says that holds can’t be seen, but for sites that go to a new place: a hold keeps none from that', () => {
    expect(severity({ destination: 'inPlace' }, 'HOLDS_UNSEEN')).toBe('note');
    const sites = { site: 8, drive: 0, mailbox: 0 };
    expect(find({ artifacts: sites }, 'HOLDS_UNSEEN')).toBeUndefined();
    expect(severity({ artifacts: sites, destination: 'inPlace' }, 'HOLDS_UNSEEN')).toBe('note');
    expect(severity({ artifacts: { ...sites, drive: 1 } }, 'HOLDS_UNSEEN')).toBe('note');
  });

  it('stops where somebody has set the tenant read-only, and says who and since when', () => {
    const readOnly = { sinceAt: NOW - 60, by: 'anna@msp.example' };
    expect(find({ readOnly }, 'TENANT_READ_ONLY')).toEqual({ code: 'TENANT_READ_ONLY', severity: 'stop', ...readOnly });
  });

  it('warns of units that were restored since the incident, and says when last', () => {
    const restoredSince = [
      { ...unit, sessionId: 's1', restoredAt: NOW - 20 },
      { unitId: 'u2', name: 'Legal', sessionId: 's1', restoredAt: NOW - 10 },
    ];
    expect(find({ restoredSince }, 'RESTORED_SINCE')).toEqual({
      code: 'RESTORED_SINCE',
      severity: 'warning',
      units: 2,
      unitIds: ['u1', 'u2'],
      names: ['Finance', 'Legal'],
      sessionIds: ['s1'],
      lastAt: NOW - 10,
    });
    expect(find({}, 'RESTORED_SINCE')).toBeUndefined();
  });

  it.each(['nobody', 'anotherApp', 'microsoft', 'pending'] as const)('stops where %s controls', by => {
    expect(find({ controller: { by } }, 'NOT_CONTROLLER')).toMatchObject({ severity: 'stop', controller: by });
  });

  it.each(['ours', 'leaving'] as const)('goes on where control is %s', by => {
    expect(find({ controller: { by } }, 'NOT_CONTROLLER')).toBeUndefined();
  });

  it('warns where nobody could tell who controls, or how the service stands', () => {
    expect(severity({ controller: { by: 'unknown' } }, 'STANDING_UNKNOWN')).toBe('warning');
    const { service: _, ...untold } = fine;
    expect(toFindings(untold).find(({ code }) => code === 'STANDING_UNKNOWN')?.severity).toBe('warning');
  });

  it('stops at a restore lock and at a service that is off, and only warns of a protection lock', () => {
    const at = (status: string): string | undefined =>
      severity({ service: { status, askedAt: NOW } }, 'SERVICE_LOCKED');
    expect(at('restoreLocked')).toBe('stop');
    expect(at('disabled')).toBe('stop');
    expect(at('someNewStatus')).toBe('stop');
    expect(at('protectionChangeLocked')).toBe('warning');
    expect(at('enabled')).toBeUndefined();
  });

  it('warns of a missing role for the kinds concerned, and says so when roles can not be told', () => {
    expect(find({ roleIds: ['29232cdf-9323-42fd-ade2-1d097af3e4de'] }, 'ROLE_MISSING')).toMatchObject({
      severity: 'warning',
      kinds: ['site', 'drive'],
    });
    const { roleIds: _, ...unknown } = fine;
    expect(toFindings(unknown).find(({ code }) => code === 'ROLE_UNKNOWN')?.severity).toBe('note');
  });

  it('stops at missing consent, at a sign-in that is needed, and offline', () => {
    expect(find({ missingScopes: ['BackupRestore-Restore.ReadWrite.All'] }, 'CONSENT_MISSING')).toMatchObject({
      severity: 'stop',
      scopes: ['BackupRestore-Restore.ReadWrite.All'],
    });
    expect(severity({ signInNeeded: true }, 'SIGN_IN_NEEDED')).toBe('stop');
    expect(severity({ online: false }, 'OFFLINE')).toBe('stop');
  });

  it('stops at a unit that another session restores, and names it and the session', () => {
    const finding = find(
      {
        busy: [
          { ...unit, sessionId: 's1' },
          { unitId: 'u2', name: 'HR', sessionId: 's1' },
        ],
      },
      'UNITS_IN_OTHER_SESSION',
    );
    expect(finding).toEqual({
      code: 'UNITS_IN_OTHER_SESSION',
      severity: 'stop',
      units: 2,
      unitIds: ['u1', 'u2'],
      names: ['Finance', 'HR'],
      sessionIds: ['s1'],
    });
    expect(find({ busy: [{ ...unit, sessionId: 's1' }] }, 'NO_OTHER_SESSION')).toBeUndefined();
  });

  it('does not say that no unit is being restored where a session does not tell its units', () => {
    expect(find({ untoldSessions: 1 }, 'OTHER_SESSIONS_UNTOLD')).toMatchObject({ severity: 'warning', sessions: 1 });
    expect(find({ untoldSessions: 1 }, 'NO_OTHER_SESSION')).toBeUndefined();
  });

  it('stops above 25 sessions and warns above five, this plan included', () => {
    const active = (count: number): Partial<PreflightFacts> => ({
      activeSessions: Array.from({ length: count }, () => ({ kind: 'site' as const, artifacts: 1 })),
    });
    expect(severity(active(22), 'SESSIONS_FULL')).toBeUndefined();
    expect(severity(active(22), 'MANY_SESSIONS')).toBe('warning');
    expect(severity(active(23), 'SESSIONS_FULL')).toBe('stop');
    expect(severity(active(2), 'MANY_SESSIONS')).toBeUndefined();
    expect(severity(active(3), 'MANY_SESSIONS')).toBe('warning');
  });

  it('warns above 100 artifacts a workload and stops above 1,000, those running included', () => {
    const sites = (site: number, running = 0): Partial<PreflightFacts> => ({
      artifacts: { site, drive: 0, mailbox: 0 },
      activeSessions: [{ kind: 'site', artifacts: running }],
    });
    expect(severity(sites(100), 'MANY_ARTIFACTS')).toBeUndefined();
    expect(severity(sites(101), 'MANY_ARTIFACTS')).toBe('warning');
    expect(severity(sites(1_000), 'TOO_MANY_ARTIFACTS')).toBeUndefined();
    expect(severity(sites(1_001), 'TOO_MANY_ARTIFACTS')).toBe('stop');
    expect(find(sites(600, 401), 'TOO_MANY_ARTIFACTS')).toMatchObject({ kind: 'site', artifacts: 1_001 });
    // What runs in a workload that the plan does not touch is no matter of the plan's.
    expect(
      find(
        { artifacts: { site: 0, drive: 1, mailbox: 0 }, activeSessions: [{ kind: 'site', artifacts: 2_000 }] },
        'TOO_MANY_ARTIFACTS',
      ),
    ).toBeUndefined();
  });

  it('warns of points that expire soon, and stops at expired and at changed ones', () => {
    expect(find({ expiring: { units: 2, firstAt: NOW + 60 } }, 'POINTS_EXPIRE_SOON')).toMatchObject({
      severity: 'warning',
      firstAt: NOW + 60,
    });
    expect(severity({ expired: [unit] }, 'POINTS_EXPIRED')).toBe('stop');
    expect(find({ changed: [unit] }, 'POINTS_CHANGED')).toMatchObject({ severity: 'stop', unitIds: ['u1'] });
  });

  it('warns of uncertain units and notes those left out', () => {
    expect(find({ uncertainUnits: 4 }, 'UNITS_UNCERTAIN')).toMatchObject({ severity: 'warning', units: 4 });
    expect(find({ leftOut: ['Finance'] }, 'UNITS_LEFT_OUT')).toMatchObject({ severity: 'note', names: ['Finance'] });
  });

  it('says that users can go on editing, in place alone, and not of mailboxes', () => {
    expect(find({ destination: 'inPlace' }, 'USERS_CAN_EDIT')).toMatchObject({
      severity: 'warning',
      sites: 8,
      drives: 6,
    });
    expect(find({ destination: 'new' }, 'USERS_CAN_EDIT')).toBeUndefined();
    expect(
      find({ destination: 'inPlace', artifacts: { site: 0, drive: 0, mailbox: 6 } }, 'USERS_CAN_EDIT'),
    ).toBeUndefined();
  });

  it('names only the first of many, and begins with the worst', () => {
    const many = Array.from({ length: 500 }, (_, n) => ({ unitId: `u${n}`, name: `n${n}`, sessionId: 's' }));
    const findings = toFindings({ ...fine, busy: many, uncertainUnits: 1, leftOut: ['x'] });
    expect(findings[0]).toMatchObject({ code: 'UNITS_IN_OTHER_SESSION', units: 500 });
    expect(findings[0] !== undefined && 'unitIds' in findings[0] && findings[0].unitIds.length).toBe(200);
    expect(findings.map(({ severity: of }) => of)).toEqual(['stop', 'warning', 'note', 'note']);
  });
});
