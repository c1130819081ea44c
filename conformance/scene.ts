/** What an example's request refers to: put in place before it is sent, with the ids that the example has. */
import { createHash } from 'node:crypto';
import { isJson, listOf, textAt } from './example.ts';
import type { Example, Json } from './example.ts';

export type Kind = 'site' | 'drive' | 'mailbox';

export interface Scene {
  /** Collections with the entities to be put there, in order. */
  readonly entities: readonly { readonly collection: string; readonly value: readonly Json[] }[];
  /** A change of the tenant beforehand. */
  readonly tenant: Json;
  readonly expectsNextLink: boolean;
}

const policyKinds: Readonly<Record<string, Kind>> = {
  sharepointprotectionpolicies: 'site',
  onedriveforbusinessprotectionpolicies: 'drive',
  exchangeprotectionpolicies: 'mailbox',
};
const sessionKinds: Readonly<Record<string, Kind>> = {
  sharepointrestoresessions: 'site',
  onedriveforbusinessrestoresessions: 'drive',
  exchangerestoresessions: 'mailbox',
};
const browseKinds: Readonly<Record<string, Kind>> = {
  sharepointbrowsesessions: 'site',
  onedriveforbusinessbrowsesessions: 'drive',
};

const never = '2044-01-01T00:00:00Z';
const idOf = (...parts: readonly (string | number)[]): string => {
  const hex = createHash('sha256').update(parts.join(' ')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** From `@odata.type`, or from what only one kind has. */
const kindOf = (value: Json | undefined, otherwise: Kind): Kind => {
  const text = `${textAt(value, '@odata.type') ?? ''} ${Object.keys(value ?? {}).join(' ')}`.toLowerCase();
  if (/\bmicrosoft\.graph\.(site|sharepoint)|siteid|siteexpression|siterestore/.test(text)) return 'site';
  if (/\bmicrosoft\.graph\.(drive|onedrive)|driveexpression/.test(text)) return 'drive';
  if (/\bmicrosoft\.graph\.(mailbox|exchange)|directoryobjectid|mailboxexpression/.test(text)) return 'mailbox';
  return otherwise;
};

/** Entities whose ids repeat, as examples have them, get ids of their own. */
const distinct = (entities: readonly Json[]): readonly Json[] => {
  const seen = new Set<string>();
  return entities.map((entity, number) => {
    const id = textAt(entity, 'id') ?? idOf('entity', number);
    const own = seen.has(id) ? idOf(id, number) : id;
    seen.add(own);
    return { ...entity, id: own };
  });
};

/** Older pages have hyphens in times; what is no time is left out. */
const withTimes = (entity: Json): Json =>
  Object.fromEntries(
    Object.entries(entity).flatMap(([name, value]) => {
      if (!name.endsWith('DateTime') || typeof value !== 'string') return [[name, value]];
      const mended = value.replace(/T(\d{2})-(\d{2})-(\d{2})/, 'T$1:$2:$3');
      return /^\d{4}-\d{2}-\d{2}T/.test(mended) ? [[name, mended]] : [];
    }),
  );

const unitNames = (kind: Kind, id: string): Json =>
  kind === 'site'
    ? {
        siteId: `contoso.sharepoint.com,${idOf(id, 'collection')},${idOf(id, 'web')}`,
        siteName: 'A site',
        siteWebUrl: `https://contoso.sharepoint.com/${id}`,
      }
    : { directoryObjectId: idOf(id, 'person'), displayName: 'A person', email: `${id}@contoso.com` };

interface Stage {
  readonly put: (collection: string, ...value: readonly Json[]) => void;
}

const putUnit = ({ put }: Stage, kind: Kind, id: string, more: Json = {}): void =>
  put(`${kind}ProtectionUnits`, { status: 'protected', ...unitNames(kind, id), ...more, id });

/** A point of a unit of its own. */
const putPoint = (stage: Stage, kind: Kind, id: string, more: Json = {}, unitId = idOf('unit of', id)): void => {
  putUnit(stage, kind, unitId);
  const tags = kind === 'mailbox' ? 'none' : 'fastRestore';
  stage.put('restorePoints', {
    protectionDateTime: '2023-06-01T00:00:00Z',
    tags,
    ...withTimes(more),
    id,
    protectionUnitId: unitId,
    expirationDateTime: never,
  });
};

const pointIdOf = (artifact: Json): string | undefined => {
  const point = artifact['restorePoint'];
  return isJson(point) ? (textAt(point, 'id') ?? textAt(point, '@odata.id')) : undefined;
};

const typeOfBrowse: Readonly<Record<Kind, string>> = {
  site: '#microsoft.graph.sharePointBrowseSession',
  drive: '#microsoft.graph.oneDriveForBusinessBrowseSession',
  mailbox: '',
};

const putBrowseSession = (stage: Stage, kind: Kind, id: string, more: Json = {}): void => {
  const pointId = `point of ${id}`;
  putPoint(stage, kind, pointId);
  stage.put('browseSessions', {
    '@odata.type': typeOfBrowse[kind],
    ...withTimes(more),
    id,
    restorePointId: pointId,
    expirationDateTime: never,
  });
};

/** Everything that a page of a list shows, and one more, so that another page follows. */
const spare = (documented: Json | undefined, entities: readonly Json[]): readonly Json[] => {
  if (documented?.['@odata.nextLink'] === undefined) return entities;
  const last = entities.at(-1);
  return last === undefined ? [] : [...entities, { ...last, id: idOf('one more', textAt(last, 'id') ?? '') }];
};

const policyScene = (stage: Stage, example: Example, rest: readonly string[], kind: Kind | undefined): void => {
  const { method, body } = example.request;
  const { status } = example.response;
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const [id, action] = rest;
  if (id === undefined) {
    if (method === 'GET') stage.put('protectionPolicies', ...distinct(listOf(documented?.['value'])).map(withTimes));
    return;
  }
  const ofKind = kind ?? kindOf(documented, 'site');
  const type = { site: 'sharePoint', drive: 'oneDriveForBusiness', mailbox: 'exchange' }[ofKind];
  const policy = (state: string): void =>
    stage.put('protectionPolicies', {
      displayName: 'Policy',
      ...withTimes(documented !== undefined && 'displayName' in documented ? documented : {}),
      '@odata.type': `#microsoft.graph.${type}ProtectionPolicy`,
      id,
      status: state,
    });
  if (method === 'PATCH') {
    policy('active');
    const name = `${ofKind}ProtectionUnits@delta`;
    const failed = listOf(documented?.[name]).filter(item => '@Core.DataModificationException' in item);
    for (const item of isJson(body) ? listOf(body[name]) : []) {
      const unitId = textAt(item, 'id');
      if (unitId === undefined || failed.some(other => other['id'] === unitId)) continue;
      putUnit(stage, ofKind, unitId, { policyId: id, protectionSources: 'manual' });
    }
    return;
  }
  if (method === 'GET') return policy(textAt(documented, 'status') ?? 'active');
  const error = documented?.['error'];
  const named = /\b(inactive|active|updating|activeWithErrors)\b state, which/i.exec(
    (isJson(error) ? textAt(error, 'message') : undefined) ?? '',
  )?.[1];
  const usual = action === 'deactivate' || (method === 'DELETE' && status !== 204) ? 'active' : 'inactive';
  policy(status < 400 ? usual : (named?.toLowerCase() ?? (usual === 'active' ? 'inactive' : 'active')));
};

const heldByPolicyScene = (stage: Stage, example: Example, kind: Kind, rest: readonly string[]): void => {
  const { method } = example.request;
  const body = isJson(example.response.body) ? example.response.body : undefined;
  const documented = isJson(body?.['value']) ? body['value'] : body;
  const [policyId = '', collection = '', id, action] = rest;
  const type = { site: 'sharePoint', drive: 'oneDriveForBusiness', mailbox: 'exchange' }[kind];
  stage.put('protectionPolicies', {
    '@odata.type': `#microsoft.graph.${type}ProtectionPolicy`,
    id: policyId,
    status: 'active',
  });
  const path = `policies/${policyId}/${collection}`;
  if (/units$/i.test(collection)) {
    const units = distinct(listOf(documented?.['value'])).map(unit => ({
      ...unitNames(kind, String(unit['id'])),
      ...withTimes(unit),
      policyId,
    }));
    stage.put(`${kind}ProtectionUnits`, ...spare(documented, units));
    return;
  }
  if (id === undefined) {
    const entities = method === 'GET' ? distinct(listOf(documented?.['value'])).map(withTimes) : [];
    stage.put(path, ...spare(documented, entities.map(mendedError)));
    return;
  }
  const expression = {
    [`${kind}Expression`]:
      kind === 'site'
        ? "(displayName -contains 'Finance')"
        : "(memberOf -any (group.id -in ['b418eb4a-ea72-42bd-8f0b-d0bbf794bec7']))",
  };
  const isDynamic = method === 'PATCH' || action?.toLowerCase() === 'deleteandunprotect';
  const rule = { ...expression, ...(isDynamic ? { isAutoApplyEnabled: true } : {}) };
  const shown = method === 'GET' ? withTimes(documented ?? {}) : { status: 'completed' };
  stage.put(path, mendedError({ ...(/rules$/i.test(collection) ? rule : {}), ...shown, id }));
};

/** An error that has details only gets the code that belongs to it. */
const mendedError = (entity: Json): Json => {
  const error = entity['error'];
  if (Array.isArray(error)) return { ...entity, error: isJson(error[0]) ? error[0] : null };
  return isJson(error) && error['code'] === undefined
    ? { ...entity, error: { code: 'ProtectionResourcesNotFound', ...error } }
    : entity;
};

const unitScene = (stage: Stage, example: Example, rest: readonly string[]): void => {
  const { method } = example.request;
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const [id = '', action] = rest;
  const cast = /^microsoft\.graph\.(site|drive|mailbox)ProtectionUnit$/i.exec(id)?.[1]?.toLowerCase();
  if (cast === 'site' || cast === 'drive' || cast === 'mailbox') {
    const units = distinct(listOf(documented?.['value'])).map(unit => ({
      ...unitNames(cast, String(unit['id'])),
      ...withTimes(unit),
    }));
    stage.put(`${cast}ProtectionUnits`, ...spare(documented, units));
    return;
  }
  const kind = kindOf(documented, 'site');
  const shown = example.response.status < 400 ? withTimes(mendedError(documented ?? {})) : {};
  if (method === 'GET') return putUnit(stage, kind, id, shown);
  const isCancel = action?.toLowerCase() === 'canceloffboard';
  if (example.response.status < 400) {
    // It was taken out of the policy that it still names: no such policy is in place.
    return putUnit(stage, kind, id, { ...shown, status: isCancel ? 'offboardRequested' : 'unprotected' });
  }
  stage.put('protectionPolicies', {
    '@odata.type': '#microsoft.graph.sharePointProtectionPolicy',
    id: idOf('policy of', id),
    status: 'active',
  });
  putUnit(stage, 'site', id, { policyId: idOf('policy of', id), status: 'protected' });
};

const pointScene = (stage: Stage, example: Example): void => {
  const { body, path, method } = example.request;
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const asked = isJson(body) ? body : undefined;
  if (method === 'POST') {
    const results = listOf(documented?.['searchResults']).map(result =>
      isJson(result['restorePoint']) ? result['restorePoint'] : {},
    );
    const without = new Set(
      Array.isArray(documented?.['noResultProtectionUnitIds']) ? documented['noResultProtectionUnitIds'] : [],
    );
    const ids: readonly unknown[] = Array.isArray(asked?.['protectionUnitIds']) ? asked['protectionUnitIds'] : [];
    const period = isJson(asked?.['protectionTimePeriod']) ? asked['protectionTimePeriod'] : undefined;
    ids.forEach((id, number) => {
      if (typeof id !== 'string') return;
      const point = results[number];
      const unit = isJson(point?.['protectionUnit']) ? point['protectionUnit'] : undefined;
      const kind = asked?.['artifactQuery'] === undefined ? kindOf(unit, 'site') : 'mailbox';
      if (without.has(id)) return putUnit(stage, kind, id);
      const pointId = textAt(point, 'id') ?? `point of ${id}`;
      putPoint(
        stage,
        kind,
        pointId,
        { protectionDateTime: textAt(period, 'startDateTime'), tags: asked?.['tags'] ?? 'none' },
        id,
      );
      putUnit(stage, kind, id, { policyId: idOf('policy') });
    });
    return;
  }
  const unitId = /id eq '([^']+)'/.exec(decodeURIComponent(path))?.[1];
  if (unitId === undefined) return;
  const points = listOf(documented?.['value']);
  for (const point of points) {
    const unit = isJson(point['protectionUnit']) ? point['protectionUnit'] : undefined;
    const { protectionUnit: _unit, ...rest } = point;
    putPoint(stage, kindOf(unit, 'site'), String(point['id']), rest, unitId);
    putUnit(stage, kindOf(unit, 'site'), unitId, { policyId: idOf('policy') });
  }
};

