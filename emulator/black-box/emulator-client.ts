/** What the black-box tests ask an emulator with: plain fetch, nothing of the emulator's inside but its start. */
import { startEmulator } from '../server.ts';
import type { ReadyLine, RunningEmulator } from '../server.ts';
import type { EmulatorOptions } from '../options.ts';

/** A moment well after which nothing in these tests lies: histories are the same on every day that they run. */
export const testStart = Date.UTC(2026, 2, 6, 14, 0, 0);

export const root = '/solutions/backupRestore';

export const allScopes = [
  'User.Read',
  'Organization.Read.All',
  'DelegatedAdminRelationship.Read.All',
  'BackupRestore-Control.Read.All',
  'BackupRestore-Configuration.Read.All',
  'BackupRestore-Restore.Read.All',
  'BackupRestore-Restore.ReadWrite.All',
  'BackupRestore-Search.Read.All',
];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; `{}` when it is none. */
  readonly body: Json;
}

/** JSON read loosely, as tests do. */
export interface Json {
  readonly [name: string]: unknown;
}

const toJson = (text: string): Json => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
};

/** A property of the body as an object. */
export const part = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );

export const entries = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown, ...path: readonly (string | number)[]): string => {
  const found = part(value, ...path);
  if (typeof found !== 'string') throw new Error(`There is no text at ${path.join('.')} of ${JSON.stringify(value)}`);
  return found;
};

export interface EmulatorClient {
  readonly ready: ReadyLine;
  /** The first customer. */
  readonly tenantId: string;
  /** Asks Graph in the first customer as the first user, with all scopes, unless told otherwise. */
  graph(method: string, path: string, body?: unknown, options?: AskOptions): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  token(options?: TokenOptions): Promise<string>;
  appOnlyToken(tenantId?: string): Promise<string>;
  /** Moves service time on. */
  advance(seconds: number): Promise<void>;
  /** Ids of units of a kind that have points. */
  unitsWithPoints(kind: 'site' | 'drive' | 'mailbox', count: number): Promise<readonly string[]>;
  /** The newest point of each unit. */
  newestPoints(unitIds: readonly string[]): Promise<readonly { readonly id: string; readonly unitId: string }[]>;
  stop(): Promise<void>;
}

interface AskOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is in place of the body. */
  readonly rawBody?: string;
}

interface TokenOptions {
  readonly tenantId?: string;
  readonly scopes?: readonly string[];
  readonly roles?: readonly string[];
}

const read = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: toJson(text) };
};

const clientOf = (emulator: RunningEmulator): EmulatorClient => {
  const { ready } = emulator;
  const [, customer] = ready.tenants;
  const [user] = ready.users;
  if (customer === undefined || user === undefined) throw new Error('The world has no customer or no user.');
  const control = async (method: string, path: string, body?: unknown): Promise<Answer> =>
    read(
      await fetch(`${ready.url}/_emulator${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const token = async ({ tenantId = customer.id, scopes = allScopes, roles }: TokenOptions = {}): Promise<string> => {
    const answer = await control('POST', '/tokens', {
      tenantId,
      userPrincipalName: user.userPrincipalName,
      scopes,
      roles,
    });
    return textOf(answer.body, 'accessToken');
  };
  let usual: Promise<string> | undefined;
  const graph = async (method: string, path: string, body?: unknown, options: AskOptions = {}): Promise<Answer> => {
    usual ??= token();
    const content = options.rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const address = path.startsWith('http') ? path : `${ready.url}/v1.0${path}`;
    return read(
      await fetch(address, {
        method,
        headers: {
          authorization: `Bearer ${options.token ?? (await usual)}`,
          ...(content === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(content === undefined ? {} : { body: content }),
      }),
    );
  };
  const search = async (unitIds: readonly string[]): Promise<Answer> =>
    graph('POST', `${root}/restorePoints/search`, {
      protectionUnitIds: unitIds,
      protectionTimePeriod: { startDateTime: '0001-01-01T00:00:00Z' },
      restorePointPreference: 'latest',
    });
  const newestPoints = async (unitIds: readonly string[]) => {
    const found: { id: string; unitId: string }[] = [];
    for (let at = 0; at < unitIds.length; at += 20) {
      const answer = await search(unitIds.slice(at, at + 20));
      for (const result of entries(answer.body['searchResults'])) {
        found.push({
          id: textOf(result, 'restorePoint', 'id'),
          unitId: textOf(result, 'restorePoint', 'protectionUnit', 'id'),
        });
      }
    }
    return found;
  };
  return {
    ready,
    tenantId: customer.id,
    graph,
    control,
    token,
    appOnlyToken: async (tenantId = customer.id) => {
      const response = await fetch(`${ready.url}/${tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: ready.clientId,
          client_secret: ready.clientSecret,
          scope: 'https://graph.microsoft.com/.default',
        }),
      });
      return textOf((await read(response)).body, 'access_token');
    },
    advance: async seconds => {
      await control('POST', '/clock', { advanceSeconds: seconds });
    },
    unitsWithPoints: async (kind, count) => {
      const answer = await graph('GET', `${root}/protectionUnits/microsoft.graph.${kind}ProtectionUnit?$top=999`);
      const ids = entries(answer.body['value'])
        .filter(unit => unit['status'] === 'protected')
        .map(unit => textOf(unit, 'id'));
      return (await newestPoints(ids)).slice(0, count).map(({ unitId }) => unitId);
    },
    newestPoints,
    stop: () => emulator.stop(),
  };
};

/** An emulator of its own whose service time stands still unless told otherwise. */
export const startClient = async (options: Partial<EmulatorOptions> = {}): Promise<EmulatorClient> =>
  clientOf(
    await startEmulator({
      seed: 7,
      tenants: 2,
      units: 60,
      nowMilliseconds: testStart,
      timeScale: 0,
      validateResponses: true,
      ...options,
    }),
  );
