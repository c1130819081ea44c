import { firstOf, type Route } from './route.ts';
import { workloads } from './workload.ts';

/** What is asked for by an address alone: the following pages of browsing, and the points of a unit, whose query is documented. */
/** @param path as published, query included */
export function linkRoutes(path: string): readonly Route[] {
  return [
    ...workloads.flatMap(({ kind, name }): readonly Route[] =>
      kind === 'mailbox'
        ? []
        : [
            {
              method: 'GET',
              pattern: `${name}BrowseSessions/{id}/browse`,
              function: 'browseSessions.browse',
              ask: async (tenant, [id = '']) =>
                firstOf(tenant.browseSessions.browse(kind, id, undefined, { after: path })),
            },
          ],
    ),
    {
      method: 'GET',
      pattern: 'browseSessions/{id}/browse',
      function: 'browseSessions.browse',
      ask: async (tenant, [id = '']) =>
        firstOf(tenant.browseSessions.browse(undefined, id, undefined, { after: path })),
    },
    {
      method: 'GET',
      pattern: 'restorePoints',
      function: 'restorePoints.list',
      ask: async tenant => tenant.restorePoints.list(toPointList(path)),
    },
  ];
}

function toPointList(path: string) {
  const query = decodeURIComponent(path.slice(path.indexOf('?') + 1));
  const unitId = /\bid eq '([^']*)'/i.exec(query)?.[1];
  const before = /\bprotectionDateTime l[te] ([^)&\s]+)/i.exec(query)?.[1];
  return { unitId: unitId ?? 'missing', before: before ?? '2024-01-01T00:00:00Z' };
}
