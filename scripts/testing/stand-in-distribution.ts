import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What marks the fuses inside Electron's binary, as its tools look for them: the mark, a version, a count, a state each. */
const MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As a fresh Electron has them: run as node, node options, inspect arguments and file privileges on. */
const FRESH = '101100011';

/** A folder that looks like an unpacked Electron for Linux to whoever packs an application, without any of its 250 MB. */
export function makeStandInDistribution(folder: string, electronVersion: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const wire = Buffer.concat([
    Buffer.from(MARK, 'latin1'),
    Buffer.from([1, FRESH.length]),
    Buffer.from(FRESH, 'latin1'),
  ]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]));
  chmodSync(join(folder, 'electron'), 0o755);
  for (const file of [
    'chrome-sandbox',
    'chrome_crashpad_handler',
    'LICENSE',
    'LICENSES.chromium.html',
    'locales/en-US.pak',
    'locales/fi.pak',
  ]) {
    writeFileSync(join(folder, file), '');
  }
  writeFileSync(join(folder, 'version'), electronVersion);
}
