import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realTiming } from './timing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a wait longer than a timer can hold is waited out, not cut to nothing', async () => {
  const woken = vi.fn();
  const days = 40 * 86_400_000;
  const sleep = realTiming(() => 0)
    .sleep(days)
    .then(woken);
  await vi.advanceTimersByTimeAsync(days - 1);
  expect(woken).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await sleep;
  expect(woken).toHaveBeenCalledOnce();
});

test('a signal ends a wait at once, with its reason, and leaves no timer behind', async () => {
  const stop = new AbortController();
  const sleep = realTiming(() => 0).sleep(60_000, stop.signal);
  stop.abort(new Error('closed'));
  await expect(sleep).rejects.toThrow('closed');
  expect(vi.getTimerCount()).toBe(0);
  await expect(realTiming(() => 0).sleep(60_000, stop.signal)).rejects.toThrow('closed');
});
