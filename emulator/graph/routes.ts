/** Every call that is emulated, as one table: what the router, the permissions, the counters and the faults go by. */
import type { UnitKind } from '../world/units.ts';
import { activateSession } from './activate-session.ts';
import { browse, browseNext } from './browse.ts';
import { browseCollections, createBrowseSession, getBrowseSession, listBrowseSessions } from './browse-sessions.ts';
import { createBulkRequest, deleteBulkRequest, getBulkRequest, listBulkRequests } from './bulk-requests.ts';
import { getMe, listCustomers, listOrganizations } from './directory-calls.ts';
import { getGroup, listGroups, listUsers, searchSites } from './directory-search.ts';
import { createSession, deleteSession, patchSession } from './draft-sessions.ts';
import { getEmailSettings, patchEmailSettings } from './email-settings.ts';
import { enableService } from './enable.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { granularCollection } from './granular-artifacts.ts';
import { createJob, getJob, listJobs } from './jobs.ts';
import type { PermissionName } from './permissions.ts';
import { getPolicy, listPolicies, policyCollections } from './policies.ts';
import { activatePolicy, createPolicy, deactivatePolicy, deletePolicy, patchPolicy } from './policy-changes.ts';
import { getRestorePoint, getUnitOfPoint, listRestorePoints, searchRestorePoints } from './restore-points.ts';
import {
  getArtifact,
  getPointOfArtifact,
  getSession,
  listArtifacts,
  listGranularArtifacts,
  listSessions,
  sessionNames,
} from './restore-sessions.ts';
import {
  createRule,
  deleteAndUnprotectRule,
  deleteRule,
  getRule,
  listAllRules,
  listRules,
  patchRule,
  runRule,
} from './rules.ts';
import { getRoot, getServiceApp, listServiceApps } from './service.ts';
import {
  activateServiceApp,
  deactivateServiceApp,
  deleteServiceApp,
  registerServiceApp,
} from './service-app-changes.ts';
import { cancelOffboardUnit, offboardUnit } from './unit-offboarding.ts';
import { getUnit, getUnitOfKind, listAllUnits, listUnits, listUnitsOfPolicy } from './units.ts';

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
  /** What a successful answer's body is, by the metadata: a type's full name, or `Collection(…)` of it. */
  readonly returns?: string;
  /** Its page shows `Content-Location` on an answer that reads: the address that was asked for. */
  readonly tellsLocation?: boolean;
  /** Refused to Microsoft's own command-line client. */
  readonly refusesPowerShell?: boolean;
  readonly handler: (context: GraphContext) => GraphAnswer;
}

const root = '/solutions/backupRestore';
const kinds: readonly UnitKind[] = ['site', 'drive', 'mailbox'];
const filed: readonly ('site' | 'drive')[] = ['site', 'drive'];
const policyTypes: Readonly<Record<UnitKind, string>> = {
  site: 'sharePointProtectionPolicy',
  drive: 'oneDriveForBusinessProtectionPolicy',
  mailbox: 'exchangeProtectionPolicy',
};
const granularTypes: Readonly<Record<UnitKind, string>> = {
  site: 'granularSiteRestoreArtifact',
  drive: 'granularDriveRestoreArtifact',
  mailbox: 'granularMailboxRestoreArtifact',
};

const one = (type: string): string => `microsoft.graph.${type}`;
const many = (type: string): string => `Collection(${one(type)})`;

interface Family {
  readonly permission: PermissionName;
  readonly gate: Gate;
  readonly workload?: UnitKind;
}

type Call = readonly [method: Route['method'], template: string, handler: Route['handler'], returns?: string];

/** Calls that the same callers may make. */
const family = (who: Family, calls: readonly Call[]): readonly Route[] =>
  calls.map(([method, template, handler, returns]) => ({
    method,
    template: template.startsWith('/') || template === '' ? `${root}${template}` : template,
    ...who,
    handler,
    ...(returns === undefined ? {} : { returns }),
  }));

const directoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/organization',
    permission: 'readOrganization',
    gate: 'anyone',
    handler: listOrganizations,
  },
  { method: 'GET', template: '/me', permission: 'readSelf', gate: 'anyone', handler: getMe },
  { method: 'GET', template: '/users', permission: 'readUsers', gate: 'anyone', handler: listUsers },
  { method: 'GET', template: '/groups', permission: 'readGroups', gate: 'anyone', handler: listGroups },
  { method: 'GET', template: '/groups/{id}', permission: 'readGroups', gate: 'anyone', handler: getGroup },
  { method: 'GET', template: '/sites', permission: 'readSites', gate: 'anyone', handler: searchSites },
  {
    method: 'GET',
    template: '/tenantRelationships/delegatedAdminCustomers',
    permission: 'readCustomers',
    gate: 'anyone',
    handler: listCustomers,
  },
];

const powerShellIsRefused = (routes: readonly Route[]): readonly Route[] =>
  routes.map(route => ({ ...route, refusesPowerShell: true }));

const locationIsTold = (routes: readonly Route[]): readonly Route[] =>
  routes.map(route => ({ ...route, tellsLocation: true }));

const serviceRoutes: readonly Route[] = [
  ...powerShellIsRefused([
    ...family({ permission: 'readControl', gate: 'anyone' }, [['GET', '', getRoot, one('backupRestoreRoot')]]),
    ...family({ permission: 'changeControl', gate: 'controller' }, [
      ['POST', '/enable', enableService, one('serviceStatus')],
    ]),
    ...family({ permission: 'changeControl', gate: 'anyone' }, [
      ['POST', '/serviceApps', registerServiceApp, one('serviceApp')],
      ['DELETE', '/serviceApps/{id}', deleteServiceApp],
    ]),
    ...family({ permission: 'changeControlDelegated', gate: 'anyone' }, [
      ['POST', '/serviceApps/{id}/activate', activateServiceApp, one('serviceApp')],
    ]),
  ]),
  ...family({ permission: 'changeControlDelegated', gate: 'anyone' }, [
    ['POST', '/serviceApps/{id}/deactivate', deactivateServiceApp, one('serviceApp')],
  ]),
  ...family({ permission: 'readControl', gate: 'anyone' }, [
    ['GET', '/serviceApps', listServiceApps, many('serviceApp')],
    ['GET', '/serviceApps/{id}', getServiceApp, one('serviceApp')],
  ]),
  ...family({ permission: 'changeControl', gate: 'controller' }, [
    ['GET', '/emailNotificationsSetting', getEmailSettings, one('emailNotificationsSetting')],
  ]),
  ...family({ permission: 'changeControlDelegated', gate: 'controller' }, [
    ['PATCH', '/emailNotificationsSetting', patchEmailSettings, one('emailNotificationsSetting')],
  ]),
];

const policyRoutes: readonly Route[] = [
  ...locationIsTold(
    family({ permission: 'readPolicies', gate: 'waiting' }, [
      ['GET', '/protectionPolicies', listPolicies(), many('protectionPolicyBase')],
      ['GET', '/protectionPolicies/{id}', getPolicy(), one('protectionPolicyBase')],
    ]),
  ),
  ...family({ permission: 'changePolicies', gate: 'controller' }, [
    ['DELETE', '/protectionPolicies/{id}', deletePolicy],
    ['POST', '/protectionPolicies/{id}/activate', activatePolicy, one('protectionPolicyBase')],
    ['POST', '/protectionPolicies/{id}/deactivate', deactivatePolicy, one('protectionPolicyBase')],
  ]),
];

