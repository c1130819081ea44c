import { isJson, listOf, textAt } from '../example.ts';
import type { Example } from '../example.ts';
import { distinct, idOf, kindOf, mendedError, spare, withTimes } from './entities.ts';
import type { Kind } from './entities.ts';
import { putUnit, unitNames } from './stage.ts';
import type { Stage } from './stage.ts';

export const policyScene = (stage: Stage, example: Example, rest: readonly string[], kind: Kind | undefined): void => {
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

export const heldByPolicyScene = (stage: Stage, example: Example, kind: Kind, rest: readonly string[]): void => {
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

export const unitScene = (stage: Stage, example: Example, rest: readonly string[]): void => {
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
