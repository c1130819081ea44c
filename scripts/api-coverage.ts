/**
 * Writes `docs/api-coverage.md`: every endpoint that the metadata or the route table knows, by emulator, client and UI.
 * What the client and the UI cover stands in `docs/coverage-client.json`: `{"GET /template": {"client": true, "ui": false}}`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { routes } from '../emulator/graph/routes.ts';
import { actions, elementOf, isDerivedFrom, navigationsOf } from '../emulator/metadata/metadata.ts';

const root = '/solutions/backupRestore';
const pathOf = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
const markers = z.record(z.string(), z.object({ client: z.boolean().optional(), ui: z.boolean().optional() }));
const marked = existsSync(pathOf('coverage-client.json'))
  ? markers.parse(JSON.parse(readFileSync(pathOf('coverage-client.json'), 'utf8')))
  : {};

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

const emulated = new Set(routes.map(({ method, template }) => `${method} ${template}`));
const lower = new Set([...emulated].map(call => call.toLowerCase()));
const all = [...new Set([...[...emulated].filter(call => call.includes(root)), ...fromMetadata()])].sort((a, b) => {
  const [left, right] = [a.split(' ')[1] ?? '', b.split(' ')[1] ?? ''];
  return left < right ? -1 : left > right ? 1 : a < b ? -1 : 1;
});
const yes = (is: boolean | undefined): string => (is === true ? 'yes' : is === false ? 'no' : '–');
const rows = all.map(call => {
  const marks = marked[call];
  return `| \`${call.replace(root, '')}\` | ${yes(lower.has(call.toLowerCase()))} | ${yes(marks?.client)} | ${yes(marks?.ui)} |`;
});
const isMissing = all.filter(call => !lower.has(call.toLowerCase())).length;
writeFileSync(
  pathOf('api-coverage.md'),
  `# Coverage of the Backup Storage API (v1.0)

Written by \`scripts/api-coverage.ts\` from the metadata and the emulator's route table; paths are below \`${root}\`.
A "–" says that nobody has marked it; a "no" in the column *emulator* is a call that the metadata would allow and no page
documents. ${all.length} calls, ${all.length - isMissing} of them in the emulator.

| call | emulator | client | UI |
|---|---|---|---|
${rows.join('\n')}
`,
);
