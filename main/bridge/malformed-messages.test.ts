import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/errors.ts';
import { MAX_REQUEST_LENGTH } from '../../shared/bridge/frames.ts';
import { serveBridge } from './serve-bridge.ts';
import { isControl, RawCaller } from './testing/raw-caller.ts';
import { keptLog, smallRouter } from './testing/small-bridge.ts';
import { wireKinds, type WiredPair } from './testing/wire.ts';

/** What a page that means harm, or an older one, might send; each of these was an unhandled rejection, a hang or a surprise in some library once. */
const madeByHand: readonly unknown[] = [
  '',
  ' ',
  'null',
  'true',
  '0',
  '[]',
  '{}',
  '"text"',
  '{"i":"1"}',
  '{"i":1,"p":{"u":"/counter/add"}}',
  '{"i":"","p":{"u":"/counter/add"}}',
  '{"i":"1","p":null}',
  '{"i":"1","p":{}}',
  '{"i":"1","p":{"u":5}}',
  '{"i":"1","p":{"u":""}}',
  '{"i":"1","p":{"u":"http://evil.example/counter/add"}}',
  '{"i":"1","p":{"u":"//evil.example"}}',
  '{"i":"1","p":{"u":"/counter/add?data=1","m":"GET"}}',
  '{"i":"1","p":{"u":"/counter/../counter/add","b":{"json":{"by":1}}}}',
  '{"i":"1","p":{"u":"/__proto__"}}',
  '{"i":"1","p":{"u":"/counter/constructor"}}',
  '{"i":"1","p":{"u":"/toString"}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1},"extra":1}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1}},"h":{"content-type":"text/event-stream"}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1}},"h":{"content-type":"multipart/form-data"}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1}},"h":{"content-disposition":"attachment; filename=x"}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1}},"h":{"last-event-id":"7"}}}',
  // Notes on values: a regular expression to run, a path into a prototype, a path that leads nowhere.
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":"/(a+)+$/"},"meta":[[5,"by"]]}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1},"meta":[[3,"__proto__","polluted"]]}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1},"meta":[[3,"constructor","prototype"]]}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1},"meta":[[3,"nowhere","else"]]}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":null,"meta":[[3,"by"]]}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":"9"},"meta":[[0,"by"]]}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1},"meta":"none"}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"__proto__":{"by":1}}}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":1e999}}}}',
  '{"i":"1","p":{"u":"/counter/add","b":{"json":{"by":-1}}}}',
  '{"i":"1","p":{"u":"/counter/add","b":[]}}',
  '{"i":"1","t":1,"p":{"u":"/counter/add","b":{"json":{"by":1}}}}',
  '{"i":"1","t":2,"p":{"s":200}}',
  '{"i":"1","t":3,"p":{"e":"message","d":1}}',
  '{"i":"1","t":3,"p":{"e":"message","d":{"json":1}}}',
  '{"i":"1","t":"4"}',
  '{"i":{"toString":1},"t":4}',
  '{"i":"1","t":4,"p":"reason"}',
  '{"control":"fire"}',
  '{"control":"ping","more":1}',
  '{"control":{}}',
  '{"control":"openUrl","url":"http://127.0.0.1/"}',
  '{"control":"refused","error":{"code":"OFFLINE"}}',
  `{"i":"1","p":{"u":"/counter/add","b":{"json":${'['.repeat(50_000)}${']'.repeat(50_000)}}}}`,
  '\u0000\u0001\ud800',
  'a'.repeat(MAX_REQUEST_LENGTH + 1),
  new Uint8Array([0xff, 0x00, 0x7b]),
  new Uint8Array(0),
];

/** Things that only a port can carry. */
const onlyOverPorts: readonly unknown[] = [
  null,
  undefined,
  5,
  7n,
  true,
  [],
  {},
  new Date(0),
  new Map([[1, 2]]),
  new Error('an error as a message'),
  { i: '1', p: { u: '/counter/add', b: { json: { by: 1 } } } },
];

