import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  billingTrouble,
  type ControlFacts,
  controlCameAt,
  needsTypedName,
  onboardingStates,
  onboardingSteps,
  type ServiceAppFacts,
  serviceActions,
  takeoverLimits,
  takeoverProblem,
  takeoverTiming,
  whyNotAction,
} from './onboarding.ts';
import { DAY, MINUTE } from './time.ts';

const now = 1_795_000_000;
const ours = (status: string, effectiveAt?: number): ServiceAppFacts => ({ status, isOurs: true, effectiveAt });
const other = (status: string): ServiceAppFacts => ({ status, isOurs: false });
const facts = (apps: readonly ServiceAppFacts[] | undefined, more: Partial<ControlFacts> = {}): ControlFacts => ({
  apps,
  service: { status: 'disabled' },
  controller: { by: 'nobody' },
  ...more,
});
const on = { service: { status: 'enabled' } } as const;
const states = (of: ControlFacts) => Object.fromEntries(onboardingStates(of).map(({ step, state }) => [step, state]));

describe('whyNotAction', () => {
  it.each([
    [
      [],
      {
        register: undefined,
        activate: 'notRegistered',
        cancelTakeover: 'nothingPending',
        enable: 'notController',
        unregister: 'notRegistered',
      },
    ],
    [
      [ours('inactive')],
      {
        register: 'registered',
        activate: undefined,
        cancelTakeover: 'nothingPending',
        enable: 'notController',
        unregister: undefined,
      },
    ],
    [
      [ours('active')],
      {
        register: 'registered',
        activate: 'controlsAlready',
        cancelTakeover: 'nothingPending',
        enable: undefined,
        unregister: undefined,
      },
    ],
    [
      [ours('pendingActive'), other('pendingInactive')],
      {
        register: 'registered',
        activate: 'takeoverPending',
        cancelTakeover: undefined,
        enable: 'notController',
        unregister: undefined,
      },
    ],
    [
      [ours('pendingInactive'), other('pendingActive')],
      {
        register: 'registered',
        activate: 'leaving',
        cancelTakeover: 'nothingPending',
        enable: undefined,
        unregister: 'leaving',
      },
    ],
    [
      [ours('inactive'), other('active'), other('pendingActive')],
      {
        register: 'registered',
        activate: 'othersChangePending',
        cancelTakeover: 'nothingPending',
        enable: 'notController',
        unregister: undefined,
      },
    ],
    [
      [ours('resting')],
      {
        register: 'registered',
        activate: 'statusUnknown',
        cancelTakeover: 'nothingPending',
        enable: 'notController',
        unregister: undefined,
      },
    ],
  ] as const)('by the states of the apps: %j', (apps, expected) => {
    expect(Object.fromEntries(serviceActions.map(type => [type, whyNotAction(type, facts(apps))]))).toEqual(expected);
  });
  it('allows nothing while the apps are not known', () => {
    expect(new Set(serviceActions.map(type => whyNotAction(type, facts(undefined))))).toEqual(new Set(['appsUnknown']));
  });
});

describe('a takeover', () => {
  it('needs a date where the service is on or another app controls, none where nobody does', () => {
    expect(takeoverTiming(facts([ours('inactive')]))).toBe('atOnce');
    expect(takeoverTiming(facts([ours('inactive')], on))).toBe('dated');
    expect(takeoverTiming(facts([ours('inactive'), other('active')]))).toBe('dated');
    expect(takeoverTiming(facts([ours('inactive')], { service: undefined }))).toBe('dated');
    // Off, and yet Microsoft's tool is named.
    expect(takeoverTiming(facts([ours('inactive')], { controller: { by: 'microsoft' } }))).toBe('either');
  });
  it('takes every moment between its limits, whole minutes, never less than 7 nor more than 30 days ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), fc.integer({ min: -40 * DAY, max: 40 * DAY }), (at, ahead) => {
        const { from, until } = takeoverLimits(at);
        expect([from % MINUTE, until % MINUTE]).toEqual([0, 0]);
        expect(takeoverProblem(from, at)).toBeUndefined();
        expect(takeoverProblem(until, at)).toBeUndefined();
        const problem = takeoverProblem(at + ahead, at);
        if (ahead < 7 * DAY) expect(problem).toBe('tooSoon');
        if (ahead > 30 * DAY) expect(problem).toBe('tooLate');
      }),
    );
  });
  it('and unregistering an app in control want the tenant’s name; nothing else does', () => {
    expect(needsTypedName('unregister', facts([ours('active')]))).toBe(true);
    expect(needsTypedName('unregister', facts([ours('inactive')]))).toBe(false);
    expect(needsTypedName('activate', facts([ours('inactive')], on))).toBe(true);
    expect(needsTypedName('activate', facts([ours('inactive')]))).toBe(false);
    expect(needsTypedName('enable', facts([ours('active')]))).toBe(false);
  });
});

