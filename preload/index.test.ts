import { afterEach, describe, expect, it, vi } from 'vitest';
import { PORT_MESSAGE } from '../shared/bridge/hand-over.ts';

const received = vi.hoisted(() => new Map<string, (event: { ports: readonly unknown[] }) => void>());
// All that the preload may use of Electron: one channel, once.
vi.mock('electron', () => ({
  ipcRenderer: {
    once: (channel: string, listener: (event: { ports: readonly unknown[] }) => void) =>
      received.set(channel, listener),
  },
}));

describe('the preload', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('hands the port that main posts to its own page, and does nothing else', async () => {
    const posted: unknown[][] = [];
    vi.stubGlobal('window', {
      location: { origin: 'app://backstop' },
      postMessage: (...args: unknown[]) => posted.push(args),
    });
    await import('./index.ts');
    expect([...received.keys()]).toEqual([PORT_MESSAGE]);
    expect(posted).toEqual([]);
    const port = {};
    received.get(PORT_MESSAGE)?.({ ports: [port] });
    expect(posted).toEqual([[PORT_MESSAGE, 'app://backstop', [port]]]);
  });
});
