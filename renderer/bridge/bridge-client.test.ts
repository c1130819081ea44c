import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BEAT_SECONDS, SILENT_BEATS_ALLOWED } from '../../shared/bridge/heartbeat.ts';
import { AppFailure, type AppError } from '../../shared/contract/errors.ts';
import { createBridge, type Bridge } from './bridge-client.ts';

const TENANT = '3f1b3c52-6f0e-4a38-9d0e-0a3b5f1c2d4e';

interface Sent {
  readonly i: string;
  readonly t?: number;
  readonly p: { readonly u: string; readonly b?: unknown };
}

/** Main's end, played by hand: what was sent to it, and what it says. */
function playedMain() {
  const sent: string[] = [];
  const messageListeners: ((data: unknown) => void)[] = [];
  const closedListeners: (() => void)[] = [];
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closedListeners) listener();
  };
  return {
    carrier: {
      post: (text: string) => {
        if (open) sent.push(text);
      },
      onMessage: (listener: (data: unknown) => void) => messageListeners.push(listener),
      onClosed: (listener: () => void) => closedListeners.push(listener),
      close,
    },
    sent,
    close,
    say: (data: unknown): void => {
      for (const listener of messageListeners) listener(data);
    },
    /** Waits for the call after `after` earlier ones and gives it. */
    nthCall: async (n = 1): Promise<Sent> => {
      const calls = (): Sent[] => sent.map((text): Sent => JSON.parse(text)).filter(frame => 'p' in frame);
      await vi.waitUntil(() => calls().length >= n);
      const call = calls()[n - 1];
      if (call === undefined) throw new Error('no call');
      return call;
    },
  };
}

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AppFailure)) throw new Error(`expected an AppFailure, not ${String(thrown)}`);
  return thrown.error;
}

const typedError = (data: unknown): unknown => ({ defined: true, code: 'APP_ERROR', status: 500, message: 'm', data });

