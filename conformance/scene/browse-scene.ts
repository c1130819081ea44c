import { isJson, listOf, textAt } from '../example.ts';
import type { Example } from '../example.ts';
import { idOf, kindOf } from './entities.ts';
import type { Kind } from './entities.ts';
import { putBrowseSession, putPoint } from './stage.ts';
import type { Stage } from './stage.ts';

export const browseScene = (stage: Stage, example: Example, named: Kind | undefined, rest: readonly string[]): void => {
  const { method, path } = example.request;
  const asked = isJson(example.request.body) ? example.request.body : {};
  const documented = isJson(example.response.body) ? example.response.body : undefined;
  const [id, action] = rest;
  if (id === undefined) {
    if (method === 'POST') return putPoint(stage, named ?? 'site', textAt(asked, 'restorePointId') ?? '');
    for (const session of listOf(documented?.['value'])) {
      const found = named ?? kindOf(session, 'site');
      putBrowseSession(stage, found === 'mailbox' ? 'drive' : found, String(session['id']), session);
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
