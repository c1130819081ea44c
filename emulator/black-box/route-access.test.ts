/**
 * Who may make which call: permissions delegated and of an application, roles, and control of the tenant, for every route.
 * The expectations stand here, from the "Permissions" sections of the pages, and not in the table that the emulator goes by.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../graph/routes.ts';
import { codeOf, nobody } from './administrator.ts';
import { root, startClient } from './emulator-client.ts';
import type { Answer, EmulatorClient } from './emulator-client.ts';

const control = { read: 'BackupRestore-Control.Read.All', write: 'BackupRestore-Control.ReadWrite.All' } as const;
const configuration = {
  read: 'BackupRestore-Configuration.Read.All',
  write: 'BackupRestore-Configuration.ReadWrite.All',
} as const;
const restore = { read: 'BackupRestore-Restore.Read.All', write: 'BackupRestore-Restore.ReadWrite.All' } as const;
const search = 'BackupRestore-Search.Read.All';
const backupScopes = [...Object.values(control), ...Object.values(configuration), ...Object.values(restore), search];

interface Access {
  /** Each of these opens the call by itself. */
  readonly scopes: readonly string[];
  readonly delegatedOnly?: true;
  readonly role?: 'browse';
  /** Also open to an application that controls nothing, or to one that waits for control. */
  readonly openTo?: 'anyone' | 'waiting';
}

/** By method and address below the root; the first that fits. */
const accesses: readonly (readonly [RegExp, Access])[] = [
  [/^GET $/, { scopes: [control.read, control.write], openTo: 'anyone' }],
  [/^GET \/serviceApps/, { scopes: [control.read, control.write], openTo: 'anyone' }],
  [
    /^POST \/serviceApps\/\{id\}\/(activate|deactivate)$/,
    { scopes: [control.write], delegatedOnly: true, openTo: 'anyone' },
  ],
  [/^(POST|DELETE) \/serviceApps/, { scopes: [control.write], openTo: 'anyone' }],
  [/^POST \/enable$/, { scopes: [control.write] }],
  [/^PATCH \/emailNotificationsSetting$/, { scopes: [control.write], delegatedOnly: true }],
  [/^GET \/emailNotificationsSetting$/, { scopes: [control.write] }],
  [
    /^POST \/protectionUnits\/\{id\}\/(offboard|cancelOffboard)$/,
    { scopes: [configuration.write], delegatedOnly: true },
  ],
  // Their pages name no higher privileged permission.
  [
    /^GET \/.*(ProtectionUnits|protectionUnits|BulkAdditionJobs)(\/.*)?$/,
    { scopes: [configuration.read], openTo: 'waiting' },
  ],
  [
    /^GET \/(protectionPolicies|\w+ProtectionPolicies|\w+InclusionRules)/,
    { scopes: [configuration.read, configuration.write], openTo: 'waiting' },
  ],
  [/^(POST|PATCH|DELETE) \/(protectionPolicies|\w+ProtectionPolicies)/, { scopes: [configuration.write] }],
  [/^POST \/restorePoints\/search$/, { scopes: [search] }],
  [/^GET \/restorePoints/, { scopes: [search, restore.read, restore.write] }],
  [/^(GET|POST) \/\w*[bB]rowseSessions/, { scopes: [restore.write], role: 'browse' }],
  [/^GET .*\/granular(Site|Drive)RestoreArtifacts/, { scopes: [restore.write], role: 'browse' }],
  [/^GET .*RestoreArtifacts/, { scopes: [restore.read] }],
  [/^GET \/(restoreSessions|\w+RestoreSessions)/, { scopes: [restore.read, restore.write] }],
  [/^(POST|PATCH|DELETE) \/(restoreSessions|\w+RestoreSessions)/, { scopes: [restore.write] }],
];

interface Call {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  /** Which workload's administrators may call it; undefined: those of any. */
  readonly workload: 'files' | 'mail' | undefined;
}

const workloadOf = (template: string): Call['workload'] => {
  if (/exchange|mailbox/i.test(template)) return 'mail';
  return /sharePoint|oneDrive|site|drive/i.test(template) ? 'files' : undefined;
};

const calls: readonly Call[] = routes
  .filter(({ template }) => template.startsWith(root))
  .map(({ method, template }) => {
    const below = template.slice(root.length);
    const name = `${method} ${below}`;
    const access = accesses.find(([pattern]) => pattern.test(name))?.[1];
    if (access === undefined) throw new Error(`Nothing is said of ${name}.`);
    return { name, method, path: template.replaceAll('{id}', nobody), access, workload: workloadOf(below) };
  });

const rolesFor = ({ access }: Call): readonly string[] =>
  access.role === 'browse' ? ['SharePoint Backup Administrator', 'Global Administrator'] : ['Global Administrator'];

let client: EmulatorClient;
beforeAll(async () => {
  client = await startClient({ units: 40 });
});
afterAll(() => client.stop());

