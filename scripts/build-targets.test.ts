import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStale, markBuilt, type BuildTarget } from './build-targets.ts';

const target: BuildTarget = {
  name: 'main',
  config: 'vite.config.ts',
  sources: ['main', 'shared'],
  result: 'dist/main.js',
};
const BUILT_AT = Date.UTC(2026, 2, 6);

describe('whether a build is stale', () => {
  let root: string;
  const touch = (path: string, at = BUILT_AT - 60_000): void => {
    writeFileSync(join(root, path), '');
    utimesSync(join(root, path), at / 1_000, at / 1_000);
  };
  const age = (path: string, at = BUILT_AT - 60_000): void => utimesSync(join(root, path), at / 1_000, at / 1_000);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'backstop-build-'));
    for (const folder of ['main/auth', 'shared', 'dist']) mkdirSync(join(root, folder), { recursive: true });
    for (const file of [
      'main/auth/a.ts',
      'main/auth/a.test.ts',
      'shared/b.ts',
      'vite.config.ts',
      'package-lock.json',
      'dist/main.js',
    ])
      touch(file);
    for (const folder of ['main/auth', 'main', 'shared']) age(folder);
    markBuilt(root, target, BUILT_AT);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('is not, while nothing has changed', () => {
    expect(isStale(root, target)).toBe(false);
  });

  it.each(['main/auth/a.ts', 'shared/b.ts', 'vite.config.ts', 'package-lock.json'])('is, when %s has changed', path => {
    touch(path, BUILT_AT + 1_000);
    expect(isStale(root, target)).toBe(true);
  });

  it('is, when a file was deleted', () => {
    rmSync(join(root, 'main/auth/a.ts'));
    expect(isStale(root, target)).toBe(true);
  });

  it('is, when its result is missing or it was never built', () => {
    rmSync(join(root, 'dist/main.js'));
    expect(isStale(root, target)).toBe(true);
    expect(isStale(root, { ...target, name: 'other', result: 'vite.config.ts' })).toBe(true);
  });

  it('is not, when a test has changed', () => {
    touch('main/auth/a.test.ts', BUILT_AT + 1_000);
    age('main/auth');
    expect(isStale(root, target)).toBe(false);
  });
});
