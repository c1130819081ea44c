import { describe, expect, it } from 'vitest';
import type { Plan, PlanReview } from '../../shared/contract/plans.ts';
import { changedPointsInWords, startInWords, whyNotStart } from './start-words.ts';

const plan: Plan = {
  id: '00000000-0000-4000-8000-000000000001',
  tenantId: '7b1c1c1e-0000-4000-8000-000000000001',
  name: 'Encryption event',
  status: 'draft',
  createdAt: 1,
  savedAt: 1,
  createdBy: 'anna',
  incidentAt: 5_000,
  preference: 'newest',
  destination: 'inPlace',
  units: 164,
  unitsByKind: { site: 32, drive: 120, mailbox: 12 },
  certainty: { exact: 157, asShown: 0, atLeast: 4, notAsked: 0, none: 3 },
  chosenByHand: 0,
  refused: 0,
  restorable: 161,
};
const review: PlanReview = {
  plan,
  tenantName: 'Contoso Nordics Oy',
  checkedAt: 9_000,
  findings: [],
  perKind: [],
  sessions: 3,
  requests: 9,
};
const ready = {
  plan,
  review,
  isOffline: false,
  isChecking: false,
  typedName: ' Contoso Nordics Oy ',
  domain: 'contoso.example',
};

describe('why a restore can’t be started', () => {
  it('is nothing where all is there', () => {
    expect(whyNotStart(ready)).toBeUndefined();
    expect(startInWords(plan)).toBe('Start restore of 161 units in place');
    expect(startInWords({ ...plan, destination: 'new', restorable: 1 })).toBe(
      'Start restore of 1 unit to a new location',
    );
  });
  it('is the missing connection before all else', () => {
    expect(whyNotStart({ ...ready, isOffline: true, review: undefined })).toBe(
      'Needs a connection: a restore is written to Microsoft Graph. The plan is saved and waits.',
    );
  });
  it('is a name that is not typed as shown, in place only', () => {
    expect(whyNotStart({ ...ready, typedName: 'contoso nordics oy' })).toContain('Type the tenant’s name');
    expect(whyNotStart({ ...ready, plan: { ...plan, destination: 'new' }, typedName: '' })).toBeUndefined();
    expect(whyNotStart({ ...ready, typedName: 'contoso' })).toContain('Type the tenant’s name or domain');
    expect(whyNotStart({ ...ready, typedName: 'contoso.example' })).toBeUndefined();
  });
  it('is a finding that stops it, not one that warns', () => {
    expect(
      whyNotStart({
        ...ready,
        review: { ...review, findings: [{ code: 'UNITS_UNCERTAIN', severity: 'warning', units: 4 }] },
      }),
    ).toBeUndefined();
    expect(
      whyNotStart({ ...ready, review: { ...review, findings: [{ code: 'SIGN_IN_NEEDED', severity: 'stop' }] } }),
    ).toContain('1 finding');
  });
  it('is the review while it is made or has failed', () => {
    expect(whyNotStart({ ...ready, review: undefined, isChecking: true })).toBe('The plan is being checked.');
    expect(whyNotStart({ ...ready, review: undefined })).toContain('could not be checked');
    expect(whyNotStart({ ...ready, plan: { ...plan, restorable: 0 } })).toContain('No unit');
  });
});

describe('a start that the last check stopped', () => {
  it('says that the points changed, since the plan holds the new ones already and no review finds it any more', () => {
    expect(changedPointsInWords({ code: 'START_BLOCKED', findings: ['POINTS_CHANGED'] })?.what).toContain(
      'points changed',
    );
    expect(changedPointsInWords({ code: 'START_BLOCKED', findings: ['SESSIONS_FULL'] })).toBeUndefined();
    expect(changedPointsInWords({ code: 'OFFLINE' })).toBeUndefined();
  });
});
