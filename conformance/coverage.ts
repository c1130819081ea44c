import { clientRoutes } from './client-routes.ts';
import { linkRoutes } from './link-routes.ts';

/** Which of the client's functions speaks each endpoint, by method and path. */
export function clientCoverage(): Readonly<Record<string, readonly string[]>> {
  const entries = [...clientRoutes, ...linkRoutes('')].map(
    ({ method, pattern, function: name, also = [] }): [string, readonly string[]] => [
      `${method} /solutions/backupRestore${pattern === '' ? '' : `/${pattern}`}`,
      [name, ...also],
    ],
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