const protectionRoutes = (kind: UnitKind): readonly Route[] => {
  const policies = `/${policyCollections[kind]}`;
  const units = `${kind}ProtectionUnits`;
  const rules = `${kind}InclusionRules`;
  const jobs = `${kind}ProtectionUnitsBulkAdditionJobs`;
  const unitType = `${kind}ProtectionUnit`;
  const ruleType = `${kind}ProtectionRule`;
  const jobType = `${kind}ProtectionUnitsBulkAdditionJob`;
  const reads = { gate: 'waiting', workload: kind } as const;
  return [
    ...family({ permission: 'readUnits', ...reads }, [
      ['GET', `/protectionUnits/microsoft.graph.${unitType}`, listUnits(kind), many(unitType)],
      // Older pages and the metadata have these collections beside the cast.
      ['GET', `/${units}`, listUnits(kind), many(unitType)],
      ['GET', `/${units}/{id}`, getUnitOfKind(kind, false), one(unitType)],
      ['GET', `${policies}/{id}/${units}`, listUnitsOfPolicy(kind), many(unitType)],
      ['GET', `${policies}/{id}/${units}/{id}`, getUnitOfKind(kind, true), one(unitType)],
    ]),
    ...locationIsTold([
      ...family({ permission: 'readUnits', ...reads }, [
        ['GET', `/${jobs}`, listJobs(kind, false), many(jobType)],
        ['GET', `/${jobs}/{id}`, getJob(kind, false), one(jobType)],
        ['GET', `${policies}/{id}/${jobs}`, listJobs(kind), many(jobType)],
        ['GET', `${policies}/{id}/${jobs}/{id}`, getJob(kind), one(jobType)],
      ]),
      ...family({ permission: 'readPolicies', ...reads }, [
        ['GET', policies, listPolicies(kind), many(policyTypes[kind])],
        ['GET', `${policies}/{id}`, getPolicy(kind), one(policyTypes[kind])],
        ['GET', `/${rules}`, listAllRules(kind), many(ruleType)],
        ['GET', `/${rules}/{id}`, getRule(kind, false), one(ruleType)],
        ['GET', `${policies}/{id}/${rules}`, listRules(kind), many(ruleType)],
        ['GET', `${policies}/{id}/${rules}/{id}`, getRule(kind), one(ruleType)],
      ]),
    ]),
    ...family({ permission: 'changePolicies', gate: 'controller', workload: kind }, [
      ['POST', policies, createPolicy(kind), one(policyTypes[kind])],
      ['PATCH', `${policies}/{id}`, patchPolicy(kind), one(policyTypes[kind])],
      ['POST', `${policies}/{id}/${rules}`, createRule(kind), one(ruleType)],
      ['PATCH', `${policies}/{id}/${rules}/{id}`, patchRule(kind), one(ruleType)],
      ['DELETE', `${policies}/{id}/${rules}/{id}`, deleteRule(kind)],
      ['POST', `${policies}/{id}/${rules}/{id}/run`, runRule(kind), one('protectionRuleBase')],
      [
        'POST',
        `${policies}/{id}/${rules}/{id}/deleteAndUnprotect`,
        deleteAndUnprotectRule(kind),
        one('protectionRuleBase'),
      ],
      ['POST', `${policies}/{id}/${jobs}`, createJob(kind), one(jobType)],
    ]),
  ];
};

const unitRoutes: readonly Route[] = [
  ...family({ permission: 'readUnits', gate: 'waiting' }, [
    ['GET', '/protectionUnits', listAllUnits, many('protectionUnitBase')],
    ['GET', '/protectionUnits/{id}', getUnit, one('protectionUnitBase')],
  ]),
  ...family({ permission: 'offboard', gate: 'controller' }, [
    ['POST', '/protectionUnits/{id}/offboard', offboardUnit, one('protectionUnitBase')],
    ['POST', '/protectionUnits/{id}/cancelOffboard', cancelOffboardUnit, one('protectionUnitBase')],
  ]),
];

const pointRoutes: readonly Route[] = [
  ...family({ permission: 'readPoints', gate: 'controller' }, [
    ['GET', '/restorePoints', listRestorePoints, many('restorePoint')],
    ['GET', '/restorePoints/{id}', getRestorePoint, one('restorePoint')],
    ['GET', '/restorePoints/{id}/protectionUnit', getUnitOfPoint, one('protectionUnitBase')],
  ]),
  ...family({ permission: 'searchPoints', gate: 'controller' }, [
    ['POST', '/restorePoints/search', searchRestorePoints, one('restorePointSearchResponse')],
  ]),
];

