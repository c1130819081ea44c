/** What an example's request refers to: put in place before it is sent, with the ids that the example has. */
import { isJson, listOf } from '../example.ts';
import type { Example, Json } from '../example.ts';
import { toSegments } from '../request-path.ts';
import { browseScene } from './browse-scene.ts';
import type { Kind } from './entities.ts';
import { heldByPolicyScene, policyScene, unitScene } from './protection-scenes.ts';
import { pointScene, sessionScene } from './restore-scenes.ts';
import { serviceAppScene } from './service-scene.ts';
import type { Stage } from './stage.ts';

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

export const sceneOf = (example: Example, clientId: string): Scene => {
  const entities: { collection: string; value: Json[] }[] = [];
  const put = (collection: string, ...value: readonly Json[]): void => {
    if (value.length > 0) entities.push({ collection, value: [...value] });
  };
  const stage: Stage = { put };
  const [collection = '', ...rest] = toSegments(example.request.path) ?? [];
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
