import { describe, expect, it } from 'vitest';
import { controllerChangeWords, isNews } from './controller-words.ts';

const moment = (at: number) => `moment ${at}`;

describe('controllerChangeWords', () => {
  it('names both, when it was noticed, and warns where control was lost', () => {
    const change = { from: { by: 'ours' }, to: { by: 'anotherApp' }, noticedAt: 5 } as const;
    expect(controllerChangeWords(change, moment)).toEqual({
      title: 'Controller changed from Backstop to another app.',
      text: 'Noticed at moment 5; the service tells nobody, so it may be older. Ask the customer whether it is meant.',
      tone: 'warning',
    });
  });
  it('does not warn of control that came', () => {
    const words = controllerChangeWords({ from: { by: 'pending' }, to: { by: 'ours' }, noticedAt: 5 }, moment);
    expect(words.tone).toBe('neutral');
    expect(words.text).toMatch(/Restores can be made from here\.$/);
  });
  it.each([
    ['ours', 'leaving', 'Another app is taking control over.', 'warning'],
    ['leaving', 'ours', 'The takeover by another app was cancelled.', 'neutral'],
    ['pending', 'ours', 'Control has passed to Backstop.', 'neutral'],
    ['pending', 'anotherApp', 'Backstop’s takeover was cancelled: another app keeps control.', 'warning'],
  ] as const)('from %s to %s says what it means', (from, to, title, tone) => {
    const words = controllerChangeWords({ from: { by: from }, to: { by: to }, noticedAt: 5 }, moment);
    expect([words.title, words.tone]).toEqual([title, tone]);
    expect(words.text).toMatch(/^Noticed at moment 5; the service tells nobody/);
  });
});

it('ends saying a change after a month', () => {
  expect(isNews({ noticedAt: 1_000 }, 1_000 + 29 * 86_400)).toBe(true);
  expect(isNews({ noticedAt: 1_000 }, 1_000 + 30 * 86_400)).toBe(false);
});
