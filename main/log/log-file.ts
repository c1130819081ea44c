import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, LogFacts } from '../host.ts';

/** The log is turned over at this size; one older file is kept. */
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * Opens `<folder>/console.log`: one JSON line an event, written at once so that nothing is lost when the process dies. The
 * log is a help to support, never a reason to fail: where it can't be written, events go to `fallback` (standard error).
 *
 * @param folder made if missing, readable by its owner alone
 */
export function openLog(folder: string, fallback: (line: string) => void = line => process.stderr.write(line)): Log {
  const path = join(folder, 'console.log');
  let bytes = 0;
  let broken = false;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    broken = true;
  }
  const write = (level: string, event: string, facts: LogFacts = {}): void => {
    const line = `${JSON.stringify({ time: new Date().toISOString(), level, event, ...facts })}\n`;
    if (broken) {
      fallback(line);
      return;
    }
    try {
      if (bytes > MAX_BYTES) {
        renameSync(path, join(folder, 'console.1.log'));
        bytes = 0;
      }
      appendFileSync(path, line, { mode: 0o600 });
      bytes += Buffer.byteLength(line);
    } catch {
      broken = true;
      fallback(line);
    }
  };
  return {
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
  };
}