describe('the client of the bridge', () => {
  let main: ReturnType<typeof playedMain>;
  let bridge: Bridge;
  let opened: string[];
  let refused: string[];

  beforeEach(() => {
    main = playedMain();
    opened = [];
    refused = [];
    bridge = createBridge(main.carrier, {
      openUrl: url => opened.push(url.href),
      onRefused: problems => refused.push(...problems),
    });
  });
  afterEach(() => {
    bridge.close();
    vi.useRealTimers();
  });

  it('sends a call and gives its answer', async () => {
    const answer = bridge.client.console.settings();
    const call = await main.nthCall();
    expect(call).toEqual({ i: call.i, p: { u: '/console/settings', b: {} } });
    main.say(JSON.stringify({ i: call.i, p: { b: { json: { theme: 'dark' } } } }));
    expect(await answer).toEqual({ theme: 'dark' });
  });

  it.each<[string, unknown, AppError | { code: 'UNEXPECTED' }]>([
    [
      'a typed failure',
      typedError({ code: 'TENANT_UNKNOWN', asked: 'x.example' }),
      { code: 'TENANT_UNKNOWN', asked: 'x.example' },
    ],
    [
      'a refused input',
      typedError({ code: 'BAD_REQUEST', problems: ['by: too big'] }),
      { code: 'BAD_REQUEST', problems: ['by: too big'] },
    ],
    [
      'an untyped refusal',
      { defined: false, code: 'BAD_REQUEST', status: 400, message: 'm' },
      { code: 'BAD_REQUEST', problems: ['the input can not be read'] },
    ],
    ['a code that is not in the list', typedError({ code: 'FROM_THE_FUTURE' }), { code: 'UNEXPECTED' }],
    ['something else', 'No procedure matched', { code: 'UNEXPECTED' }],
  ])('turns %s into an AppFailure', async (_, body, expected) => {
    const answer = failureOf(bridge.client.tenants.list());
    const call = await main.nthCall();
    main.say(JSON.stringify({ i: call.i, p: { s: 500, b: { json: body } } }));
    expect(await answer).toMatchObject(expected);
  });

  it('ends a call whose answer can not be read', async () => {
    const answer = failureOf(bridge.client.tenants.list());
    const call = await main.nthCall();
    main.say(JSON.stringify({ i: call.i, p: { b: { json: [], meta: [[1]] } } }));
    expect(await answer).toMatchObject({ code: 'UNEXPECTED' });
    expect(refused).toHaveLength(1);
  });

  it('aborts a call, tells main, and calls it aborted', async () => {
    const controller = new AbortController();
    const answer = failureOf(bridge.client.sync.syncTenant({ tenantId: TENANT }, { signal: controller.signal }));
    const call = await main.nthCall();
    controller.abort();
    expect(await answer).toEqual({ code: 'ABORTED' });
    await vi.waitUntil(() => main.sent.includes(JSON.stringify({ i: call.i, t: 4 })));
  });

  it('aborts one call and not its neighbour', async () => {
    const controller = new AbortController();
    const aborted = failureOf(bridge.client.tenants.list(undefined, { signal: controller.signal }));
    const other = bridge.client.tenants.list();
    const call = await main.nthCall(2);
    controller.abort();
    expect(await aborted).toEqual({ code: 'ABORTED' });
    main.say(JSON.stringify({ i: call.i, p: { b: { json: [] } } }));
    expect(await other).toEqual([]);
  });

  it('streams until the end', async () => {
    const stream = bridge.client.console.events();
    const call = await main.nthCall();
    main.say(JSON.stringify({ i: call.i, p: { h: { 'content-type': 'text/event-stream' } } }));
    main.say(JSON.stringify({ i: call.i, t: 3, p: { e: 'message', d: { json: { type: 'accountChanged' } } } }));
    main.say(JSON.stringify({ i: call.i, t: 3, p: { e: 'done', d: {} } }));
    const events = [];
    for await (const event of await stream) events.push(event);
    expect(events).toEqual([{ type: 'accountChanged' }]);
  });

  it('tells main when a reader turns away from a stream', async () => {
    const stream = bridge.client.console.events();
    const call = await main.nthCall();
    main.say(JSON.stringify({ i: call.i, p: { h: { 'content-type': 'text/event-stream' } } }));
    main.say(JSON.stringify({ i: call.i, t: 3, p: { e: 'message', d: { json: { type: 'accountChanged' } } } }));
    for await (const _ of await stream) break;
    await vi.waitUntil(() => main.sent.includes(JSON.stringify({ i: call.i, t: 4 })));
  });

  it.each<[string, (main: ReturnType<typeof playedMain>, id: string) => void, string]>([
    [
      'fails',
      (at, i) => at.say(JSON.stringify({ i, t: 3, p: { e: 'error', d: { json: typedError({ code: 'OFFLINE' }) } } })),
      'OFFLINE',
    ],
    ['can not be read', (at, i) => at.say(JSON.stringify({ i, t: 3, p: { e: 'message', d: 1 } })), 'UNEXPECTED'],
    ['loses its bridge', at => at.close(), 'BRIDGE_CLOSED'],
  ])('ends a stream that %s', async (_, fail, code) => {
    const stream = bridge.client.console.events();
    const call = await main.nthCall();
    main.say(JSON.stringify({ i: call.i, p: { h: { 'content-type': 'text/event-stream' } } }));
    const next = (await stream).next();
    fail(main, call.i);
    expect(await failureOf(next)).toMatchObject({ code });
  });

  it.each<[string, (main: ReturnType<typeof playedMain>, bridge: Bridge) => void]>([
    ['main says that it is gone', at => at.say('{"control":"gone"}')],
    ['the carrier breaks', at => at.close()],
    ['this side closes', (_, at) => at.close()],
  ])('fails every call once %s', async (_, end) => {
    const open = failureOf(bridge.client.tenants.list());
    await main.nthCall();
    end(main, bridge);
    expect(await open).toEqual({ code: 'BRIDGE_CLOSED' });
    expect(bridge.closed.aborted).toBe(true);
    expect(await failureOf(bridge.client.tenants.list())).toEqual({ code: 'BRIDGE_CLOSED' });
  });

  it('gives up a main that is silent for some beats, however long each of them was', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const silent = playedMain();
    const toSilent = createBridge(silent.carrier, { openUrl: () => undefined, onRefused: () => undefined });
    const open = failureOf(toSilent.client.tenants.list());
    vi.advanceTimersByTime(BEAT_SECONDS * 1_000 * SILENT_BEATS_ALLOWED);
    expect(toSilent.closed.aborted).toBe(false);
    silent.say('{"control":"pong"}');
    vi.advanceTimersByTime(BEAT_SECONDS * 1_000 * SILENT_BEATS_ALLOWED);
    expect(toSilent.closed.aborted).toBe(false);
    vi.advanceTimersByTime(BEAT_SECONDS * 1_000);
    expect(toSilent.closed.aborted).toBe(true);
    expect(await open).toEqual({ code: 'BRIDGE_CLOSED' });
  });

  it('opens the address that main asks for, and none that is no web address', () => {
    main.say(JSON.stringify({ control: 'openUrl', url: 'http://127.0.0.1:5/a?b=1' }));
    main.say(JSON.stringify({ control: 'openUrl', url: 'javascript:alert(1)' }));
    expect(opened).toEqual(['http://127.0.0.1:5/a?b=1']);
    expect(refused).toHaveLength(1);
  });

  it('answers a ping, and outlives what it can not read', async () => {
    for (const junk of [
      '',
      'null',
      '[]',
      '{}',
      7,
      null,
      undefined,
      new Uint8Array(3),
      '{"i":"1","p":{"h":{"content-type":"multipart/form-data"}}}',
    ]) {
      main.say(junk);
    }
    main.say('{"control":"ping"}');
    expect(main.sent).toEqual(['{"control":"pong"}']);
    expect(refused.length).toBeGreaterThanOrEqual(9);
  });
});
