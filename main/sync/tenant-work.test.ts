import { describe, expect, test } from 'vitest';
import { AppFailure } from '../../shared/contract/errors.ts';
import { TenantWork } from './tenant-work.ts';

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
      expect([work.isClosed('A'), work.isClosed('B')]).toEqual([true, false]);
      await expect(work.run('A', undefined, untilAborted)).rejects.toEqual(new AppFailure({ code: 'ABORTED' }));
      expect(await work.run('B', undefined, async () => 'other tenants go on')).toBe('other tenants go on');
    });
    await running;
    expect(work.isClosed('A')).toBe(false);
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