describe('onboardingStates', () => {
  it('goes from nothing to enabled, one step after the other', () => {
    expect(states(facts(undefined))).toMatchObject({ consent: 'blocked', register: 'later' });
    expect(states(facts([]))).toEqual({
      consent: 'done',
      billing: 'unseen',
      register: 'next',
      activate: 'later',
      enable: 'later',
    });
    expect(states(facts([ours('inactive')]))).toMatchObject({ register: 'done', activate: 'next', enable: 'later' });
    expect(states(facts([ours('active')]))).toMatchObject({ activate: 'done', enable: 'next' });
    expect(states(facts([ours('active')], on))).toEqual({
      consent: 'done',
      billing: 'done',
      register: 'done',
      activate: 'done',
      enable: 'done',
    });
  });
  it('waits for a date, and is blocked by another’s change', () => {
    expect(states(facts([ours('pendingActive')], on))).toMatchObject({ activate: 'waiting', enable: 'later' });
    expect(states(facts([ours('inactive'), other('pendingActive')], on))).toMatchObject({ activate: 'blocked' });
  });
  it('says that billing is missing where the service has said so, and enabling stays next', () => {
    const refused = facts([ours('active')], { lastEnable: { outcome: 'refused', code: 'InvalidBillingProfile' } });
    expect(billingTrouble(refused)).toBe('refused');
    expect(states(refused)).toMatchObject({ billing: 'blocked', enable: 'next' });
    const locked = facts([ours('active')], {
      service: { status: 'protectionChangeLocked', disableReason: 'invalidBillingProfile' },
    });
    expect(billingTrouble(locked)).toBe('locked');
    // A refusal that speaks of something else is none of billing.
    expect(
      billingTrouble(facts([], { lastEnable: { outcome: 'refused', code: 'InvalidAppOwnerTenantId' } })),
    ).toBeUndefined();
  });
  it('does not take a service for ours that runs on from before a takeover, until it was enabled since', () => {
    const change = { from: { by: 'pending' }, to: { by: 'ours' }, noticedAt: now - DAY } as const;
    const cameAt = controlCameAt([ours('active')], change, now);
    expect(cameAt).toBe(now - DAY);
    const came = facts([ours('active')], { ...on, controlCameAt: cameAt });
    expect(states(came)).toMatchObject({ billing: 'unseen', enable: 'next' });
    expect(states({ ...came, lastEnable: { outcome: 'done', at: now } })).toMatchObject({ enable: 'done' });
    expect(states({ ...came, lastEnable: { outcome: 'done', at: now - 2 * DAY } })).toMatchObject({ enable: 'next' });
    // Long ago, it was surely enabled, from here or elsewhere.
    expect(controlCameAt([ours('active', now - 31 * DAY)], undefined, now)).toBeUndefined();
    expect(controlCameAt([ours('active', now - 29 * DAY)], undefined, now)).toBe(now - 29 * DAY);
    expect(controlCameAt([ours('pendingActive', now - DAY)], change, now)).toBeUndefined();
  });
  it('always tells all steps in order and at most one as next, whatever the service says', () => {
    const app = fc.record({
      status: fc.constantFrom('inactive', 'active', 'pendingActive', 'pendingInactive', 'resting'),
      isOurs: fc.boolean(),
    });
    const status = fc.constantFrom('disabled', 'enabled', 'protectionChangeLocked', 'restoreLocked', 'other');
    fc.assert(
      fc.property(fc.option(fc.array(app, { maxLength: 3 }), { nil: undefined }), status, (apps, is) => {
        const all = onboardingStates(facts(apps, { service: { status: is } }));
        expect(all.map(({ step }) => step)).toEqual(onboardingSteps);
        expect(all.filter(({ state }) => state === 'next').length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
