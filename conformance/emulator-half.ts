/** Half (a): a real emulator, with what an example refers to in place, answers its request as documented. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { routeOf } from '../emulator/graph/router.ts';
import { isJson, textAt } from './example.ts';
import type { Example, Verdict } from './example.ts';
import { sceneOf } from './scene.ts';
import type { Scene } from './scene.ts';
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

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const judge = async (emulator: Emulator, tenantId: string, example: Example): Promise<readonly string[]> => {
  const scene = sceneOf(example, emulator.clientId);
  await setUp(emulator, tenantId, scene);
  const { method, path, body, headers } = example.request;
  const response = await fetch(`${emulator.url}/v1.0${path.replaceAll(' ', '%20')}`, {
    method,
    headers: {
      ...headers,
      authorization: `Bearer ${await tokenFor(emulator, tenantId)}`,
      prefer: 'include-unknown-enum-members',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status !== example.response.status) {
    return [`status is ${response.status}, documented is ${example.response.status}: ${text.slice(0, 300)}`];
  }
  const routing = routeOf(method, path.split('?')[0] ?? '');
  const returns = routing.found === 'route' ? routing.match.route.returns : undefined;
  const how = { note: example.note ?? '', expectsNextLink: scene.expectsNextLink };
  return shapeProblems(returns, example.response.body, parsed(text), how);
};

/** Service time: so that a date which must lie some days ahead does. */
const nowFor = ({ request }: Example): string => {
  const date = isJson(request.body) ? textAt(request.body, 'effectiveDateTime') : undefined;
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? '2024-04-05T00:00:00Z' : new Date(at - 14 * 86_400_000).toISOString();
};

/** The verdicts on all v1.0 examples, each in a tenant of its own. */
export const checkEmulator = async (examples: readonly Example[]): Promise<readonly Verdict[]> => {
  const asked = examples.filter(({ version }) => version === 'v1.0');
  const verdicts: Verdict[] = [];
  for (const now of new Set(asked.map(nowFor))) {
    const ofNow = asked.filter(example => nowFor(example) === now);
    const emulator = await start(now, ofNow.length);
    try {
      for (const [number, example] of ofNow.entries()) {
        const tenantId = emulator.tenants[number + 1]?.id ?? '';
        const problems = await judge(emulator, tenantId, example).catch((error: unknown) => [
          error instanceof Error ? error.message : String(error),
        ]);
        verdicts.push({ example: example.name, half: 'emulator', problems });
      }
    } finally {
      emulator.stop();
    }
  }
  return verdicts;
};
