import { existsSync, renameSync } from 'node:fs';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { toIso } from '../../../shared/domain/time.ts';

const companions = ['', '-wal', '-shm', '-journal'] as const;

/**
 * Moves a database file that nobody has open, with its log, to a dated name beside it.
 *
 * @returns the new path
 */
export function setAside(path: string, now: UtcSeconds): string {
  // Colons are not allowed in file names on Windows.
  const stamp = toIso(now).replaceAll(':', '');
  const name = (n: number): string => path.replace(/\.db$/, `-damaged-${stamp}${n === 1 ? '' : `-${n}`}.db`);
  let n = 1;
  while (existsSync(name(n))) n += 1;
  for (const companion of companions) {
    if (existsSync(path + companion)) renameSync(path + companion, name(n) + companion);
  }
  return name(n);
}
