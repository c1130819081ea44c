import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BEAT_SECONDS, SILENT_BEATS_ALLOWED } from '../../shared/bridge/heartbeat.ts';
import { serveBridge, type BridgeConnection } from './serve-bridge.ts';
import { isControl, isFrameOf, RawCaller, type RawAnswer } from './testing/raw-caller.ts';
import { keptLog, smallRouter } from './testing/small-bridge.ts';
import { wireKinds, type WiredPair } from './testing/wire.ts';

const errorOf = (answer: RawAnswer): unknown => {
  const body = answer.p.b?.json;
  return typeof body === 'object' && body !== null && 'data' in body ? body.data : body;
};

describe.each(wireKinds)('the bridge over a $kind', ({ open }) => {
  let pair: WiredPair;
  let connection: BridgeConnection;
  let caller: RawCaller;
  let seen: ReturnType<typeof smallRouter>['seen'];
  let log: ReturnType<typeof keptLog>;

  beforeEach(async () => {
    pair = await open();
    const small = smallRouter();
    seen = small.seen;
    log = keptLog();
    connection = serveBridge(small.router, pair.carrier, log);
    caller = new RawCaller(pair.wire);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await pair.dispose();
  });

  it('answers a call', async () => {
    expect((await caller.call('/counter/add', { by: 3 })).p.b?.json).toBe(3);
    expect((await caller.call('/counter/value')).p.b?.json).toBe(3);
  });

  it('hands a failure over as its code and facts, in the typed error of the contract', async () => {
    const answer = await caller.call('/trouble/refuse');
    expect(answer.p.b?.json).toMatchObject({ defined: true, code: 'APP_ERROR' });
    expect(errorOf(answer)).toEqual({ code: 'TENANT_UNKNOWN', asked: 'contoso.example', requestId: 'r-1' });
    expect(log.events).toEqual([]);
  });

  it('keeps the stack of what was not foreseen in the log, under the id that crosses', async () => {
    const answer = await caller.call('/trouble/crash');
    expect(JSON.stringify(answer)).not.toContain('SECRET-IN-A-STACK');
    const [logged] = log.events;
    expect(logged?.facts).toMatchObject({
      procedure: 'trouble.crash',
      stack: expect.stringContaining('SECRET-IN-A-STACK'),
    });
    expect(errorOf(answer)).toEqual({ code: 'UNEXPECTED', errorId: logged?.facts?.['errorId'] });
  });

  it('lets no answer out that breaks the contract', async () => {
    const answer = await caller.call('/trouble/breakContract');
    expect(errorOf(answer)).toMatchObject({ code: 'UNEXPECTED' });
    expect(JSON.stringify(answer)).not.toContain('no number');
    expect(log.events[0]?.facts?.['problems']).toEqual([expect.stringContaining('expected number')]);
  });

  it('words what is wrong with an input, by its place', async () => {
    const answer = await caller.call('/counter/add', { by: 1_000 });
    expect(errorOf(answer)).toEqual({ code: 'BAD_REQUEST', problems: [expect.stringMatching(/^by: .*100/)] });
    expect(seen.count).toBe(0);
  });

  it('refuses a procedure that does not exist', async () => {
    expect(errorOf(await caller.call('/counter/steal', { by: 1 }))).toEqual({
      code: 'BAD_REQUEST',
      problems: ['no procedure is called counter.steal'],
    });
  });

  it('streams to the end', async () => {
    const id = caller.start('/stream/countTo', { last: 3 });
    await caller.next(frame => isFrameOf(frame, id) && JSON.stringify(frame).includes('"done"'));
    const frames = caller.received.filter(frame => isFrameOf(frame, id));
    expect(frames.map(frame => JSON.stringify(frame).replace(id, 'id'))).toEqual([
      expect.stringContaining('text/event-stream'),
      '{"i":"id","t":3,"p":{"e":"message","d":{"json":1}}}',
      '{"i":"id","t":3,"p":{"e":"message","d":{"json":2}}}',
      '{"i":"id","t":3,"p":{"e":"message","d":{"json":3}}}',
      expect.stringContaining('"done"'),
    ]);
  });

  it('ends a stream that fails by the typed error', async () => {
    const id = caller.start('/stream/refuseAfter', { events: 1 });
    const last = await caller.next(frame => isFrameOf(frame, id) && JSON.stringify(frame).includes('"error"'));
    expect(last).toMatchObject({
      p: { e: 'error', d: { json: { code: 'APP_ERROR', defined: true, data: { code: 'OFFLINE' } } } },
    });
  });

  it('aborts the work of a call that its page has aborted, and logs nothing of the way out', async () => {
    const id = caller.start('/trouble/wait');
    await vi.waitUntil(() => seen.waiting === 1);
    caller.abort(id);
    await vi.waitUntil(() => seen.aborted === 1);
    expect((await caller.call('/counter/value')).p.b?.json).toBe(0);
    expect(log.events).toEqual([]);
  });

  it('ends a stream that waits for its next event when its page aborts', async () => {
    const id = caller.start('/stream/silent');
    await vi.waitUntil(() => seen.waiting === 1);
    caller.abort(id);
    await vi.waitUntil(() => seen.streamsEnded === 1);
    expect(log.events).toEqual([]);
  });

  it.each([
    ['says that it is gone', () => pair.wire.send('{"control":"gone"}')],
    ['drops without a word', () => pair.wire.drop()],
  ])('aborts everything when the page %s', async (_, leave) => {
    caller.start('/trouble/wait');
    caller.start('/stream/silent');
    await vi.waitUntil(() => seen.waiting === 2);
    leave();
    await connection.closed;
    await vi.waitUntil(() => seen.aborted === 2 && seen.streamsEnded === 1);
    expect(log.events).toEqual([]);
  });

  it('tells the page when main closes, and aborts its calls', async () => {
    caller.start('/trouble/wait');
    await vi.waitUntil(() => seen.waiting === 1);
    const gone = caller.next(frame => isControl(frame, 'gone'));
    const ended = new Promise<void>(resolve => pair.wire.onClosed(resolve));
    connection.close();
    await Promise.all([gone, ended, connection.closed]);
    await vi.waitUntil(() => seen.aborted === 1);
  });

  it('asks the page to open an address', async () => {
    const asked = caller.next(frame => isControl(frame, 'openUrl'));
    connection.openUrl(new URL('http://127.0.0.1:1/authorize?a=1&b=2'));
    expect(await asked).toEqual({ control: 'openUrl', url: 'http://127.0.0.1:1/authorize?a=1&b=2' });
  });

  it('answers a ping', async () => {
    const pong = caller.next(frame => isControl(frame, 'pong'));
    pair.wire.send('{"control":"ping"}');
    await pong;
  });
});

