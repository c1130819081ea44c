import { describe, expect, test } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import { SharedRuns } from './shared-runs.ts';
import { TenantWork } from './tenant-work.ts';
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

describe('work of a tenant', () => {
  const untilAborted = async (signal: AbortSignal) =>
    new Promise<string>(resolve => {
      signal.addEventListener('abort', () => setImmediate(() => resolve('ended')));
    });

  test('is ended, waited for, and kept from beginning while the tenant is closed', async () => {
    const work = new TenantWork();
    const events: string[] = [];
    const running = work.run('A', undefined, untilAborted).then(() => void events.push('ended'));
    await work.closeWhile('a', async () => {
      events.push('closed');
      await expect(work.run('A', undefined, untilAborted)).rejects.toEqual(new AppFailure({ code: 'ABORTED' }));
      expect(await work.run('B', undefined, async () => 'other tenants go on')).toBe('other tenants go on');
    });
    await running;
    expect(events).toEqual(['ended', 'closed']);
    expect(await work.run('A', undefined, async () => 'again')).toBe('again');
  });

  test('ends for good with the console', async () => {
    const work = new TenantWork();
    const running = work.run('A', undefined, untilAborted);
    await work.stop();
    expect(await running).toBe('ended');
    await expect(work.run('A', undefined, untilAborted)).rejects.toThrow('ABORTED');
  });
});
