/** One who may do everything in the first customer tenant, over HTTP, and what the tests of changes need to know of it. */
import { allScopes, entries, part, root, startClient, textOf } from './emulator-client.ts';
import type { Answer, EmulatorClient, Json } from './emulator-client.ts';
import type { EmulatorOptions } from '../options.ts';

export type Kind = 'site' | 'drive' | 'mailbox';

export const policiesOf = {
  site: 'sharePointProtectionPolicies',
  drive: 'oneDriveForBusinessProtectionPolicies',
  mailbox: 'exchangeProtectionPolicies',
} as const;
export const sessionsOf = {
  site: 'sharePointRestoreSessions',
  drive: 'oneDriveForBusinessRestoreSessions',
  mailbox: 'exchangeRestoreSessions',
} as const;

const writeScopes = [...allScopes, 'BackupRestore-Configuration.ReadWrite.All', 'BackupRestore-Control.ReadWrite.All'];

/** A GUID that nothing has. */
export const nobody = '9fec8e78-bce4-4aaf-ab1b-5451cc387264';
export const hour = 3600;
export const day = 86_400;

export const codeOf = (answer: Answer): string => `${answer.status} ${String(part(answer.body, 'error', 'code'))}`;
export const removed = (id: string): Json => ({ '@removed': { reason: 'changed' }, id });
export const inGroups = (...ids: readonly string[]): string =>
  `(memberOf -any (group.id -in [${ids.map(id => `'${id}'`).join(', ')}]))`;
/** So many ids that nothing has. */
export const idsNobodyHas = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => `9fec8e78-bce4-4aaf-ab1b-${String(number).padStart(12, '0')}`);

export interface Administrator {
  readonly client: EmulatorClient;
  /** Paths are below the root of Backup Storage. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Changes the tenant through the control interface. Throws where that is refused. */
  change(settings: Json): Promise<void>;
  /** Puts entities in place. Throws where that is refused. */
  put(collection: string, ...value: readonly Json[]): Promise<void>;
  advance(seconds: number): Promise<void>;
  /** Ids of people, or of sites, whom nothing protects yet. */
  unprotected(kind: Kind): Promise<readonly string[]>;
  /** How a new unit is named in a policy. */
  asUnit(kind: Kind, resourceId: string): Json;
  /** A new policy with these, or with one that nothing protected; inactive unless asked otherwise. */
  policy(
    kind: Kind,
    options?: { readonly resources?: readonly string[]; readonly isActive?: boolean },
  ): Promise<string>;
  unitsOf(kind: Kind, policyId: string): Promise<readonly Json[]>;
  /** A point of each of so many units, as an artifact of a restore in place. */
  artifacts(kind: Kind, count: number): Promise<readonly { readonly unitId: string; readonly artifact: Json }[]>;
  /** A new draft. */
  draft(kind: Kind, artifacts?: readonly Json[]): Promise<string>;
  /** Activates a session and waits until it has ended; its artifacts. */
  restored(kind: Kind, sessionId: string): Promise<Answer>;
  stop(): Promise<void>;
}

const told = (answer: Answer): Answer => {
  if (answer.status >= 400) throw new Error(`Refused: ${answer.status} ${answer.text}`);
  return answer;
};

/** Over an emulator of its own; what fails by chance does not fail here. */
export const startAdministrator = async (options: Partial<EmulatorOptions> = {}): Promise<Administrator> => {
  const client = await startClient({ tenants: 1, units: 40, ...options });
  const token = await client.token({
    scopes: writeScopes,
    roles: ['Global Administrator', 'SharePoint Backup Administrator'],
  });
  const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
    client.graph(method, path.startsWith('http') ? path : `${root}${path}`, body, {
      token,
      headers: { prefer: 'include-unknown-enum-members' },
    });
  const change = async (settings: Json): Promise<void> => {
    told(await client.control('PATCH', `/tenants/${client.tenantId}`, settings));
  };
  const put = async (collection: string, ...value: readonly Json[]): Promise<void> => {
    told(await client.control('POST', `/tenants/${client.tenantId}/entities`, { collection, value }));
  };
  const listAll = async (kind: Kind): Promise<readonly Json[]> =>
    entries(told(await ask('GET', `/${kind}ProtectionUnits?$top=999`)).body['value']);
  const keyOf = (kind: Kind): string => (kind === 'site' ? 'siteId' : 'directoryObjectId');
  const asUnit = (kind: Kind, resourceId: string): Json => ({ [keyOf(kind)]: resourceId });
  const unprotected = async (kind: Kind): Promise<readonly string[]> => {
    const held = new Set((await listAll(kind)).map(unit => unit[keyOf(kind)]));
    const { body } = told(await client.control('GET', `/directory?tenantId=${client.tenantId}`));
    return entries(body[kind === 'site' ? 'sites' : 'people'])
      .map(resource => textOf(resource, 'id'))
      .filter(id => !held.has(id));
  };
  let policies = 0;
  await change({ artifactFailures: 'none' });
  return {
    client,
    ask,
    change,
    put,
    advance: seconds => client.advance(seconds),
    unprotected,
    asUnit,
    policy: async (kind, { resources, isActive = false } = {}) => {
      policies += 1;
      const named = resources ?? (await unprotected(kind)).slice(0, 1);
      const created = told(
        await ask('POST', `/${policiesOf[kind]}`, {
          displayName: `Policy ${policies}`,
          [`${kind}ProtectionUnits`]: named.map(id => asUnit(kind, id)),
        }),
      );
      const id = textOf(created.body, 'id');
      if (isActive) {
        told(await ask('POST', `/protectionPolicies/${id}/activate`));
        await client.advance(2 * hour);
      }
      return id;
    },
    unitsOf: async (kind, policyId) =>
      entries(told(await ask('GET', `/${policiesOf[kind]}/${policyId}/${kind}ProtectionUnits?$top=999`)).body['value']),
    artifacts: async (kind, count) => {
      const points = await client.newestPoints(await client.unitsWithPoints(kind, count));
      return points.map(({ id, unitId }) => ({
        unitId,
        artifact: { restorePoint: { id }, destinationType: 'inPlace' },
      }));
    },
    draft: async (kind, artifacts = []) => {
      const body = artifacts.length === 0 ? {} : { [`${kind}RestoreArtifacts`]: artifacts };
      return textOf(told(await ask('POST', `/${sessionsOf[kind]}`, body)).body, 'id');
    },
    restored: async (kind, sessionId) => {
      told(await ask('POST', `/restoreSessions/${sessionId}/activate`));
      await client.advance(6 * hour);
      return told(await ask('GET', `/${sessionsOf[kind]}/${sessionId}/${kind}RestoreArtifacts?$top=999`));
    },
    stop: () => client.stop(),
  };
};
