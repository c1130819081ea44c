/** Half (a): a real emulator, with what an example refers to in place, answers its request as documented. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { routeOf } from '../emulator/graph/router.ts';
import { headerProblems } from './answer-headers.ts';
import { contradictedMembers, documentedStatuses } from './documented-statuses.ts';
import { headerAt, isJson, textAt } from './example.ts';
import type { Example, Verdict } from './example.ts';
import { inMetadataForm } from './metadata-form.ts';
import { sceneOf } from './scene/scene.ts';
import type { Scene } from './scene/scene.ts';
import { shapeProblems } from './shape.ts';

const program = fileURLToPath(new URL('../emulator/main.ts', import.meta.url));

const readyShape = z.looseObject({
  url: z.string(),
  clientId: z.string(),
  tenants: z.array(z.looseObject({ id: z.string() })),
  users: z.array(z.looseObject({ userPrincipalName: z.string() })),
});

interface Emulator extends z.output<typeof readyShape> {
  stop(): void;
}

const start = (now: string, tenants: number): Promise<Emulator> =>
  new Promise((resolve, reject) => {
    const args = [program, '--tenants', String(tenants), '--units', '0', '--time-scale', '0', '--now', now];
    const child = spawn(process.execPath, [...args, '--validate-responses', '--exit-with-parent'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`The emulator ended with ${code ?? 'a signal'} before it was ready.`)));
    createInterface({ input: child.stdout }).once('line', line => {
      resolve({ ...readyShape.parse(JSON.parse(line)), stop: () => void child.kill() });
    });
  });

const scopes = ['Control', 'Configuration', 'Restore', 'Search'].flatMap(name =>
  name === 'Search'
    ? [`BackupRestore-${name}.Read.All`]
    : [`BackupRestore-${name}.Read.All`, `BackupRestore-${name}.ReadWrite.All`],
);

const control = async (emulator: Emulator, method: string, path: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${emulator.url}/_emulator${path}`, { method, body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
};

const tokenFor = async (emulator: Emulator, tenantId: string): Promise<string> => {
  const answer = await control(emulator, 'POST', '/tokens', {
    tenantId,
    userPrincipalName: emulator.users[0]?.userPrincipalName,
    scopes,
    roles: ['Microsoft 365 Backup Administrator', 'SharePoint Backup Administrator'],
  });
  return (isJson(answer) ? textAt(answer, 'accessToken') : undefined) ?? '';
};

const setUp = async (emulator: Emulator, tenantId: string, scene: Scene): Promise<void> => {
  await control(emulator, 'PATCH', `/tenants/${tenantId}`, scene.tenant);
  for (const { collection, value } of scene.entities) {
    await control(emulator, 'POST', `/tenants/${tenantId}/entities`, { collection, value });
  }
};

/** The page's own token is no token, and what HTTP itself sets is not to be set twice. */
const ownHeaders = new Set(['authorization', 'host', 'content-length', 'connection', 'prefer']);
const sentHeaders = ({ headers = {}, body }: Example['request']): Record<string, string> => ({
  // Pages leave it out now and then.
  ...(body === undefined || headerAt(headers, 'content-type') !== undefined
    ? {}
    : { 'content-type': 'application/json' }),
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()))),
});

/** No answer of an emulator that runs takes longer. */
const ANSWER_WITHIN_MS = 30_000;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const judge = async (emulator: Emulator, tenantId: string, published: Example): Promise<readonly string[]> => {
  const example = inMetadataForm(published);
  const scene = sceneOf(example, emulator.clientId);
  await setUp(emulator, tenantId, scene);
  const { method, path, body } = example.request;
  const response = await fetch(`${emulator.url}/v1.0${path.replaceAll(' ', '%20')}`, {
    method,
    headers: {
      ...sentHeaders(example.request),
      authorization: `Bearer ${await tokenFor(emulator, tenantId)}`,
      prefer: 'include-unknown-enum-members',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const text = await response.text();
  const documented = documentedStatuses(example);
  if (!documented.includes(response.status)) {
    return [`status is ${response.status}, documented is ${documented.join(' or ')}: ${text.slice(0, 300)}`];
  }
  const routing = routeOf(method, path.split('?')[0] ?? '');
  const returns = routing.found === 'route' ? routing.match.route.returns : undefined;
  const note = [example.note ?? '', ...contradictedMembers(example)].join(' ');
  const how = { note, expectsNextLink: scene.expectsNextLink };
  return [
    ...headerProblems(example.response.headers, response.headers),
    ...shapeProblems(returns, example.response.body, parsed(text), how),
  ];
};

/** Service time: so that a date which must lie some days ahead does. */
const nowFor = (example: Example): string => {
  const { request } = inMetadataForm(example);
  const date = isJson(request.body) ? textAt(request.body, 'effectiveDateTime') : undefined;
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? '2024-04-05T00:00:00Z' : new Date(at - 14 * 86_400_000).toISOString();
};

/** What is wrong in words, whatever was thrown. */
const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The verdicts on all v1.0 examples, each in a tenant of its own. An emulator that can't be started or ends fails its examples. */
export const checkEmulator = async (examples: readonly Example[]): Promise<readonly Verdict[]> => {
  const asked = examples.filter(({ version }) => version === 'v1.0');
  const verdicts: Verdict[] = [];
  for (const now of new Set(asked.map(nowFor))) {
    const ofNow = asked.filter(example => nowFor(example) === now);
    const put = (example: Example, problems: readonly string[]): void => {
      verdicts.push({ example, half: 'emulator', problems });
    };
    let emulator: Emulator;
    try {
      emulator = await start(now, ofNow.length);
    } catch (error) {
      for (const example of ofNow) put(example, [inWords(error)]);
      continue;
    }
    try {
      for (const [number, example] of ofNow.entries()) {
        const tenantId = emulator.tenants[number + 1]?.id ?? '';
        put(example, await judge(emulator, tenantId, example).catch((error: unknown) => [inWords(error)]));
      }
    } finally {
      emulator.stop();
    }
  }
  return verdicts;
};
