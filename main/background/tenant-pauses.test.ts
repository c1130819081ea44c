import { expect, it } from 'vitest';
import { TenantPauses } from './tenant-pauses.ts';

it('grow with each failure of a tenant in a row, end by themselves, and are that tenant’s alone', () => {
  let now = 1_000;
  const pauses = new TenantPauses(() => now, 1);
  pauses.add('A', { why: 'throttled' });
  expect(pauses.find('a')).toEqual({ why: 'throttled', untilAt: 1_030 });
  expect(pauses.find('B')).toBeUndefined();
  now = 1_030;
  expect(pauses.find('A')).toBeUndefined();
  pauses.add('A', { why: 'throttled' });
  expect(pauses.find('A')?.untilAt).toBe(1_090);
  // Never shorter than the service asks for.
  pauses.add('A', { why: 'throttled' }, 5_000);
  expect(pauses.find('A')?.untilAt).toBe(5_000);
  pauses.clear('A');
  pauses.add('A', { why: 'failed', error: { code: 'OFFLINE' } });
  expect(pauses.find('A')).toEqual({ why: 'failed', error: { code: 'OFFLINE' }, untilAt: 1_090 });
});

it('count real seconds, also where the host’s clock runs faster', () => {
  const pauses = new TenantPauses(() => 0, 60);
  pauses.add('A', { why: 'throttled' });
  expect(pauses.find('A')?.untilAt).toBe(1_800);
});