const sessionTypes: Readonly<Record<Kind, string>> = {
  site: '#microsoft.graph.sharePointRestoreSession',
  drive: '#microsoft.graph.oneDriveForBusinessRestoreSession',
  mailbox: '#microsoft.graph.exchangeRestoreSession',
};

/** Browse sessions with the items that granular artifacts name. */
const putItems = (stage: Stage, kind: Kind, artifacts: readonly Json[]): void => {
  for (const sessionId of new Set(artifacts.map(artifact => textAt(artifact, 'browseSessionId') ?? ''))) {
    if (sessionId === '') continue;
    const items = artifacts
      .filter(artifact => artifact['browseSessionId'] === sessionId)
      .map(artifact => ({
        itemKey: textAt(artifact, 'id') ?? textAt(artifact, 'itemKey') ?? '',
        name: 'file.txt',
        webUrl: 'https://contoso.sharepoint.com/file.txt',
      }));
    putBrowseSession(stage, kind, sessionId, { items });
  }
};

/** Points, searches and items that a request to create or change a session names. */
const putAsked = (stage: Stage, kind: Kind, body: Json, suffix: string): readonly Json[] => {
  const granular = listOf(body[`granular${kind.charAt(0).toUpperCase()}${kind.slice(1)}RestoreArtifacts${suffix}`]);
  const standard = listOf(body[`${kind}RestoreArtifacts${suffix}`]);
  const added = [...standard, ...granular].filter(item => !('@removed' in item));
  for (const item of added) {
    const pointId = pointIdOf(item);
    if (pointId !== undefined) putPoint(stage, kind, pointId);
    const search = textAt(item, 'searchResponseId');
    if (search !== undefined && pointId !== undefined)
      stage.put('restorePointSearches', { id: search, restorePointId: pointId, artifactHitCount: 2 });
  }
  putItems(stage, kind, added);
  return [...standard, ...granular];
};

