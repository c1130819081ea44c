import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckName, runCheck } from './check.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const configuration = ['tsconfig.base.json', '.oxlintrc.json', '.oxfmtrc.json', '.dependency-cruiser.mjs'];
const zones = ['shared', 'main', 'preload', 'renderer', 'emulator', 'e2e', 'bench', 'conformance', 'scripts'];

/** A small tree under the project's own configuration, clean to every check, to plant one violation at a time in. */
const clean: Readonly<Record<string, string>> = {
  'shared/one.ts': 'export const one = 1;\n',
  'main/two.ts': "import { one } from '../shared/one.ts';\n\nexport const two = one + one;\n",
  'main/start.ts': "import { two } from './two.ts';\n\nprocess.exitCode = two;\n",
};

let tree: string;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), text);
}

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'backstop-check-'));
  for (const zone of zones) mkdirSync(join(tree, zone));
  for (const file of configuration) cpSync(join(root, file), join(tree, file));
  for (const zone of ['shared', 'main', 'renderer'])
    cpSync(join(root, zone, 'tsconfig.json'), join(tree, zone, 'tsconfig.json'));
  write(
    'tsconfig.json',
    JSON.stringify({ files: [], references: [{ path: './shared' }, { path: './main' }, { path: './renderer' }] }),
  );
  write(
    'knip.json',
    JSON.stringify({
      entry: ['main/start.ts'],
      project: ['{shared,main}/**/*.ts'],
      ignoreDependencies: ['.*'],
      ignoreBinaries: ['.*'],
    }),
  );
  write('package.json', JSON.stringify({ name: 'planted', type: 'module' }));
  write('renderer/three.ts', 'export const three = document.title;\n');
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'dir');
  for (const [file, text] of Object.entries(clean)) write(file, text);
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Plants the files, runs the check, takes them out again, and gives what the check said. */
async function planted(
  name: CheckName,
  files: Readonly<Record<string, string>>,
): Promise<{ ok: boolean; output: string }> {
  for (const [file, text] of Object.entries(files)) write(file, text);
  try {
    return await runCheck(name, tree);
  } finally {
    for (const file of Object.keys(files)) {
      const original = clean[file];
      if (original === undefined) rmSync(join(tree, file));
      else write(file, original);
    }
  }
}