const sessionBaseRoutes: readonly Route[] = [
  ...family({ permission: 'readSessions', gate: 'controller' }, [
    ['GET', '/restoreSessions', listSessions(), many('restoreSessionBase')],
    ['GET', '/restoreSessions/{id}', getSession(), one('restoreSessionBase')],
  ]),
  ...family({ permission: 'restore', gate: 'controller' }, [
    ['DELETE', '/restoreSessions/{id}', deleteSession],
    ['POST', '/restoreSessions/{id}/activate', activateSession, one('restoreSessionBase')],
  ]),
];

const sessionRoutes = (kind: UnitKind): readonly Route[] => {
  const { collection, artifacts, type } = sessionNames[kind];
  const sessions = `/${collection}`;
  const sessionType = type.replace('#microsoft.graph.', '');
  const artifactType = `${kind}RestoreArtifact`;
  const bulk = `${sessions}/{id}/${kind}RestoreArtifactsBulkAdditionRequests`;
  const bulkType = `${kind}RestoreArtifactsBulkAdditionRequest`;
  const granular = `${sessions}/{id}/${granularCollection[kind]}`;
  const controlled = { gate: 'controller', workload: kind } as const;
  return [
    ...family({ permission: 'readSessions', ...controlled }, [
      ['GET', sessions, listSessions(kind), many(sessionType)],
      ['GET', `${sessions}/{id}`, getSession(kind), one(sessionType)],
    ]),
    ...family({ permission: 'restore', ...controlled }, [
      ['POST', sessions, createSession(kind), one(sessionType)],
      ['PATCH', `${sessions}/{id}`, patchSession(kind), one(sessionType)],
      ['POST', bulk, createBulkRequest(kind), one(bulkType)],
      ['DELETE', `${bulk}/{id}`, deleteBulkRequest(kind)],
    ]),
    ...family({ permission: 'readArtifacts', ...controlled }, [
      ['GET', `${sessions}/{id}/${artifacts}`, listArtifacts(kind), many(artifactType)],
      ['GET', `${sessions}/{id}/${artifacts}/{id}`, getArtifact(kind), one(artifactType)],
      ['GET', `${sessions}/{id}/${artifacts}/{id}/restorePoint`, getPointOfArtifact(kind), one('restorePoint')],
      ['GET', bulk, listBulkRequests(kind), many(bulkType)],
      ['GET', `${bulk}/{id}`, getBulkRequest(kind), one(bulkType)],
    ]),
    ...family({ permission: kind === 'mailbox' ? 'readArtifacts' : 'browse', ...controlled }, [
      ['GET', granular, listGranularArtifacts(kind), many(granularTypes[kind])],
      ['GET', `${granular}/{id}`, getArtifact(kind, true), one(granularTypes[kind])],
    ]),
  ];
};

const browseRoutes: readonly Route[] = family({ permission: 'browse', gate: 'controller' }, [
  ['GET', '/browseSessions', listBrowseSessions(), many('browseSessionBase')],
  ['GET', '/browseSessions/{id}', getBrowseSession(), one('browseSessionBase')],
  ['POST', '/browseSessions/{id}/browse', browse(), many('browseQueryResponseItem')],
  ['GET', '/browseSessions/{id}/browse', browseNext(), many('browseQueryResponseItem')],
  ...filed.flatMap((kind): readonly Call[] => {
    const collection = `/${browseCollections[kind]}`;
    const type = kind === 'site' ? 'sharePointBrowseSession' : 'oneDriveForBusinessBrowseSession';
    return [
      ['GET', collection, listBrowseSessions(kind), many(type)],
      ['POST', collection, createBrowseSession(kind), one(type)],
      ['GET', `${collection}/{id}`, getBrowseSession(kind), one(type)],
      ['POST', `${collection}/{id}/browse`, browse(kind), many('browseQueryResponseItem')],
      ['GET', `${collection}/{id}/browse`, browseNext(kind), many('browseQueryResponseItem')],
    ];
  }),
]);

export const routes: readonly Route[] = [
  ...directoryRoutes,
  ...serviceRoutes,
  ...policyRoutes,
  ...kinds.flatMap(protectionRoutes),
  ...unitRoutes,
  ...pointRoutes,
  ...sessionBaseRoutes,
  ...kinds.flatMap(sessionRoutes),
  ...browseRoutes,
];
