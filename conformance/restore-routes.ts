import type { Answer, TenantGraph } from '../main/graph/index.ts';
import {
  deltaOf,
  destinationOf,
  listOf,
  objectOf,
  pointIdOf,
  propertyOf,
  searchPeriodOf,
  textOf,
  textsOf,
  within,
} from './request-body.ts';
import { firstOf, type Route } from './route.ts';
import { type Workload, workloads } from './workload.ts';

/** Restore sessions, their artifacts and requests, and browsing, of each kind. */
export const restoreRoutes: readonly Route[] = workloads.flatMap(workload => [
  ...sessionRoutes(workload),
  ...artifactRoutes(workload),
  ...bulkRoutes(workload),
  ...browseRoutes(workload),
]);

const toArtifact = (artifact: unknown) => ({
  restorePointId: pointIdOf(artifact) ?? 'missing',
  destinationType: destinationOf(artifact),
});
const toItem = (artifact: unknown) => ({
  browseSessionId: textOf(objectOf(artifact)['browseSessionId']) ?? 'missing',
  itemKey: textOf(objectOf(artifact)['id']) ?? textOf(objectOf(artifact)['itemKey']) ?? 'missing',
});
/** One destination type a session: what mixes them is refused by the client itself. */
const ofOneDestination = <T extends { readonly destinationType: 'inPlace' | 'new' }>(artifacts: readonly T[]) =>
  artifacts.map(artifact => ({ ...artifact, destinationType: artifacts[0]?.destinationType ?? 'new' }));

function sessionRoutes({ kind, name }: Workload): readonly Route[] {
  const sessions = `${name}RestoreSessions`;
  return [
    {
      method: 'GET',
      pattern: sessions,
      function: 'restoreSessions.listOfKind',
      ask: async tenant => firstOf(tenant.restoreSessions.listOfKind(kind)),
    },
    {
      method: 'GET',
      pattern: `${sessions}/{id}`,
      function: 'restoreSessions.fetchOfKind',
      ask: async (tenant, [id = '']) => tenant.restoreSessions.fetchOfKind(kind, id),
    },
    {
      method: 'POST',
      pattern: sessions,
      function: 'restoreSessions.create',
      also: [
        'restoreSessions.createEmpty',
        kind === 'mailbox' ? 'restoreSessions.createOfMail' : 'restoreSessions.createOfItems',
      ],
      ask: async (tenant, _, body) => createSession(tenant, kind, body),
    },
    {
      method: 'PATCH',
      pattern: `${sessions}/{id}`,
      function: 'restoreSessions.update',
      ...(kind === 'mailbox' ? {} : { also: ['restoreSessions.updateItems'] }),
      ask: async (tenant, [id = ''], body) => updateSession(tenant, kind, id, body),
    },
  ];
}

async function createSession(tenant: TenantGraph, kind: Workload['kind'], body: unknown): Promise<Answer<unknown>> {
  const granular = propertyOf(body, `granular${kind}RestoreArtifacts`, `granular${kind}RestoreArtifact`);
  const standard = propertyOf(body, `${kind}RestoreArtifacts`);
  if (granular !== undefined && kind !== 'mailbox') {
    const items = listOf(granular).map(toItem);
    return tenant.restoreSessions.createOfItems(kind, within(items, 50, toItem(undefined)));
  }
  if (granular !== undefined) {
    const searches = listOf(granular).map(search => ({
      ...toArtifact(search),
      searchResponseId: textOf(objectOf(search)['searchResponseId']) ?? 'missing',
    }));
    const placeholder = { ...toArtifact(undefined), searchResponseId: 'missing' };
    return tenant.restoreSessions.createOfMail(ofOneDestination(within(searches, 50, placeholder)));
  }
  if (standard === undefined) return tenant.restoreSessions.createEmpty(kind);
  const artifacts = within(listOf(standard).map(toArtifact), 50, toArtifact(undefined));
  return tenant.restoreSessions.create(kind, ofOneDestination(artifacts));
}

async function updateSession(
  tenant: TenantGraph,
  kind: Workload['kind'],
  id: string,
  body: unknown,
): Promise<Answer<unknown>> {
  const granular = propertyOf(body, `granular${kind}RestoreArtifacts@delta`);
  if (granular !== undefined && kind !== 'mailbox') {
    const { add, remove } = deltaOf(granular);
    const items = add.map(toItem).slice(0, 50 - remove.length);
    return tenant.restoreSessions.updateItems(kind, id, {
      add: remove.length > 0 ? items : within(items, 50, toItem(undefined)),
      remove,
    });
  }
  const { add, remove } = deltaOf(propertyOf(body, `${kind}RestoreArtifacts@delta`, `${kind}RestoreArtifacts`));
  const artifacts = ofOneDestination(add.map(toArtifact)).slice(0, 50 - remove.length);
  return tenant.restoreSessions.update(kind, id, {
    add: remove.length > 0 ? artifacts : within(artifacts, 50, toArtifact(undefined)),
    remove,
  });
}