const known = new Map<string, Promise<string>>();
const cached = (key: string, make: () => Promise<string>): Promise<string> => {
  const token = known.get(key) ?? make();
  known.set(key, token);
  return token;
};
const delegated = (scopes: readonly string[], roles: readonly string[]): Promise<string> =>
  cached(`user ${scopes.join()} ${roles.join()}`, () => client.token({ scopes, roles }));
const ofApplication = (consentedRoles: readonly string[]): Promise<string> =>
  cached(`app ${consentedRoles.join()}`, async () => {
    await client.control('PATCH', `/tenants/${client.tenantId}`, { consentedRoles });
    return client.appOnlyToken();
  });
const ask = async ({ method, path }: Call, token: string): Promise<Answer> =>
  client.graph(method, path, undefined, { token });

const noPermission = '403 Authorization_RequestDenied';
const noAccess = '403 accessDenied';
/** The call was let in: whatever is wrong with it then is another matter. */
const expectLetIn = (answer: Answer, why: string): void => {
  expect([noPermission, noAccess], why).not.toContain(codeOf(answer));
  expect(answer.status, why).not.toBe(401);
};

describe.each(calls.map(call => [call.name, call] as const))('%s', (_name, call) => {
  const { scopes, delegatedOnly } = call.access;
  const others = backupScopes.filter(scope => !scopes.includes(scope));

  test('is opened to a person by each of its permissions alone, and by no other', async () => {
    for (const scope of scopes) expectLetIn(await ask(call, await delegated([scope], rolesFor(call))), scope);
    expect(codeOf(await ask(call, await delegated(others, rolesFor(call))))).toBe(noPermission);
  });

  test('is opened to an application in the same way, unless it needs a person', async () => {
    for (const scope of scopes) {
      const answer = await ask(call, await ofApplication([scope]));
      if (delegatedOnly === true) expect(codeOf(answer), scope).toBe(noPermission);
      else expectLetIn(answer, scope);
    }
    expect(codeOf(await ask(call, await ofApplication(others)))).toBe(noPermission);
  });

  test('needs a role that manages its workload', async () => {
    const as = async (...roles: readonly string[]) => codeOf(await ask(call, await delegated(scopes, roles)));
    expect(await as('Global Reader')).toBe(noAccess);
    expect(await as()).toBe(noAccess);
    if (call.access.role === 'browse') {
      expect(await as('Global Administrator')).toBe(noAccess);
      expect(await as('SharePoint Backup Administrator')).not.toBe(noAccess);
      return;
    }
    expect(await as('Microsoft 365 Backup Administrator')).not.toBe(noAccess);
    expect((await as('SharePoint Administrator')) === noAccess).toBe(call.workload === 'mail');
    expect((await as('Exchange Administrator')) === noAccess).toBe(call.workload === 'files');
    expect(await as('SharePoint Backup Administrator')).toBe(noAccess);
  });
});

describe.each(['self', 'leaving', 'pending', 'other', 'firstParty', 'none'] as const)(
  'controlled by: %s',
  controller => {
    beforeAll(() =>
      client.control('PATCH', `/tenants/${client.tenantId}`, { controller, controlPassesDateTime: null }),
    );
    afterAll(() => client.control('PATCH', `/tenants/${client.tenantId}`, { controller: 'self' }));

    test.each(calls.map(call => [call.name, call] as const))('%s', async (_name, call) => {
      const { openTo } = call.access;
      const isOpen =
        controller === 'self' ||
        controller === 'leaving' ||
        openTo === 'anyone' ||
        (openTo === 'waiting' && controller === 'pending');
      for (const token of [
        await delegated(call.access.scopes, rolesFor(call)),
        ...(call.access.delegatedOnly === true ? [] : [await ofApplication(call.access.scopes)]),
      ]) {
        const answer = await ask(call, token);
        if (isOpen) expectLetIn(answer, controller);
        else expect(codeOf(answer)).toBe(noAccess);
      }
    });
  },
);

test('another application than the controller is refused what only the controller may do', async () => {
  const { body } = await client.control('POST', '/tokens', {
    tenantId: client.tenantId,
    userPrincipalName: client.ready.users[0]?.userPrincipalName,
    scopes: backupScopes,
    roles: ['Global Administrator', 'SharePoint Backup Administrator'],
    clientId: '00000000-1111-4222-8333-444444444444',
  });
  const token = String(body['accessToken']);
  for (const call of calls.filter(({ access }) => access.openTo !== 'anyone')) {
    expect(codeOf(await ask(call, token)), call.name).toBe(noAccess);
  }
  // It can't register, for the emulator knows one application, nor act on the other's registration.
  const app = `${root}/serviceApps/${client.ready.clientId}`;
  for (const [method, path] of [
    ['POST', `${root}/serviceApps`],
    ['POST', `${app}/deactivate`],
    ['DELETE', app],
  ] as const) {
    expect(codeOf(await client.graph(method, path, undefined, { token })), path).toBe(noAccess);
  }
});