/** A call that would count, with one of its parts put out of shape, or text that is near to JSON. */
const malformedText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc.json({ maxDepth: 4 }),
  fc
    .record({ i: fc.oneof(fc.string(), fc.jsonValue()), t: fc.jsonValue(), p: fc.jsonValue() }, { requiredKeys: [] })
    .map(frame => JSON.stringify(frame)),
  fc
    .record(
      {
        u: fc.oneof(fc.constant('/counter/add'), fc.string(), fc.webUrl()),
        b: fc.record({ json: fc.jsonValue(), meta: fc.jsonValue() }, { requiredKeys: [] }),
        h: fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }),
      },
      { requiredKeys: ['u', 'h'] },
    )
    .map(p => JSON.stringify({ i: 'a', p })),
  fc
    .tuple(fc.constant('{"i":"a","p":{"u":"/counter/add","b":{"json":{"by":1}}}}'), fc.nat(55))
    .map(([text, at]) => text.slice(0, at)),
  fc.nat().map(id => JSON.stringify({ i: `g${id}`, p: { u: '/counter/add', b: { json: { by: -id } } } })),
);

const GENERATED = 10_000;

describe.each(wireKinds)('malformed messages over a $kind', ({ kind, open }) => {
  let pair: WiredPair;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown): void => {
    rejections.push(reason);
  };

  beforeEach(async () => {
    rejections.length = 0;
    process.on('unhandledRejection', onRejection);
    pair = await open();
  });
  afterEach(async () => {
    process.off('unhandledRejection', onRejection);
    await pair.dispose();
  });

  it('meet typed errors only, end nothing and change nothing', async () => {
    const { router, seen } = smallRouter();
    const log = keptLog();
    serveBridge(router, pair.carrier, log);
    const caller = new RawCaller(pair.wire);
    const waiting = caller.start('/trouble/wait');

    const generated = fc.sample(malformedText, { numRuns: GENERATED, seed: 20_261_124 });
    // Each under an id of its own: a second call under an id that is in use would go unseen.
    const byHand = madeByHand.map((message, index) =>
      typeof message === 'string' ? message.replace('"i":"1"', `"i":"hand${index}"`) : message,
    );
    const messages = [...byHand, ...(kind === 'port' ? onlyOverPorts : []), ...generated];
    for (const message of messages) pair.wire.send(message);
    // All of them have been dealt with once this is answered: both carriers keep the order.
    const end = caller.next(frame => isControl(frame, 'pong'));
    pair.wire.send('{"control":"ping"}');
    await end;

    const answer = await caller.call('/counter/value');
    expect(answer.p.b?.json).toBe(0);
    expect((await caller.call('/counter/add', { by: 2 })).p.b?.json).toBe(2);
    expect(seen.count).toBe(2);
    // The call that was open all the while is still open, and still ends.
    expect(seen).toMatchObject({ waiting: 1, aborted: 0 });
    caller.abort(waiting);
    await expect.poll(() => seen.aborted).toBe(1);

    const answers = caller.received.filter(frame => !isControl(frame, 'pong')).slice(0, -2);
    for (const frame of answers) expect(AppError.parse(errorIn(frame)).code).toBe('BAD_REQUEST');
    // Silence is allowed only to an abort of a call that is not there; nearly everything was answered.
    expect(answers.length).toBeGreaterThan(messages.length * 0.99);
    expect(log.events).toEqual([]);
    expect(rejections).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

function errorIn(frame: unknown): unknown {
  if (typeof frame !== 'object' || frame === null) return frame;
  if ('error' in frame) return frame.error;
  if (!('p' in frame) || typeof frame.p !== 'object' || frame.p === null || !('b' in frame.p)) return frame;
  const { b } = frame.p;
  if (typeof b !== 'object' || b === null || !('json' in b)) return frame;
  const { json } = b;
  return typeof json === 'object' && json !== null && 'defined' in json && json.defined === true && 'data' in json
    ? json.data
    : json;
}
