import { describe, expect, test } from 'vitest';
import { findEnum } from '../../metadata/metadata.ts';
import { artifactStates } from './artifact-machine.ts';
import { browseStates } from './browse-machine.ts';
import { bulkSteps } from './bulk-machine.ts';
import { refusalFrom } from './move.ts';
import { policyMoves, policyStates } from './policy-machine.ts';
import { ruleSteps } from './rule-machine.ts';
import { serviceAppStates, serviceStandingAt, serviceStates } from './service-machine.ts';
import { sessionStates } from './session-machine.ts';
import { unitSteps } from './unit-machine.ts';

type States = Readonly<Record<string, readonly string[]>>;

const fromSteps = (steps: Readonly<Record<string, { readonly to: readonly (string | undefined)[] }>>): States => {
  const followers = Object.entries(steps).map(([state, { to }]) => [state, to.flatMap(next => next ?? [])] as const);
  const ends = followers.flatMap(([, to]) => to).filter(state => !Object.hasOwn(steps, state) && state !== 'gone');
  return { ...Object.fromEntries(followers), ...Object.fromEntries(ends.map(state => [state, []])) };
};

/** What a state may not be in the tables though the metadata has it: never met, or documented as unsupported. */
const tables: readonly (readonly [enumName: string, states: States, unused: readonly string[]])[] = [
  ['protectionPolicyStatus', policyStates, []],
  ['protectionUnitStatus', fromSteps(unitSteps), []],
  ['protectionRuleStatus', fromSteps(ruleSteps), ['draft']],
  ['protectionUnitsBulkJobStatus', fromSteps({ active: bulkSteps.job }), ['unknown']],
  ['restoreArtifactsBulkRequestStatus', fromSteps({ active: bulkSteps.request }), ['unknown']],
  ['restoreSessionStatus', sessionStates, []],
  ['artifactRestoreStatus', artifactStates, []],
  ['browseSessionStatus', browseStates, []],
  ['backupServiceStatus', serviceStates, []],
  ['serviceAppStatus', serviceAppStates, []],
];

describe.each(tables)('the table of %s', (enumName, states, unused) => {
  test('has every state of the metadata, and no other', () => {
    const members = findEnum(`microsoft.graph.${enumName}`)?.members ?? [];
    const known = members.filter(member => member !== 'unknownFutureValue' && !unused.includes(member));
    expect(Object.keys(states).toSorted()).toEqual(known.toSorted());
  });

  test('leads from known states to known states', () => {
    for (const followers of Object.values(states)) {
      for (const follower of followers.filter(state => state !== 'gone')) expect(states).toHaveProperty(follower);
    }
  });
});

test('every step from one state to the next takes between its two bounds', () => {
  for (const { takes } of [...Object.values(unitSteps), ...Object.values(ruleSteps), ...Object.values(bulkSteps)]) {
    expect(takes.least).toBeGreaterThan(0);
    expect(takes.most).toBeGreaterThanOrEqual(takes.least);
  }
});

test('a move is refused as its state says, else in the usual way, and not at all where it is allowed', () => {
  expect(refusalFrom(policyMoves.activate, 'inactive')).toBeUndefined();
  expect(refusalFrom(policyMoves.activate, 'active')).toEqual({ status: 400, code: 'invalidStateForActivation' });
  for (const state of ['updating', 'offboarded', 'constructor']) {
    expect(refusalFrom(policyMoves.activate, state)).toEqual({ status: 403, code: 'PolicyActionNotAllowed' });
  }
});

test('a lock of protection becomes one of restores at its date, or ends when it is cured', () => {
  const locked = {
    status: 'protectionChangeLocked',
    disableReason: 'invalidBillingProfile',
    restoreAllowedTillAt: 100,
    lastModifiedAt: 1,
  } as const;
  expect(serviceStandingAt(locked, 99)).toEqual(locked);
  expect(serviceStandingAt(locked, 100)).toMatchObject({ status: 'restoreLocked', lastModifiedAt: 100 });
  const cured = { ...locked, curedAt: 50 };
  expect(serviceStandingAt(cured, 49)).toEqual(cured);
  expect(serviceStandingAt(cured, 50)).toEqual({ status: 'enabled', disableReason: 'none', lastModifiedAt: 50 });
});
