import { isJson, textAt } from '../example.ts';
import type { Json } from '../example.ts';
import { idOf, never, withTimes } from './entities.ts';
import type { Kind } from './entities.ts';

/** Where a scene puts what an example refers to. */
export interface Stage {
  readonly put: (collection: string, ...value: readonly Json[]) => void;
}

export const unitNames = (kind: Kind, id: string): Json =>
  kind === 'site'
    ? {
        siteId: `contoso.sharepoint.com,${idOf(id, 'collection')},${idOf(id, 'web')}`,
        siteName: 'A site',
        siteWebUrl: `https://contoso.sharepoint.com/${id}`,
      }
    : { directoryObjectId: idOf(id, 'person'), displayName: 'A person', email: `${id}@contoso.com` };

export const putUnit = ({ put }: Stage, kind: Kind, id: string, more: Json = {}): void =>
  put(`${kind}ProtectionUnits`, { status: 'protected', ...unitNames(kind, id), ...more, id });

/** A point of a unit of its own. */
export const putPoint = (stage: Stage, kind: Kind, id: string, more: Json = {}, unitId = idOf('unit of', id)): void => {
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

export const pointIdOf = (artifact: Json): string | undefined => {
  const point = artifact['restorePoint'];
  return isJson(point) ? (textAt(point, 'id') ?? textAt(point, '@odata.id')) : undefined;
};

const typeOfBrowse: Readonly<Record<Kind, string>> = {
  site: '#microsoft.graph.sharePointBrowseSession',
  drive: '#microsoft.graph.oneDriveForBusinessBrowseSession',
  mailbox: '',
};

export const putBrowseSession = (stage: Stage, kind: Kind, id: string, more: Json = {}): void => {
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