function artifactRoutes({ kind, name }: Workload): readonly Route[] {
  const standard = `${name}RestoreSessions/{id}/${kind}RestoreArtifacts`;
  const granularPattern = `${name}RestoreSessions/{id}/granular${kind.charAt(0).toUpperCase()}${kind.slice(1)}RestoreArtifacts`;
  const granular: Route = {
    method: 'GET',
    pattern: granularPattern,
    function: kind === 'mailbox' ? 'restoreSessions.listMailArtifacts' : 'restoreSessions.listItemArtifacts',
    ask: async (tenant, [id = '']) =>
      kind === 'mailbox'
        ? firstOf(tenant.restoreSessions.listMailArtifacts(id))
        : firstOf(tenant.restoreSessions.listItemArtifacts(kind, id)),
  };
  return [
    {
      method: 'GET',
      pattern: standard,
      function: 'restoreSessions.listArtifacts',
      ask: async (tenant, [id = '']) => firstOf(tenant.restoreSessions.listArtifacts(kind, id)),
    },
    {
      method: 'GET',
      pattern: `${standard}/{artifact}`,
      function: 'restoreSessions.fetchArtifact',
      ask: async (tenant, [id = '', artifact = '']) => tenant.restoreSessions.fetchArtifact(kind, id, artifact),
    },
    {
      method: 'GET',
      pattern: `${standard}/{artifact}/restorePoint`,
      function: 'restoreSessions.fetchPointOfArtifact',
      ask: async (tenant, [id = '', artifact = '']) => tenant.restoreSessions.fetchPointOfArtifact(kind, id, artifact),
    },
    granular,
    {
      method: 'GET',
      pattern: `${granularPattern}/{artifact}`,
      function: kind === 'mailbox' ? 'restoreSessions.fetchMailArtifact' : 'restoreSessions.fetchItemArtifact',
      ask: async (tenant, [id = '', artifact = '']) =>
        kind === 'mailbox'
          ? tenant.restoreSessions.fetchMailArtifact(id, artifact)
          : tenant.restoreSessions.fetchItemArtifact(kind, id, artifact),
    },
  ];
}

function bulkRoutes({ kind, name, addresses, keys }: Workload): readonly Route[] {
  const requests = `${name}RestoreSessions/{id}/${kind}RestoreArtifactsBulkAdditionRequests`;
  return [
    {
      method: 'GET',
      pattern: requests,
      function: 'bulkRestoreRequests.list',
      ask: async (tenant, [id = '']) => firstOf(tenant.bulkRestoreRequests.list(kind, id)),
    },
    {
      method: 'GET',
      pattern: `${requests}/{request}`,
      function: 'bulkRestoreRequests.fetch',
      ask: async (tenant, [id = '', request = '']) => tenant.bulkRestoreRequests.fetch(kind, id, request),
    },
    {
      method: 'POST',
      pattern: requests,
      function: 'bulkRestoreRequests.create',
      ask: async (tenant, [id = ''], body) => {
        const sent = objectOf(body);
        const ownerKeys = textsOf(sent[keys]);
        return tenant.bulkRestoreRequests.create(kind, id, {
          name: textOf(sent['displayName']) ?? 'unnamed',
          addresses: ownerKeys.length > 0 ? textsOf(sent[addresses]) : within(textsOf(sent[addresses]), 10_000, 'x'),
          ownerKeys,
          destinationType: destinationOf(body),
          ...searchPeriodOf(body),
        });
      },
    },
    {
      method: 'DELETE',
      pattern: `${requests}/{request}`,
      function: 'bulkRestoreRequests.delete',
      ask: async (tenant, [id = '', request = '']) => tenant.bulkRestoreRequests.delete(kind, id, request),
    },
  ];
}

function browseRoutes({ kind, name }: Workload): readonly Route[] {
  if (kind === 'mailbox') return [];
  const sessions = `${name}BrowseSessions`;
  return [
    {
      method: 'GET',
      pattern: sessions,
      function: 'browseSessions.listOfKind',
      ask: async tenant => firstOf(tenant.browseSessions.listOfKind(kind)),
    },
    {
      method: 'POST',
      pattern: sessions,
      function: 'browseSessions.create',
      ask: async (tenant, _, body) =>
        tenant.browseSessions.create(kind, textOf(objectOf(body)['restorePointId']) ?? 'missing'),
    },
    {
      method: 'GET',
      pattern: `${sessions}/{id}`,
      function: 'browseSessions.fetch',
      ask: async (tenant, [id = '']) => tenant.browseSessions.fetch(id, kind),
    },
    {
      method: 'POST',
      pattern: `${sessions}/{id}/browse`,
      function: 'browseSessions.browse',
      ask: async (tenant, [id = ''], body) => firstOf(tenant.browseSessions.browse(kind, id, toBrowseQuery(body))),
    },
  ];
}

export function toBrowseQuery(body: unknown) {
  const { browseLocationItemKey, browseResourceType, filter, orderBy } = objectOf(body);
  const type = (['site', 'documentLibrary', 'folder'] as const).find(known => known === browseResourceType);
  const order = (['pathAsc', 'pathDsc', 'nameAsc', 'nameDsc'] as const).find(known => known === orderBy);
  return {
    ...(typeof browseLocationItemKey === 'string' ? { itemKey: browseLocationItemKey } : {}),
    ...(type === undefined ? {} : { resourceType: type }),
    ...(typeof filter === 'string' ? { filter } : {}),
    ...(order === undefined ? {} : { orderBy: order }),
  };
}