const sessionScene = (stage: Stage, example: Example, named: Kind | undefined, rest: readonly string[]): void => {
  const { method } = example.request;
  const asked = isJson(example.request.body) ? example.request.body : {};
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const kind = named ?? kindOf(documented, 'site');
  const [id, collection, innerId] = rest;
  const base = { '@odata.type': sessionTypes[kind], id: id ?? '' };
  if (id === undefined) {
    if (method === 'POST') putAsked(stage, kind, asked, '');
    else
      stage.put(
        'restoreSessions',
        ...spare(
          documented,
          distinct(listOf(documented?.['value']))
            .map(withTimes)
            .map(session => ({ '@odata.type': sessionTypes[kindOf(session, kind)], ...session })),
        ),
      );
    return;
  }
  if (method === 'PATCH') {
    const items = putAsked(stage, kind, asked, '@delta');
    const isGranular = Object.keys(asked).some(name => /^granular/i.test(name));
    const name = Object.keys(asked).find(property => property.endsWith('@delta')) ?? '';
    const failed = listOf(documented?.[name])
      .filter(item => '@Core.DataModificationException' in item)
      .map(item => item['id']);
    const names = items.filter(item => '@removed' in item).map(item => item['id']);
    // Where the answer tells of a failure of something that was not asked for, the last one asked for fails.
    if (failed.length > 0 && !failed.some(failedId => names.includes(failedId))) failed.push(names.at(-1));
    const leaving = items
      .filter(item => '@removed' in item && !failed.includes(item['id']))
      .map(item => String(item['id']));
    if (isGranular) {
      const sessionId = `browse of ${id}`;
      putBrowseSession(stage, kind, sessionId);
      const list = leaving.map(itemId => ({ id: itemId, browseSessionId: sessionId }));
      stage.put('restoreSessions', { ...base, status: 'draft', [name.replace('@delta', '')]: list });
      return;
    }
    const destinationType =
      items.map(item => textAt(item, 'destinationType')).find(type => type !== undefined) ?? 'new';
    for (const artifactId of leaving) putPoint(stage, kind, `point of ${artifactId}`);
    const artifacts = leaving.map(artifactId => ({
      id: artifactId,
      restorePoint: { id: `point of ${artifactId}` },
      destinationType,
    }));
    stage.put('restoreSessions', { ...base, status: 'draft', [`${kind}RestoreArtifacts`]: artifacts });
    return;
  }
  if (collection === undefined || collection.toLowerCase() === 'activate') {
    const isDraft = method !== 'GET';
    putPoint(stage, kind, `point of ${id}`);
    const artifacts = isDraft ? [{ restorePoint: { id: `point of ${id}` }, destinationType: 'new' }] : [];
    const isRefused = example.response.status === 403;
    const status = isDraft ? (isRefused ? 'completed' : 'draft') : (textAt(documented, 'status') ?? 'draft');
    stage.put('restoreSessions', {
      ...withTimes(method === 'GET' ? (documented ?? {}) : {}),
      ...base,
      status,
      [`${kind}RestoreArtifacts`]: artifacts,
    });
    return;
  }
  if (/bulkadditionrequests$/i.test(collection)) {
    stage.put('restoreSessions', { ...base, status: 'draft' });
    const list = listOf(documented?.['value']);
    const shown = innerId === undefined ? list : [{ ...(list[0] ?? documented), id: innerId }];
    const requests = method === 'POST' ? [] : shown.map(withTimes).map(mendedError);
    const settled = method === 'DELETE' && example.response.status === 204 ? { status: 'completed' } : {};
    stage.put(`sessions/${id}/${collection}`, ...requests.map(request => ({ ...request, ...settled })));
    return;
  }
  const shown = distinct(listOf(documented?.['value']));
  if (/^granular/i.test(collection) && kind !== 'mailbox') {
    putItems(stage, kind, shown);
    const items = shown.map(item => ({ ...item, status: item['status'] === 'unknown' ? 'added' : item['status'] }));
    stage.put('restoreSessions', { ...base, status: 'draft', [collection]: items });
    return;
  }
  const artifacts = spare(documented, shown).map((artifact, number) => ({
    ...withTimes(artifact),
    restorePoint: { id: number < shown.length ? (pointIdOf(artifact) ?? `point ${number}`) : `point ${number}` },
  }));
  for (const artifact of artifacts)
    putPoint(stage, kind, artifact.restorePoint.id, isJson(artifact['restorePoint']) ? {} : {});
  stage.put('restoreSessions', { ...base, status: 'completed', [`${kind}RestoreArtifacts`]: artifacts });
};

