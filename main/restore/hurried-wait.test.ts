import { expect, it } from 'vitest';
import { HurriedWait } from './hurried-wait.ts';

const { signal } = new AbortController();

it('ends a wait, or the next one where nobody waits, and only that', async () => {
  const slept: number[] = [];
  const forEver = new Promise<void>(() => {});
  const waiting = new HurriedWait(milliseconds => {
    slept.push(milliseconds);
    return forEver;
  });
  const first = waiting.wait(1, signal);
  waiting.hurry();
  await first;
  expect(slept).toEqual([1]);
  // In the middle of a try that will fail: the account has just come back.
  waiting.hurry();
  await waiting.wait(2, signal);
  expect(slept).toEqual([1]);
  const third = waiting.wait(3, signal);
  expect(slept).toEqual([1, 3]);
  waiting.hurry();
  await third;
});

it('waits as long as was asked for where nobody hurries, and rejects with its sleep', async () => {
  await new HurriedWait(async () => {}).wait(5, signal);
  const aborted = new HurriedWait(() => Promise.reject(new Error('aborted')));
  await expect(aborted.wait(5, signal)).rejects.toThrow('aborted');
});
