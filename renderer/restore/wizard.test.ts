import { describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/contract/plans.ts';
import { canReach, firstStep, missingOf, next } from './wizard.ts';
import type { Step, WizardEvent } from './wizard.ts';

const empty: Plan = {
  id: '00000000-0000-4000-8000-000000000001',
  tenantId: '7b1c1c1e-0000-4000-8000-000000000001',
  name: 'Encryption event',
  status: 'draft',
  createdAt: 1_000,
  savedAt: 1_000,
  createdBy: 'anna',
  preference: 'newest',
  units: 0,
  unitsByKind: { site: 0, drive: 0, mailbox: 0 },
  certainty: { exact: 0, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
  chosenByHand: 0,
  restorable: 0,
  refused: 0,
};
const withUnits: Plan = { ...empty, units: 3 };
const incident = { date: '20.11.2026', time: '14:05', zone: 'Europe/Helsinki' };
const withTime: Plan = {
  ...withUnits,
  incidentAt: Date.parse('2026-11-20T12:05:00Z') / 1000,
  timeZone: 'Europe/Helsinki',
  restorable: 2,
};
const whole: Plan = { ...withTime, destination: 'new' };
const nothing = {};

describe('the steps', () => {
  it('begin where the plan lacks something, and at the review where it lacks nothing', () => {
    expect(firstStep(empty).at).toBe('what');
    expect(firstStep(withUnits).at).toBe('when');
    expect(firstStep({ ...withTime, restorable: 0 }).at).toBe('when');
    expect(firstStep(withTime).at).toBe('where');
    expect(firstStep(whole).at).toBe('review');
  });

  it('go on only past a step that is done', () => {
    const at = (step: Step, plan: Plan) => next(step, { type: 'next', plan }).at;
    expect(at(firstStep(empty), empty)).toBe('what');
    expect(at(firstStep(empty), withUnits)).toBe('when');
    expect(at(firstStep(withUnits), withUnits)).toBe('when');
    expect(at(firstStep(withUnits), withTime)).toBe('where');
    expect(at(firstStep(withTime), withTime)).toBe('where');
    expect(at(firstStep(withTime), whole)).toBe('review');
    expect(at(firstStep(whole), whole)).toBe('review');
  });

  it('keep everything typed on the way back and forth', () => {
    let step = firstStep(withUnits);
    step = next(step, { type: 'incidentTyped', incident });
    step = next(step, { type: 'next', plan: whole });
    step = next(step, { type: 'next', plan: whole });
    step = next(step, { type: 'nameTyped', name: 'Contoso' });
    for (let index = 0; index < 4; index += 1) step = next(step, { type: 'back' });
    expect(step).toEqual({ at: 'what', typed: { incident, name: 'Contoso' }, isChanging: false });
    for (let index = 0; index < 3; index += 1) step = next(step, { type: 'next', plan: whole });
    expect(step).toEqual({ at: 'review', typed: { incident, name: 'Contoso' } });
  });

  it('can be gone to directly as far as the plan carries', () => {
    expect(canReach('review', whole, nothing)).toBe(true);
    expect(canReach('review', withTime, nothing)).toBe(false);
    expect(next(firstStep(whole), { type: 'goTo', step: 'what', plan: whole }).at).toBe('what');
    expect(next(firstStep(withUnits), { type: 'goTo', step: 'review', plan: withUnits }).at).toBe('when');
  });

  it('let nobody go on with a former time while another one stands in the fields', () => {
    const typing = (part: Partial<typeof incident>) =>
      next(next(firstStep(whole), { type: 'goTo', step: 'when', plan: whole }), {
        type: 'incidentTyped',
        incident: { ...incident, ...part },
      });
    for (const part of [{ date: '25.1' }, { time: '' }, { time: '14:06' }, { zone: 'UTC' }]) {
      const step = typing(part);
      expect(missingOf('when', whole, step.typed)).toBe('incidentUnsaved');
      expect(next(step, { type: 'next', plan: whole })).toBe(step);
      expect(next(step, { type: 'goTo', step: 'review', plan: whole })).toBe(step);
      const back = next(step, { type: 'back' });
      expect(next(back, { type: 'goTo', step: 'where', plan: whole })).toBe(back);
    }
    expect(next(typing({}), { type: 'goTo', step: 'review', plan: whole }).at).toBe('review');
  });

  it('close the table of other units before leaving the first step', () => {
    const changing = next(firstStep(empty), { type: 'unitsOpened' });
    expect(changing).toMatchObject({ at: 'what', isChanging: true });
    expect(next(changing, { type: 'back' })).toMatchObject({ at: 'what', isChanging: false });
  });

  it('lead from the review to the uncertain units', () => {
    expect(next(firstStep(whole), { type: 'uncertainAsked', only: 'atLeast' })).toMatchObject({
      at: 'when',
      only: 'atLeast',
    });
  });

  it('start from the review alone, and come back there when refused', () => {
    const starting = next(firstStep(whole), { type: 'startAsked', plan: whole });
    expect(starting.at).toBe('starting');
    expect(next(starting, { type: 'startRefused' }).at).toBe('review');
    expect(next(firstStep(withTime), { type: 'startAsked', plan: withTime }).at).toBe('where');
    expect(next(firstStep(whole), { type: 'startAsked', plan: withUnits }).at).toBe('review');
  });

  it('stay the same object for an event that means nothing there', () => {
    const events: WizardEvent[] = [
      { type: 'back' },
      { type: 'next', plan: whole },
      { type: 'goTo', step: 'what', plan: whole },
      { type: 'unitsOpened' },
      { type: 'unitsClosed' },
      { type: 'incidentTyped', incident },
      { type: 'filtered', only: 'none' },
      { type: 'uncertainAsked', only: 'none' },
      { type: 'nameTyped', name: 'x' },
      { type: 'startAsked', plan: whole },
    ];
    const starting = next(firstStep(whole), { type: 'startAsked', plan: whole });
    for (const event of events) expect(next(starting, event), event.type).toBe(starting);
    const where = firstStep(withTime);
    for (const event of events.slice(3)) expect(next(where, event), event.type).toBe(where);
    expect(next(where, { type: 'startRefused' })).toBe(where);
    const first = firstStep(empty);
    expect(next(first, { type: 'back' })).toBe(first);
  });

  it('name what is missing', () => {
    expect(missingOf('what', empty, nothing)).toBe('units');
    expect(missingOf('when', withUnits, nothing)).toBe('incidentTime');
    expect(missingOf('when', { ...withUnits, incidentAt: 1 }, nothing)).toBe('points');
    expect(missingOf('where', withTime, nothing)).toBe('destination');
    expect(missingOf('review', whole, nothing)).toBeUndefined();
  });
});