const browseScene = (stage: Stage, example: Example, named: Kind | undefined, rest: readonly string[]): void => {
  const { method, path } = example.request;
  const asked = isJson(example.request.body) ? example.request.body : {};
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const [id, action] = rest;
  if (id === undefined) {
    if (method === 'POST') return putPoint(stage, named ?? 'site', textAt(asked, 'restorePointId') ?? '');
    for (const session of listOf(documented?.['value'])) {
      putBrowseSession(
        stage,
        (named ?? kindOf(session, 'site') === 'mailbox') ? 'drive' : (named ?? kindOf(session, 'site')),
        String(session['id']),
        session,
      );
    }
    return;
  }
  const kind = named ?? 'site';
  if (action === undefined) return putBrowseSession(stage, kind, id, documented);
  const token = /[?&]\$skiptoken=([^&]+)/.exec(path)?.[1];
  const parentKey = token ?? textAt(asked, 'browseLocationItemKey');
  const shown = listOf(documented?.['value']);
  const needed = documented?.['@odata.nextLink'] === undefined ? 0 : 11 - shown.length;
  const more = Array.from({ length: Math.max(0, needed) }, (_, number) => ({
    ...shown[0],
    itemKey: idOf('item', number),
  }));
  const items = [...shown, ...more].map(item => ({ ...item, ...(parentKey === undefined ? {} : { parentKey }) }));
  putBrowseSession(stage, kind, id, { items, ...(token === undefined ? {} : { skipTokens: [token] }) });
};

