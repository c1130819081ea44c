import { describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/contract/plans.ts';
import { beforeProtectionInWords, futureInWords, incidentFields, incidentState, whyNotSaved } from './incident.ts';

const at = Date.parse('2026-11-20T12:05:00Z') / 1000;
const now = at + 3_600;
const fields = { date: '20.11.2026', time: '14:05', zone: 'Europe/Helsinki' };
const plan: Plan = {
  id: '00000000-0000-4000-8000-000000000001',
  tenantId: '7b1c1c1e-0000-4000-8000-000000000001',
  name: 'Encryption event',
  status: 'draft',
  createdAt: 1,
  savedAt: 1,
  createdBy: 'anna',
  preference: 'newest',
  units: 1,
  unitsByKind: { site: 1, drive: 0, mailbox: 0 },
  certainty: { exact: 0, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
  chosenByHand: 0,
  refused: 0,
  restorable: 0,
};
const saved: Plan = { ...plan, incidentAt: at, timeZone: 'Europe/Helsinki' };

describe('the typed incident', () => {
  it('shows what was typed, else the plan’s own in its zone, else nothing', () => {
    expect(incidentFields(fields, saved, 'UTC')).toBe(fields);
    expect(incidentFields(undefined, saved, 'UTC')).toEqual(fields);
    expect(incidentFields(undefined, plan, 'UTC')).toEqual({ date: '', time: '', zone: 'UTC' });
  });
  it('is saved only as an instant of the past', () => {
    expect(incidentState({ ...fields, date: '', time: '' }, plan, now).is).toBe('empty');
    expect(incidentState({ ...fields, time: '25:05' }, plan, now).is).toBe('unreadable');
    expect(incidentState(fields, plan, at - 1)).toEqual({ is: 'future', at });
    expect(incidentState(fields, plan, at)).toEqual({ is: 'unsaved', at });
    expect(incidentState(fields, saved, now)).toEqual({ is: 'saved', at });
  });
  it('counts another zone as another typing, also of the same instant', () => {
    expect(incidentState({ ...fields, time: '12:05', zone: 'UTC' }, saved, now)).toEqual({ is: 'unsaved', at });
  });
  it('names the service’s day, not its clock alone, where it lies in the future', () => {
    expect(futureInWords(at, 'Europe/Berlin')).toBe(
      'This lies in the future: by the service’s clock it is Fri 20 Nov 2026, 13:05 CET.',
    );
  });
  it('says that it lies before protection began, of all units or of some', () => {
    const said = (beganAt: number, unitsAfterIncident: number) =>
      beforeProtectionInWords({ plan: { ...saved, units: 5 }, protection: { beganAt, unitsAfterIncident } }, 'UTC');
    expect(said(at + 86_400, 5)).toContain(
      'before protection began: the first of the units came under it on 21 Nov 2026',
    );
    expect(said(at - 1, 2)).toContain('2 of 5 units came under protection only after this time');
    expect(said(at - 1, 0)).toBeUndefined();
    expect(beforeProtectionInWords({ plan: saved }, 'UTC')).toBeUndefined();
  });
  it('says why the step can’t be left', () => {
    expect(whyNotSaved({ is: 'saved', at })).toBeUndefined();
    for (const state of [{ is: 'empty' }, { is: 'unreadable' }, { is: 'future', at }, { is: 'unsaved', at }] as const)
      expect(whyNotSaved(state)).toMatch(/\.$/);
  });
});
