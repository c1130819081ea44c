import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clientCoverage } from '../conformance/coverage.ts';
import { contract } from '../shared/contract/index.ts';
import { coverageDocument, readConsoleReach } from './api-coverage.ts';

const ROOT = join(import.meta.dirname, '..');
/** The text of every source file of some folders, tests left out. */
const sourcesOf = (...patterns: readonly string[]): string =>
  patterns
    .flatMap(pattern => globSync(pattern, { cwd: ROOT }))
    .filter(file => !/\.test\.tsx?$|\/testing\//.test(file))
    .map(file => readFileSync(join(ROOT, file), 'utf8'))
    .join('\n');

test('the document is the one that the script writes (else: npm run coverage)', () => {
  expect(readFileSync(join(ROOT, 'docs/api-coverage.md'), 'utf8')).toBe(coverageDocument());
});

test('the document names no call twice, and no call of the client is missing in it', () => {
  const text = coverageDocument();
  const calls = [...text.matchAll(/^\| `(\w+) ([^`]*)`/gm)].map(([, method = '', path = '']) => `${method} ${path}`);
  expect(new Set(calls.map(call => call.toLowerCase())).size).toBe(calls.length);
  const inDocument = new Set(calls.map(call => call.toLowerCase()));
  const missing = Object.keys(clientCoverage())
    .map(call =>
      call
        .replace(/\/solutions\/backupRestore$/, '/')
        .replace('/solutions/backupRestore', '')
        .replaceAll(/\{[^}]*\}/g, '{id}'),
    )
    .filter(call => !inDocument.has(call.toLowerCase()));
  expect(missing).toEqual([]);
});

test('emulator and client speak every call', () => {
  expect(coverageDocument()).toMatch(/^(\d+) calls: \1 in the emulator, \1 in the client, \d+ reached/m);
});

describe('what the console reaches', () => {
  const reach = readConsoleReach();

  test('is asked of the client somewhere in main, and all that main asks is there', () => {
    const main = sourcesOf('main/!(graph)/**/*.ts', 'main/*.ts');
    const known = new Set(Object.values(clientCoverage()).flat());
    const called = [...main.matchAll(/(?:forTenant\([^()]*\)|\btenant)\s*\.(\w+)\s*\.(\w+)\(/g)]
      .map(([, group = '', name = '']) => `${group}.${name}`)
      .filter(name => known.has(name));
    // Questions that are packed into a batch are made by these.
    const packed = [
      ['listPointsRequest', 'restorePoints.list'],
      ['searchPointsRequest', 'restorePoints.search'],
    ].flatMap(([maker = '', name = '']) => (main.includes(`${maker}(`) ? [name] : []));
    expect(Object.keys(reach).toSorted()).toEqual([...new Set([...called, ...packed])].toSorted());
  });

  const procedures = [...new Set(Object.values(reach).flat())];

  test('goes through procedures of the contract', () => {
    const all = Object.entries(contract).flatMap(([group, calls]) =>
      Object.keys(calls).map(name => `${group}.${name}`),
    );
    expect(all).toEqual(expect.arrayContaining(procedures));
  });

  test('goes through procedures that the renderer calls', () => {
    const renderer = sourcesOf('renderer/**/*.ts', 'renderer/**/*.tsx');
    const uncalled = procedures.filter(name => !new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(renderer));
    expect(uncalled).toEqual([]);
  });
});
