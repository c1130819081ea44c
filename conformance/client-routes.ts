import type { Example } from './example.ts';
import { commonRoutes } from './common-routes.ts';
import { previewRoutes } from './preview-routes.ts';
import { protectionRoutes } from './protection-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { matchSegments, toSegments } from './request-path.ts';
import { restoreRoutes } from './restore-routes.ts';
import type { Route } from './route.ts';
import { serviceRoutes } from './service-routes.ts';

/** Every endpoint of v1.0 that the client speaks. What is named in full stands before what has an id in its place. */
export const clientRoutes: readonly Route[] = [
  ...serviceRoutes,
  ...protectionRoutes,
  ...restoreRoutes,
  ...commonRoutes,
];

/** The function of the client that answers for an example, and the ids of its path. */
export function findRoute({ version, request }: Example): { route: Route; ids: readonly string[] } | undefined {
  const segments = toSegments(request.path);
  if (segments === undefined) return undefined;
  const all = [...linkRoutes(request.path), ...clientRoutes, ...(version === 'beta' ? previewRoutes(request) : [])];
  for (const route of all) {
    const ids = route.method === request.method ? matchSegments(segments, route.pattern) : undefined;
    if (ids !== undefined) return { route, ids };
  }
  return undefined;
}