describe('a page that has died without telling', () => {
  it('is given up after some silent beats, and its calls are aborted', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const small = smallRouter();
    const log = keptLog();
    const sent: string[] = [];
    const closedListeners: (() => void)[] = [];
    const messageListeners: ((data: unknown) => void)[] = [];
    const connection = serveBridge(
      small.router,
      {
        post: text => sent.push(text),
        onMessage: listener => messageListeners.push(listener),
        onClosed: listener => closedListeners.push(listener),
        close: () => {
          for (const listener of closedListeners.splice(0)) listener();
        },
      },
      log,
    );
    messageListeners[0]?.('{"i":"1","p":{"u":"/trouble/wait"}}');
    await vi.waitUntil(() => small.seen.waiting === 1);

    vi.advanceTimersByTime(BEAT_SECONDS * 1_000 * SILENT_BEATS_ALLOWED);
    messageListeners[0]?.('{"control":"pong"}');
    vi.advanceTimersByTime(BEAT_SECONDS * 1_000 * SILENT_BEATS_ALLOWED);
    expect(small.seen.aborted).toBe(0);
    vi.advanceTimersByTime(BEAT_SECONDS * 1_000);
    await connection.closed;

    expect(small.seen.aborted).toBe(1);
    expect(sent.filter(text => text === '{"control":"ping"}')).toHaveLength(2 * SILENT_BEATS_ALLOWED);
    expect(log.events.map(({ event }) => event)).toEqual(['bridge.pageSilent']);
    vi.useRealTimers();
  });
});