describe('npm run check', () => {
  it.each(['types', 'lint', 'format', 'imports', 'unused'] as const)('%s passes on the clean tree', async name => {
    const { ok, output } = await planted(name, {});
    expect(ok, output).toBe(true);
  });

  it.each<[what: string, name: CheckName, files: Record<string, string>, said: RegExp]>([
    ['a wrong type', 'types', { 'main/two.ts': "export const two: number = '2';\n" }, /TS2322/],
    [
      'an index that may be missing',
      'types',
      { 'main/two.ts': 'const all: number[] = [];\nexport const two: number = all[0];\n' },
      /TS2322/,
    ],
    ['Node in shared', 'types', { 'shared/one.ts': "export const one = Number(process.env['ONE']);\n" }, /process/],
    ['the DOM in shared', 'types', { 'shared/one.ts': 'export const one = document.title.length;\n' }, /document/],
    ['the DOM in main', 'types', { 'main/two.ts': 'export const two = document.title.length;\n' }, /document/],
    [
      'Node in the renderer',
      'types',
      { 'renderer/three.ts': "import { readFileSync } from 'node:fs';\nexport const three = readFileSync;\n" },
      /node:fs/,
    ],
    ['any', 'lint', { 'main/two.ts': 'export const two = (x: any): number => Number(x);\n' }, /no-explicit-any/],
    [
      'a floating promise',
      'lint',
      { 'main/two.ts': 'const later = async (): Promise<number> => 2;\nlater();\nexport const two = 2;\n' },
      /no-floating-promises/,
    ],
    [
      'a swallowed error',
      'lint',
      { 'main/two.ts': 'try {\n  JSON.parse("");\n} catch {}\nexport const two = 2;\n' },
      /no-empty/,
    ],
    ['a stray format', 'format', { 'main/two.ts': 'export const two  = 2\n' }, /two\.ts/],
    [
      'an export that nobody uses',
      'unused',
      { 'shared/one.ts': 'export const one = 1;\nexport const eleven = 11;\n' },
      /eleven/,
    ],
    ['a file that nobody uses', 'unused', { 'main/alone.ts': 'export const alone = 1;\n' }, /alone\.ts/],
  ])('finds %s', async (_what, name, files, said) => {
    const { ok, output } = await planted(name, files);
    expect(ok, 'the check passed').toBe(false);
    expect(output).toMatch(said);
  });

  it.each<[rule: string, files: Record<string, string>]>([
    [
      'no-cycles',
      {
        'main/two.ts': "import { four } from './four.ts';\n\nexport const two = four;\n",
        'main/four.ts': "import { two } from './two.ts';\n\nexport const four = two;\n",
      },
    ],
    ['unresolvable', { 'main/two.ts': "export * from './nowhere.ts';\n" }],
    ['shared-imports-nothing-of-ours', { 'shared/one.ts': "export { two } from '../main/two.ts';\n" }],
    ['shared-without-node', { 'shared/one.ts': "export { readFileSync } from 'node:fs';\n" }],
    [
      'domain-knows-no-contract',
      {
        'shared/contract/c.ts': 'export const c = 1;\n',
        'shared/domain/d.ts': "export { c } from '../contract/c.ts';\n",
      },
    ],
    [
      'testing-never-in-a-build',
      {
        'shared/testing/t.ts': 'export const t = 1;\n',
        'main/two.ts': "export { t } from '../shared/testing/t.ts';\n",
      },
    ],
    ['renderer-and-preload-import-only-shared', { 'renderer/r.ts': "export { two } from '../main/two.ts';\n" }],
    ['renderer-without-node', { 'renderer/r.ts': "export { readFileSync } from 'node:fs';\n" }],
    [
      'renderer-features-by-their-index',
      {
        'renderer/tenants/t.ts': 'export const t = 1;\n',
        'renderer/restore/r.ts': "export { t } from '../tenants/t.ts';\n",
      },
    ],
    ['emulator-imports-nothing-of-ours', { 'emulator/e.ts': "export { one } from '../shared/one.ts';\n" }],
    [
      'nobody-imports-the-emulator',
      { 'emulator/e.ts': 'export const e = 1;\n', 'main/two.ts': "export { e } from '../emulator/e.ts';\n" },
    ],
    ['electron-only-in-the-shell', { 'main/two.ts': "export { app } from 'electron';\n" }],
    [
      'testing-never-in-a-build',
      {
        'main/graph/testing/t.ts': 'export const t = 1;\n',
        'main/graph/g.ts': "export { t } from './testing/t.ts';\n",
      },
    ],
    ['sqlite-only-in-the-worker', { 'main/catalog/c.ts': "export { default } from 'better-sqlite3';\n" }],
    ['msal-only-in-auth', { 'main/graph/g.ts': "export { PublicClientApplication } from '@azure/msal-node';\n" }],
    [
      'graph-client-only-in-graph',
      { 'main/sync/s.ts': "export { Client } from '@microsoft/microsoft-graph-client';\n" },
    ],
    [
      'features-by-their-index',
      { 'main/graph/g.ts': 'export const g = 1;\n', 'main/sync/s.ts': "export { g } from '../graph/g.ts';\n" },
    ],
    [
      'features-know-no-host',
      { 'main/web/w.ts': 'export const w = 1;\n', 'main/sync/s.ts': "export { w } from '../web/w.ts';\n" },
    ],
    [
      'one-composition-root',
      { 'main/graph/g.ts': 'export const g = 1;\n', 'main/web/w.ts': "export { g } from '../graph/g.ts';\n" },
    ],
    [
      'hosts-apart',
      { 'main/web/w.ts': 'export const w = 1;\n', 'main/shell/s.ts': "export { w } from '../web/w.ts';\n" },
    ],
    ['e2e-from-outside', { 'e2e/e.ts': "export { two } from '../main/two.ts';\n" }],
  ])('holds the import rule %s', async (rule, files) => {
    const { ok, output } = await planted('imports', files);
    expect(ok, 'the check passed').toBe(false);
    expect(output).toContain(rule);
  });
});