const serviceAppScene = (stage: Stage, example: Example, rest: readonly string[], clientId: string): void => {
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const [id, action] = rest;
  if (id === undefined) {
    if (example.request.method === 'POST') return;
    listOf(documented?.['value']).forEach((app, number) =>
      stage.put('serviceApps', {
        ...withTimes(app),
        application: { id: number === 0 ? clientId : idOf('another application') },
      }),
    );
    return;
  }
  const status =
    action?.toLowerCase() === 'deactivate'
      ? 'pendingActive'
      : action !== undefined || example.request.method === 'DELETE'
        ? 'inactive'
        : (textAt(documented, 'status') ?? 'active');
  stage.put('serviceApps', { ...withTimes(documented ?? {}), id, status, application: { id: clientId } });
};

export const sceneOf = (example: Example, clientId: string): Scene => {
  const entities: { collection: string; value: Json[] }[] = [];
  const put = (collection: string, ...value: readonly Json[]): void => {
    if (value.length > 0) entities.push({ collection, value: [...value] });
  };
  const stage: Stage = { put };
  const [, , ...segments] = (example.request.path.split('?')[0] ?? '').split('/').filter(part => part !== '');
  const [collection = '', ...rest] = segments.flatMap(
    part => /^([A-Za-z]+)\('?([^()']*)'?\)$/.exec(part)?.slice(1) ?? [part],
  );
  const name = collection.toLowerCase();
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  let tenant: Json = {};
  const policyKind = policyKinds[name];
  if (name === 'serviceapps') {
    if (example.request.method === 'POST' && rest.length === 0) tenant = { controller: 'none' };
    serviceAppScene(stage, example, rest, clientId);
  } else if (name === 'emailnotificationssetting') put('emailNotificationsSetting', { ...documented, id: 'setting' });
  else if (policyKind !== undefined && rest.length > 1) heldByPolicyScene(stage, example, policyKind, rest);
  else if (policyKind !== undefined || name === 'protectionpolicies') policyScene(stage, example, rest, policyKind);
  else if (name === 'protectionunits') unitScene(stage, example, rest);
  else if (name === 'restorepoints') pointScene(stage, example);
  else if (name === 'restoresessions' || sessionKinds[name] !== undefined)
    sessionScene(stage, example, sessionKinds[name], rest);
  else if (name === 'browsesessions' || browseKinds[name] !== undefined)
    browseScene(stage, example, browseKinds[name], rest);
  const shown = listOf(documented?.['value']);
  const isPaged =
    documented?.['@odata.nextLink'] !== undefined &&
    name !== 'restorepoints' &&
    name !== 'protectionpolicies' &&
    shown.length > 0;
  return { entities, tenant: { ...tenant, ...(isPaged ? { pageSize: shown.length } : {}) }, expectsNextLink: isPaged };
};
