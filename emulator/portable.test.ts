/** The emulator could move to a repository of its own: it reaches for nothing outside its folder but a few packages. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = import.meta.dirname;
/** At run time, and for the tests alone. */
const packages = ['hono', '@hono/node-server', 'zod'];
const packagesOfTests = ['vitest', 'fast-check', '@azure/msal-node', '@microsoft/microsoft-graph-client'];

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  name => name.endsWith('.ts') && !name.includes('node_modules'),
);

const importsOf = (name: string): readonly string[] => {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const patterns = [/^import '([^'\n]+)'/gm, /\bfrom '([^'\n]+)'(?: with \{.*\})?;$/gm, /\bimport\('([^'\n]+)'\)/g];
  return patterns.flatMap(pattern => [...text.matchAll(pattern)].flatMap(([, specifier]) => specifier ?? []));
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

test('every import stays within the folder, or is one of the packages that README names', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(importsOf('server.ts')).toContain('./control/routes.ts');
  for (const name of sources) {
    const isTest = name.endsWith('.test.ts') || /(^|\/)testing\//.test(name);
    for (const specifier of importsOf(name)) {
      if (specifier.startsWith('node:')) continue;
      if (specifier.startsWith('.')) {
        const target = path.relative(folder, path.resolve(folder, path.dirname(name), specifier));
        expect(target.startsWith('..'), `${name} imports ${specifier}`).toBe(false);
      } else {
        expect(isTest ? [...packages, ...packagesOfTests] : packages, `${name} imports ${specifier}`).toContain(
          packageOf(specifier),
        );
      }
    }
  }
});

test('README names every package', () => {
  const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
  for (const name of [...packages, ...packagesOfTests]) expect(readme).toContain(`\`${name}\``);
});

test('README lists every guess about refusals', () => {
  const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
  const guesses: unknown = JSON.parse(readFileSync(path.join(folder, 'metadata/guessed-refusals.json'), 'utf8'));
  const codes = JSON.stringify(guesses).matchAll(/"code":"(\w+)"/g);
  for (const [, code = ''] of codes) expect(readme).toContain(`\`${code}\``);
});
