import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TokenSource } from '../graph/index.ts';

const script = fileURLToPath(new URL('../../emulator/main.ts', import.meta.url));

export interface EmulatorTenant {
  readonly id: string;
  readonly domain: string;
  readonly displayName: string;
  readonly units: number;
  readonly role: 'home' | 'customer';
}

/** What the emulator's ready line says. */
export interface ReadyLine {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: string;
  readonly tenants: readonly EmulatorTenant[];
  readonly users: readonly {
    readonly userPrincipalName: string;
    readonly objectId: string;
    readonly homeTenantId: string;
  }[];
}

/** An emulator in a process of its own, seen from outside, for integration tests. */
export interface EmulatorProcess {
  readonly ready: ReadyLine;
  /** The first customer tenant. */
  readonly tenant: EmulatorTenant;
  /** Calls `/_emulator…`. @throws where it answers no 2xx */
  control<T>(method: string, path: string, body?: object): Promise<T>;
  stop(): Promise<void>;
}

/** @param args as of `npm run emulator`, without `--port` */
export async function startEmulatorProcess(...args: readonly string[]): Promise<EmulatorProcess> {
  const child: ChildProcess = spawn(process.execPath, [script, '--port', '0', '--validate-responses', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
  });
  const line = await new Promise<string>((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('The emulator has no standard output.'));
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', code => reject(new Error(`The emulator ended with ${code}.`)));
  });
  const ready = JSON.parse(line) as ReadyLine;
  const tenant = ready.tenants.find(({ role }) => role === 'customer');
  if (tenant === undefined) throw new Error('The emulator has no customer tenant.');
  return {
    ready,
    tenant,
    control: async <T>(method: string, path: string, body?: object): Promise<T> =>
      await control(ready.url, method, path, body),
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

async function control<T>(url: string, method: string, path: string, body: object | undefined): Promise<T> {
  const response = await fetch(`${url}/_emulator${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /_emulator${path} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Delegated tokens of the first user, had without a browser. */
export function emulatorTokens(
  { url, users }: ReadyLine,
  userPrincipalName = users[0]?.userPrincipalName,
): TokenSource {
  return {
    accessToken: async (tenantId, scopes) => {
      const { accessToken } = await control<{ accessToken: string }>(url, 'POST', '/tokens', {
        tenantId,
        userPrincipalName,
        scopes,
      });
      return { token: accessToken, tenantId };
    },
  };
}
