/**
 * `npm run coverage` writes `docs/api-coverage.md`: every endpoint that the metadata or the emulator's routes know, by emulator, client
 * and console. The client's column is worked out from the routes that conformance asks the client for; the console's from
 * `docs/coverage-ui.json`, which names the procedures of the contract by which the renderer reaches a function of the client.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { clientCoverage } from '../conformance/coverage.ts';
import { routes } from '../emulator/graph/routes.ts';
import { actions, elementOf, isDerivedFrom, navigationsOf } from '../emulator/metadata/metadata.ts';

const root = '/solutions/backupRestore';
const pathOf = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

/** Procedures of the contract, by the function of the client that they lead to. */
export const readConsoleReach = (): Readonly<Record<string, readonly string[]>> =>
  z.record(z.string(), z.array(z.string()).min(1)).parse(JSON.parse(readFileSync(pathOf('coverage-ui.json'), 'utf8')));

/** Reads of every navigation, and the actions bound to what they lead to, two levels below the root. */
const fromMetadata = (): ReadonlySet<string> => {
  const calls = new Set<string>([`GET ${root}`]);
  const walk = (type: string, path: string, depth: number): void => {
    for (const { name, type: target } of navigationsOf(type)) {
      const element = elementOf(target) ?? target;
      const at = elementOf(target) === undefined ? `${path}/${name}` : `${path}/${name}/{id}`;
      if (elementOf(target) !== undefined) calls.add(`GET ${path}/${name}`);
      calls.add(`GET ${at}`);
      if (depth < 2) walk(element, at, depth + 1);
      for (const action of actions) {
        const bound = elementOf(action.boundTo);
        if (bound === element && path === root) calls.add(`POST ${path}/${name}/${action.name}`);
      }
    }
  };
  walk('microsoft.graph.backupRestoreRoot', root, 0);
  for (const action of actions) {
    if (elementOf(action.boundTo) !== undefined) continue;
    const isRoot = action.boundTo === 'microsoft.graph.backupRestoreRoot';
    if (isRoot) calls.add(`POST ${root}/${action.name}`);
    for (const { name, type } of navigationsOf('microsoft.graph.backupRestoreRoot')) {
      const element = elementOf(type);
      if (element === action.boundTo || (element !== undefined && isDerivedFrom(action.boundTo, element))) {
        calls.add(`POST ${root}/${name}/{id}/${action.name}`);
      }
    }
  }
  return calls;
};

/** A call as both sides name it: whatever an id is called, and whatever the case of a collection. */
const keyOf = (call: string): string => call.replaceAll(/\{[^}]*\}/g, '{id}').toLowerCase();

const inOrder = (calls: Iterable<string>): readonly string[] =>
  [...calls].toSorted((a, b) => {
    const [left, right] = [a.split(' ')[1] ?? '', b.split(' ')[1] ?? ''];
    return left < right ? -1 : left > right ? 1 : a < b ? -1 : 1;
  });

/** The document as it should be. */
export const coverageDocument = (): string => {
  const emulated = routes.map(({ method, template }) => `${method} ${template}`).filter(call => call.includes(root));
  const inEmulator = new Set(emulated.map(keyOf));
  const byClient = new Map(Object.entries(clientCoverage()).map(([call, functions]) => [keyOf(call), functions]));
  const reach = readConsoleReach();
  const all = inOrder(new Set([...emulated, ...fromMetadata()]));
  const rows = all.map(call => {
    const functions = byClient.get(keyOf(call)) ?? [];
    const procedures = [...new Set(functions.flatMap(name => reach[name] ?? []))];
    return {
      call,
      emulator: inEmulator.has(keyOf(call)),
      client: functions.map(name => `\`${name}\``).join(', '),
      console: procedures.map(name => `\`${name}\``).join(', '),
    };
  });
  const count = (column: 'emulator' | 'client' | 'console'): number => rows.filter(row => row[column]).length;
  return `# Coverage of the Backup Storage API (v1.0)

Written by \`npm run coverage\` (\`scripts/api-coverage.ts\`); a test fails where it is behind. Paths are below \`${root}\`.

- **emulator**: the call is in its table of routes.
- **client**: the function of \`main/graph\` that speaks it.
- **console**: the procedures of the contract by which the renderer reaches that function. "no" stands for what the console does not
  do: it protects and restores whole units, and leaves control of the service and granular restores to other tools.

${all.length} calls: ${count('emulator')} in the emulator, ${count('client')} in the client, ${count('console')} reached by the console.

| call | emulator | client | console |
|---|---|---|---|
${rows.map(row => `| \`${row.call.endsWith(root) ? row.call.replace(root, '/') : row.call.replace(root, '')}\` | ${row.emulator ? 'yes' : 'no'} | ${row.client || 'no'} | ${row.console || 'no'} |`).join('\n')}
`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(pathOf('api-coverage.md'), coverageDocument());
