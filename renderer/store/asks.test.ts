import { expect, it } from 'vitest';
import { sumAsks, useAsks } from './asks.ts';

const progress = (askId: string, tenantId: string, unitsDone: number, throttledUntil?: number) => ({
  tenantId,
  askId,
  purpose: 'heads' as const,
  unitsDone,
  unitsTotal: 100,
  questions: 5,
  ...(throttledUntil === undefined ? {} : { throttledUntil }),
});

it('keeps the newest progress of each ask until it has ended', () => {
  const { noteEvent } = useAsks.getState();
  noteEvent({ type: 'askProgressed', progress: progress('a', 't1', 20) });
  noteEvent({ type: 'askProgressed', progress: progress('b', 't2', 5, 900) });
  noteEvent({ type: 'askProgressed', progress: progress('a', 't1', 40) });
  expect(sumAsks(useAsks.getState().running.values())).toMatchObject({
    count: 2,
    tenants: 2,
    unitsDone: 45,
    unitsTotal: 200,
    throttledUntil: 900,
  });
  expect(sumAsks(useAsks.getState().running.values(), 't1')).toMatchObject({
    count: 1,
    unitsDone: 40,
    throttledUntil: undefined,
  });
  noteEvent({ type: 'askEnded', tenantId: 't1', askId: 'a' });
  expect(sumAsks(useAsks.getState().running.values()).count).toBe(1);
});

it('leaves out what nobody waits for', () => {
  const own = { ...progress('c', 't3', 10), inBackground: true };
  expect(sumAsks([own, progress('d', 't3', 5)])).toMatchObject({ count: 1, unitsDone: 5 });
});
