import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog } from './log-file.ts';

describe('the log file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'backstop-log-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const lines = (): unknown[] =>
    readFileSync(join(folder, 'console.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));

  it('holds one JSON line an event, at once, for its owner alone', () => {
    const log = openLog(folder);
    log.info('window.opened');
    log.error('bridge.callFailed', { errorId: 'e-1' });
    expect(lines()).toEqual([
      { time: expect.any(String), level: 'info', event: 'window.opened' },
      { time: expect.any(String), level: 'error', event: 'bridge.callFailed', errorId: 'e-1' },
    ]);
    expect(statSync(join(folder, 'console.log')).mode & 0o077).toBe(0);
  });

  it('goes on where an earlier run stopped, and turns over when it is large', () => {
    writeFileSync(join(folder, 'console.log'), 'x'.repeat(5 * 1024 * 1024 + 1));
    openLog(folder).warn('started');
    expect(lines()).toMatchObject([{ event: 'started' }]);
    expect(statSync(join(folder, 'console.1.log')).size).toBe(5 * 1024 * 1024 + 1);
  });

  it('never fails its caller: where it can not write, events go to the fallback', () => {
    writeFileSync(join(folder, 'file'), '');
    const told: string[] = [];
    openLog(join(folder, 'file', 'logs'), line => told.push(line)).info('started');
    expect(told).toEqual([expect.stringContaining('"event":"started"')]);
    chmodSync(folder, 0o700);
  });
});
