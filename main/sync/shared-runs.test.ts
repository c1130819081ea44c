import { describe, expect, test } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import { SharedRuns } from './shared-runs.ts';
import { settle } from './testing/hand-timing.ts';

describe('a shared run', () => {
  test('is one for all who want it meanwhile, and another for who comes later', async () => {
    const runs = new SharedRuns<number>();
    let begun = 0;
    const work = async () => {
      await settle();
      return ++begun;
    };
    expect(await Promise.all([runs.join('a', undefined, work), runs.join('a', undefined, work)])).toEqual([1, 1]);
    expect(await runs.join('a', undefined, work)).toBe(2);
  });

  test('ends once all have left, not before', async () => {
    const runs = new SharedRuns<string>();
    const signals: AbortSignal[] = [];
    const work = async (signal: AbortSignal) => {
      signals.push(signal);
      return await new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const first = runs.join('a', one.signal, work);
    const second = runs.join('a', two.signal, work);
    one.abort();
    await expect(first).rejects.toEqual(new AppFailure({ code: 'ABORTED' }));
    expect(signals[0]?.aborted).toBe(false);
    two.abort();
    await expect(second).rejects.toEqual(new AppFailure({ code: 'ABORTED' }));
    expect(signals[0]?.aborted).toBe(true);
    // Who comes now does not join what is ending.
    const three = new AbortController();
    const third = runs.join('a', three.signal, work);
    expect(signals).toHaveLength(2);
    three.abort();
    await expect(third).rejects.toThrow();
  });

  test('fails for all alike', async () => {
    const runs = new SharedRuns<string>();
    const work = async () => {
      await settle();
      throw new Error('no');
    };
    const both = await Promise.allSettled([runs.join('a', undefined, work), runs.join('a', undefined, work)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
