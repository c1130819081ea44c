import { describe, expect, test } from 'vitest';
import { AskLanes, type AskPriority } from './ask-lanes.ts';
import { settle } from './testing/hand-timing.ts';

const never = new AbortController().signal;

describe('turns of a tenant', () => {
  test('are one at a time; another tenant does not wait', async () => {
    const lanes = new AskLanes();
    const first = await lanes.take('A', 'person', never);
    let second = false;
    const waiting = lanes.take('a', 'person', never).then(turn => {
      second = true;
      return turn;
    });
    await lanes.take('B', 'background', never);
    await settle();
    expect(second).toBe(false);
    first.release();
    (await waiting).release();
    expect(second).toBe(true);
  });

  test('go to persons first, in the order they came', async () => {
    const lanes = new AskLanes();
    const order: string[] = [];
    const holder = await lanes.take('A', 'background', never);
    const wait = async (name: string, priority: AskPriority) => {
      const turn = await lanes.take('A', priority, never);
      order.push(name);
      turn.release();
    };
    const all = [wait('heads', 'background'), wait('sync', 'sync'), wait('first', 'person'), wait('second', 'person')];
    await settle();
    expect(holder.isWantedMore()).toBe(true);
    holder.release();
    await Promise.all(all);
    expect(order).toEqual(['first', 'second', 'sync', 'heads']);
  });

  test('are not wanted more by the like, nor from a person', async () => {
    const lanes = new AskLanes();
    const holder = await lanes.take('A', 'background', never);
    const next = lanes.take('A', 'background', never);
    expect(holder.isWantedMore()).toBe(false);
    holder.release();
    const person = await next;
    void lanes.take('A', 'person', never);
    expect(person.isWantedMore()).toBe(true);
  });

  test('leave out who has given up', async () => {
    const lanes = new AskLanes();
    const holder = await lanes.take('A', 'person', never);
    const leaving = new AbortController();
    const gone = lanes.take('A', 'person', leaving.signal);
    const next = lanes.take('A', 'person', never);
    leaving.abort(new Error('given up'));
    await expect(gone).rejects.toThrow('given up');
    holder.release();
    (await next).release();
    // The lane is free again.
    (await lanes.take('A', 'background', never)).release();
  });
});
