/** Every call that is emulated, as one table: what the router, the permissions, the counters and the faults go by. */
import type { UnitKind } from '../world/units.ts';
import { activateSession } from './activate-session.ts';
import { getMe, listCustomers, listOrganizations } from './directory-calls.ts';
import { createSession, deleteSession, patchSession } from './draft-sessions.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import type { PermissionName } from './permissions.ts';
import { getPolicy, listPolicies } from './policies.ts';
import { getRestorePoint, listRestorePoints, searchRestorePoints } from './restore-points.ts';
import { getSession, listArtifacts, listSessions, sessionNames } from './restore-sessions.ts';
import { getRoot, getServiceApp, listServiceApps } from './service.ts';
import { getUnit, listUnits, listUnitsOfPolicy } from './units.ts';

/**
 * Who may call as far as control of the tenant goes: `anyone` who has the permission; `waiting` also an application that
 * only waits to become the controller; `controller` the controller alone.
 */
type Gate = 'anyone' | 'waiting' | 'controller';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version; `{id}` stands for one segment. */
  readonly template: string;
  readonly permission: PermissionName;
  readonly gate: Gate;
  /** Where only some roles manage what this call is about. */
  readonly workload?: UnitKind;
  readonly handler: (context: GraphContext) => GraphAnswer;
}

const root = '/solutions/backupRestore';
const kinds: readonly UnitKind[] = ['site', 'drive', 'mailbox'];
const policyCollections: Readonly<Record<UnitKind, string>> = {
  site: 'sharePointProtectionPolicies',
  drive: 'oneDriveForBusinessProtectionPolicies',
  mailbox: 'exchangeProtectionPolicies',
};

const get = (
  template: string,
  permission: PermissionName,
  gate: Gate,
  handler: Route['handler'],
  workload?: UnitKind,
): Route => ({
  method: 'GET',
  template,
  permission,
  gate,
  handler,
  ...(workload === undefined ? {} : { workload }),
});

const unitRoutes = (kind: UnitKind): readonly Route[] => [
  get(`${root}/protectionUnits/microsoft.graph.${kind}ProtectionUnit`, 'readUnits', 'waiting', listUnits(kind), kind),
  // Older pages and the metadata have these collections beside the cast.
  get(`${root}/${kind}ProtectionUnits`, 'readUnits', 'waiting', listUnits(kind), kind),
  get(
    `${root}/${policyCollections[kind]}/{id}/${kind}ProtectionUnits`,
    'readUnits',
    'waiting',
    listUnitsOfPolicy(kind),
    kind,
  ),
  get(`${root}/${policyCollections[kind]}`, 'readPolicies', 'waiting', listPolicies(kind), kind),
  get(`${root}/${policyCollections[kind]}/{id}`, 'readPolicies', 'waiting', getPolicy(kind), kind),
];

const sessionRoutes = (kind: UnitKind): readonly Route[] => {
  const collection = `${root}/${sessionNames[kind].collection}`;
  const change = { permission: 'restore', gate: 'controller', workload: kind } as const;
  return [
    get(collection, 'readSessions', 'controller', listSessions(kind), kind),
    { method: 'POST', template: collection, ...change, handler: createSession(kind) },
    get(`${collection}/{id}`, 'readSessions', 'controller', getSession(kind), kind),
    { method: 'PATCH', template: `${collection}/{id}`, ...change, handler: patchSession(kind) },
    get(`${collection}/{id}/${sessionNames[kind].artifacts}`, 'readArtifacts', 'controller', listArtifacts(kind), kind),
  ];
};

export const routes: readonly Route[] = [
  get('/organization', 'readOrganization', 'anyone', listOrganizations),
  get('/me', 'readSelf', 'anyone', getMe),
  get('/tenantRelationships/delegatedAdminCustomers', 'readCustomers', 'anyone', listCustomers),
  get(root, 'readControl', 'anyone', getRoot),
  get(`${root}/serviceApps`, 'readControl', 'anyone', listServiceApps),
  get(`${root}/serviceApps/{id}`, 'readControl', 'anyone', getServiceApp),
  get(`${root}/protectionPolicies`, 'readPolicies', 'waiting', listPolicies()),
  get(`${root}/protectionPolicies/{id}`, 'readPolicies', 'waiting', getPolicy()),
  ...kinds.flatMap(unitRoutes),
  get(`${root}/protectionUnits/{id}`, 'readUnits', 'waiting', getUnit),
  get(`${root}/restorePoints`, 'readPoints', 'controller', listRestorePoints),
  {
    method: 'POST',
    template: `${root}/restorePoints/search`,
    permission: 'searchPoints',
    gate: 'controller',
    handler: searchRestorePoints,
  },
  get(`${root}/restorePoints/{id}`, 'readPoints', 'controller', getRestorePoint),
  get(`${root}/restoreSessions`, 'readSessions', 'controller', listSessions()),
  get(`${root}/restoreSessions/{id}`, 'readSessions', 'controller', getSession()),
  {
    method: 'DELETE',
    template: `${root}/restoreSessions/{id}`,
    permission: 'restore',
    gate: 'controller',
    handler: deleteSession,
  },
  {
    method: 'POST',
    template: `${root}/restoreSessions/{id}/activate`,
    permission: 'restore',
    gate: 'controller',
    handler: activateSession,
  },
  ...kinds.flatMap(sessionRoutes),
];
