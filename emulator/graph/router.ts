/** Finds the route of a path: without regard to letter case, with ids as segments or in parentheses. */
import { routes } from './routes.ts';
import type { Route } from './routes.ts';

export interface Match {
  readonly route: Route;
  readonly id: string;
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

const findId = (parts: readonly string[], segments: readonly string[]): string | undefined => {
  if (parts.length !== segments.length) return undefined;
  let id = '';
  for (const [place, part] of parts.entries()) {
    const segment = segments[place] ?? '';
    if (part === '{id}') id = segment;
    else if (part !== segment.toLowerCase()) return undefined;
  }
  return id;
};

/** `path` is below the version, encoded, without the query. Of several that fit, the first of the table wins. */
export const routeOf = (method: string, path: string): Routing => {
  const segments = segmentsOf(path);
  let template: string | undefined;
  for (const { route, parts } of compiled) {
    const id = findId(parts, segments);
    if (id === undefined) continue;
    if (route.method === method.toUpperCase()) return { found: 'route', match: { route, id } };
    template ??= route.template;
  }
  return template === undefined ? { found: 'nothing' } : { found: 'path', template };
};
