import { describe, expect, it } from 'vitest';
import { PAGE_ORIGIN, PORT_MESSAGE } from '../../shared/bridge/hand-over.ts';
import { isPortHandOver } from './connect-bridge.ts';

const page = { location: { origin: PAGE_ORIGIN } };
const ports: readonly MessagePort[] = [new MessageChannel().port1];

describe('the hand-over of the port', () => {
  it('is taken from the own preload', () => {
    expect(isPortHandOver({ source: page, origin: PAGE_ORIGIN, data: PORT_MESSAGE, ports }, page)).toBe(true);
  });

  it.each([
    ['another window', { source: {}, origin: PAGE_ORIGIN, data: PORT_MESSAGE, ports }],
    ['another origin', { source: page, origin: 'https://evil.example', data: PORT_MESSAGE, ports }],
    ['another message', { source: page, origin: PAGE_ORIGIN, data: 'port', ports }],
    ['a message without a port', { source: page, origin: PAGE_ORIGIN, data: PORT_MESSAGE, ports: [] }],
  ])('is not taken from %s', (_, event) => {
    expect(isPortHandOver(event, page)).toBe(false);
  });
});
