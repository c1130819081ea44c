import { describe, expect, it } from 'vitest';
import {
  MAX_REQUEST_LENGTH,
  problemsOf,
  readFromMain,
  readFromPage,
  writeControl,
  writeFailure,
  writeStreamFailure,
} from './frames.ts';

describe('what a page sends', () => {
  it('is read as a call, an abort or a word of control', () => {
    const call = '{"i":"1a","p":{"u":"/units/list","b":{"json":{"tenantId":"t"}}}}';
    expect(readFromPage(call)).toEqual({ is: 'message', callId: '1a', text: call });
    expect(readFromPage('{"i":"1a","t":4}')).toMatchObject({ is: 'message', callId: '1a' });
    expect(readFromPage('{"control":"ping"}')).toEqual({ is: 'control', control: { control: 'ping' } });
  });

  it('is malformed with its call named, so that the call can be told', () => {
    expect(readFromPage('{"i":"1a","p":{"u":"/units/list","h":{"x":"y"}}}')).toMatchObject({
      is: 'malformed',
      callId: '1a',
    });
  });

  it('is malformed without a call where it is an abort: answering that would end a call that is fine', () => {
    const frame = readFromPage('{"i":"1a","t":4,"p":"because"}');
    expect(frame.is).toBe('malformed');
    expect(frame).not.toHaveProperty('callId');
  });

  it('may fill the limit and not pass it', () => {
    const text = (length: number): string => {
      const frame = '{"i":"1","p":{"u":"/units/list","b":{"json":""}}}';
      return frame.replace('""', `"${'x'.repeat(length - frame.length)}"`);
    };
    expect(readFromPage(text(MAX_REQUEST_LENGTH)).is).toBe('message');
    expect(readFromPage(text(MAX_REQUEST_LENGTH + 1)).is).toBe('malformed');
  });

  it('holds the longest honest call twice over: 200 units of 256 characters', () => {
    const unitIds = Array.from({ length: 200 }, () => 'x'.repeat(256));
    const text = JSON.stringify({ i: '1', p: { u: '/plans/removeUnits', b: { json: { planId: 'p', unitIds } } } });
    expect(text.length * 2).toBeLessThan(MAX_REQUEST_LENGTH);
  });

  it('has no say in what only main may ask', () => {
    expect(readFromPage(writeControl({ control: 'openUrl', url: 'https://example.org/' })).is).toBe('malformed');
    expect(readFromMain(writeControl({ control: 'openUrl', url: 'https://example.org/' })).is).toBe('control');
  });
});

describe('what main sends', () => {
  it('is read as an answer, an event or a failure', () => {
    for (const text of [
      '{"i":"1","p":{"b":{"json":null}}}',
      '{"i":"1","p":{"h":{"content-type":"text/event-stream"}}}',
      '{"i":"1","t":3,"p":{"e":"message","d":{"json":1}}}',
      writeFailure('1', { code: 'OFFLINE' }),
      writeStreamFailure('1', { code: 'OFFLINE' }),
    ]) {
      expect(readFromMain(text)).toEqual({ is: 'message', callId: '1', text });
    }
  });

  it('names its call even where it can not be read, whatever part of the answer it is', () => {
    expect(readFromMain('{"i":"1","t":3,"p":7}')).toMatchObject({ is: 'malformed', callId: '1' });
    expect(readFromMain('{"i":"1","p":{"b":{"json":1,"meta":[[1]]}}}')).toMatchObject({ is: 'malformed', callId: '1' });
  });

  it('asks to open no address but a web address', () => {
    expect(readFromMain('{"control":"openUrl","url":"javascript:alert(1)"}').is).toBe('malformed');
    expect(readFromMain('{"control":"openUrl","url":"file:///etc/passwd"}').is).toBe('malformed');
  });
});

describe('problems', () => {
  it('name places and never values, few and short', () => {
    expect(problemsOf([{ message: 'expected number', path: ['window', { key: 'limit' }, 0] }])).toEqual([
      'window.limit.0: expected number',
    ]);
    const many = Array.from({ length: 50 }, () => ({ message: 'x'.repeat(1_000) }));
    expect(problemsOf(many)).toHaveLength(10);
    expect(problemsOf(many)[0]).toHaveLength(200);
  });
});
