import { describe, expect, it } from 'vitest';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { askInWords, isRunning, restoresInWords } from './status-words.ts';

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
