import { describe, expect, it } from 'vitest';
import { PreparedAction, ServiceAction, ServiceEffect, ServiceProblem } from '../../shared/contract/onboarding.ts';
import { serviceActions } from '../../shared/domain/onboarding.ts';
import { actionTitles, effectWords, outcomeWords, problemWords, refusalWords } from './action-words.ts';
import { barWords, billingCommand, standingWords } from './service-words.ts';

const tenantId = '7b1c1c1e-0000-4000-8000-000000000001';
const context = { tenantName: 'Contoso', moment: (at: number) => `moment ${at}` };
const facts = {
  at: 5,
  from: 6,
  until: 7,
  stays: { by: 'anotherApp' },
  ownerTenantId: tenantId,
  protectedUnits: 12,
  graceUntil: 8,
  severity: 'stop',
  sinceAt: 4,
  by: 'anna@msp.example',
  scopes: ['BackupRestore-Control.ReadWrite.All'],
  why: 'leaving',
  sessions: 2,
};
const bad = /!|please|successfully|oops|sorry|undefined|\[object/i;

describe('every consequence and problem of the contract', () => {
  it.each(ServiceEffect.options.map(option => option.shape.effect.value))('words %s plainly', effect => {
    const from = effect === 'controlPasses' ? { from: { by: 'microsoft' } } : {};
    const { title, detail } = effectWords(ServiceEffect.parse({ ...facts, ...from, effect }), context);
    for (const words of [title, detail]) expect(words).not.toMatch(bad);
    expect(title).not.toBe('');
    expect(detail).toMatch(/\.$/);
  });
  it.each(ServiceProblem.options.map(option => option.shape.code.value))('words %s plainly', code => {
    const { title, detail } = problemWords(ServiceProblem.parse({ ...facts, code }), context);
    for (const words of [title, detail]) expect(words).not.toMatch(bad);
    expect(detail).toMatch(/\.$/);
  });
});

describe('a refusal', () => {
  it.each([
    [400, 'InvalidAppOwnerTenantId', /app owner/],
    [402, 'InvalidBillingProfile', /billing .* missing/],
    [403, 'UnableToReadBillingProfile', /could not read the billing/],
    [403, 'notAllowed', /only the app in control/],
  ])('of enable with %i %s says what happened and what to do', (status, code, what) => {
    const words = refusalWords('enable', { status, code, message: '' });
    expect(words.what).toMatch(what);
    expect(words.next).toMatch(/\.$/);
  });
  it('with 403 has words for each action, and none the same', () => {
    const whats = serviceActions.map(type => refusalWords(type, { status: 403, code: 'notAllowed', message: '' }).what);
    expect(new Set(whats).size).toBe(serviceActions.length);
  });
  it('that nobody documents is not explained away', () => {
    expect(refusalWords('register', { status: 409, code: 'conflict', message: '' }).what).toBe(
      'The service refused it.',
    );
  });
});

it('every action has a way to be asked for and sent, and words for each outcome', () => {
  const bare = { register: {}, activate: {}, cancelTakeover: {}, unregister: {}, enable: { ownerTenantId: tenantId } };
  for (const type of serviceActions) {
    expect(actionTitles[type].ask).toMatch(/…$/);
    const action = ServiceAction.parse({ type, ...bare[type] });
    const change = PreparedAction.parse({
      id: tenantId,
      tenantId,
      tenantName: 'Contoso',
      preparedAt: 1,
      action,
      effects: [],
      problems: [],
      canSend: true,
      needsTypedName: false,
    });
    const standing = { tenantId, clientId: 'c', controller: { by: 'ours' as const }, unread: [] };
    for (const outcome of ['done', 'refused', 'notDone', 'unknown'] as const) {
      const { title, detail } = outcomeWords({ change, outcome, foundByReading: outcome === 'done', standing });
      expect(`${title} ${detail}`).not.toMatch(bad);
    }
  }
});

it('says what a lock means, and until when', () => {
  const service = {
    status: 'protectionChangeLocked',
    disableReason: 'invalidBillingProfile',
    gracePeriodUntilAt: 9,
    restoreAllowedUntilAt: 8,
    askedAt: 1,
  };
  const { word, lines, tone } = standingWords({ service }, at => `day ${at}`);
  expect([word, tone]).toEqual(['Protection changes locked', 'warning']);
  expect(lines.join(' ')).toContain('billing profile invalid');
  expect(lines.join(' ')).toContain('until day 8');
  expect(lines.join(' ')).toContain('ends on day 9');
  expect(standingWords({ service: { status: 'newWord', askedAt: 1 } }, String).word).toBe(
    'The service answers “newWord”',
  );
  expect(barWords('aNewReason')).toMatch(/does not know/);
  expect(billingCommand('app-1')).toContain('-ApplicationId app-1 ');
});
