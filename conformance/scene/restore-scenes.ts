import { isJson, listOf, textAt } from '../example.ts';
import type { Example, Json } from '../example.ts';
import { distinct, idOf, kindOf, mendedError, spare, withTimes } from './entities.ts';
import type { Kind } from './entities.ts';
import { pointIdOf, putBrowseSession, putPoint, putUnit } from './stage.ts';
import type { Stage } from './stage.ts';

export const pointScene = (stage: Stage, example: Example): void => {
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

const granularName = (kind: Kind): string => `granular${kind.charAt(0).toUpperCase()}${kind.slice(1)}RestoreArtifacts`;

/** Points, searches and items that a request to create or change a session names. */
const putAsked = (stage: Stage, kind: Kind, body: Json, suffix: string): readonly Json[] => {
  const granular = listOf(body[`${granularName(kind)}${suffix}`]);
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

export const sessionScene = (
  stage: Stage,
  example: Example,
  named: Kind | undefined,
  rest: readonly string[],
): void => {
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
    stage.put('restoreSessions', { ...base, status: 'draft', [granularName(kind)]: items });
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
