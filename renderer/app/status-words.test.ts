import { describe, expect, it } from 'vitest';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { askInWords, backgroundInWords, isRunning, restoresInWords } from './status-words.ts';

const session = (status: string, succeeded: number, failed: number, total: number): RestoreSession => ({
  id: status,
  tenantId: '7b1c1c1e-0000-4000-8000-000000000001',
  status,
  counts: { total, succeeded, failed, inProgress: 0, waiting: total - succeeded - failed },
  askedAt: 1_000,
});

describe('restoresInWords', () => {
  it('counts the failed as done, and leaves ended sessions and drafts out', () => {
    const words = restoresInWords([
      session('active', 78, 9, 120),
      session('activating', 9, 0, 11),
      session('completed', 5, 0, 5),
      session('draft', 0, 0, 3),
    ]);
    expect(words).toBe('2 restores running, 96 of 131 artifacts done');
  });
  it('says nothing where nothing runs', () => {
    expect(restoresInWords([session('completedWithError', 1, 1, 2)])).toBeUndefined();
  });
  it('is history while offline', () => {
    expect(restoresInWords([session('active', 0, 0, 2)], () => '08:42 CET')).toBe(
      '1 restore was running at 08:42 CET, 0 of 2 artifacts done then',
    );
  });
  it('takes a status it does not know for running', () => {
    expect(isRunning({ status: 'paused' })).toBe(true);
    expect(isRunning({ status: 'CompletedWithErrors' })).toBe(false);
    expect(isRunning({ status: 'Completed' })).toBe(false);
  });
});

describe('askInWords', () => {
  const clock = () => '08:50 CET';
  it('counts with the whole', () => {
    expect(
      askInWords({ count: 1, purpose: 'heads', unitsDone: 780, unitsTotal: 1284, throttledUntil: undefined }, clock),
    ).toBe('Asking for newest points: 780 of 1,284 units');
  });
  it('says until when the service slows it down', () => {
    expect(askInWords({ count: 1, purpose: 'window', unitsDone: 0, unitsTotal: 0, throttledUntil: 5 }, clock)).toBe(
      'Asking for a stretch of time, slowed down by the service until 08:50 CET',
    );
  });
});

describe('the background sync in the status bar', () => {
  const clock = (at: number) => `at ${at}`;
  const tenant = (tenantId: string, isFilled: boolean, untilAt?: number) => ({
    tenantId,
    isRunning: false,
    isFilled,
    questionsToday: 0,
    landmarksAsked: 0,
    ...(untilAt === undefined ? {} : { pause: { why: 'throttled' as const, untilAt } }),
  });
  const state = (...tenants: ReturnType<typeof tenant>[]) => ({ is: 'on' as const, questionsADay: 100, tenants });

  it('counts while tenants are read for the first time, then tells of pauses alone', () => {
    const first = state(tenant('a', true), tenant('b', false), tenant('c', false, 9));
    expect(backgroundInWords(first, undefined, clock)).toBe('Background sync: 1 of 3 tenants read, 1 paused');
    const read = state(tenant('a', true), tenant('c', false, 9));
    expect(backgroundInWords(read, undefined, clock)).toBe('Background sync pauses for 1 tenant');
    expect(backgroundInWords(state(tenant('a', true)), undefined, clock)).toBeUndefined();
  });

  it('tells in a tenant of that tenant, and nothing where it is off', () => {
    const both = state(tenant('a', false), tenant('c', false, 9));
    expect(backgroundInWords(both, 'c', clock)).toBe('Background sync pauses until at 9: slowed down by the service');
    expect(backgroundInWords(both, 'a', clock)).toBeUndefined();
    expect(backgroundInWords({ ...both, is: 'offline' }, undefined, clock)).toBeUndefined();
  });
});
