/** Finds the route of a path: without regard to letter case, with ids as segments or in parentheses. */
import { routes } from './routes.ts';
import type { Route } from './routes.ts';

export interface Match {
  readonly route: Route;
  /** What stands for each `{id}` of the template, in order. */
  readonly ids: readonly string[];
}

export type Routing =
  | { readonly found: 'route'; readonly match: Match }
  /** The path is one of ours, the method is not. */
  | { readonly found: 'path'; readonly template: string }
  | { readonly found: 'nothing' };

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** `restoreSessions('id')` and `restoreSessions(id)` are `restoreSessions/id`. */
const segmentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .filter(segment => segment !== '')
    .map(decoded)
    .flatMap(segment => {
      const key = /^([A-Za-z]+)\('?([^()']*)'?\)$/.exec(segment);
      return key?.[1] === undefined || key[2] === undefined ? [segment] : [key[1], key[2]];
    });

const compiled = routes.map(route => ({ route, parts: segmentsOf(route.template).map(part => part.toLowerCase()) }));

const findIds = (parts: readonly string[], segments: readonly string[]): readonly string[] | undefined => {
  if (parts.length !== segments.length) return undefined;
  const ids: string[] = [];
  for (const [place, part] of parts.entries()) {
    const segment = segments[place] ?? '';
    if (part === '{id}') ids.push(segment);
    else if (part !== segment.toLowerCase()) return undefined;
  }
  return ids;
};

/** `path` is below the version, encoded, without the query. Of several that fit, the first of the table wins. */
export const routeOf = (method: string, path: string): Routing => {
  const segments = segmentsOf(path);
  let template: string | undefined;
  for (const { route, parts } of compiled) {
    const ids = findIds(parts, segments);
    if (ids === undefined) continue;
    if (route.method === method.toUpperCase()) return { found: 'route', match: { route, ids } };
    template ??= route.template;
  }
  return template === undefined ? { found: 'nothing' } : { found: 'path', template };
};
