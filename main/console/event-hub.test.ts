import { describe, expect, it } from 'vitest';
import { EventHub } from './event-hub.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';

describe('EventHub', () => {
  it('hands on what happens after the call, in order', async () => {
    const hub = new EventHub();
    hub.publish({ type: 'accountChanged' });
    const events = hub.subscribe(undefined);
    const first = events.next();
    hub.publish({ type: 'unitsChanged', tenantId });
    hub.publish({ type: 'accountChanged' });
    expect(await first).toEqual({ done: false, value: { type: 'unitsChanged', tenantId } });
    expect((await events.next()).value).toEqual({ type: 'accountChanged' });
    await events.return();
  });

  it('lets a later event take the place of the same one still waiting', async () => {
    const hub = new EventHub();
    const events = hub.subscribe(undefined);
    const first = events.next();
    hub.publish({ type: 'accountChanged' });
    await first;
    for (let round = 0; round < 1_000; round += 1) {
      hub.publish({ type: 'unitsChanged', tenantId });
      hub.publish({ type: 'sessionsChanged', tenantId });
    }
    hub.publish({ type: 'connectivityChanged', connectivity: { state: 'online' } });
    expect(await events.next()).toMatchObject({ value: { type: 'unitsChanged' } });
    expect(await events.next()).toMatchObject({ value: { type: 'sessionsChanged' } });
    expect(await events.next()).toMatchObject({ value: { type: 'connectivityChanged' } });
    await events.return();
  });

  it('ends when the page goes away, also while it waits', async () => {
    const hub = new EventHub();
    const gone = new AbortController();
    const events = hub.subscribe(gone.signal);
    const waiting = events.next();
    gone.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('ends when the page goes away while it takes what it was given', async () => {
    const hub = new EventHub();
    const gone = new AbortController();
    const events = hub.subscribe(gone.signal);
    const first = events.next();
    hub.publish({ type: 'accountChanged' });
    await first;
    gone.abort();
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});
