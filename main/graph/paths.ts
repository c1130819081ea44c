import { clientFaults, toClientFault } from './graph-error.ts';

/** Where Backup Storage lives, below Graph's version. */
export const ROOT = '/solutions/backupRestore';

/**
 * An id as a path segment: whatever it holds, it stays one segment.
 *
 * @throws GraphError `clientInvalidRequest` where no segment can carry it: URL parsing folds "." and ".." away, encoded or not
 */
export function segment(id: string): string {
  if (id === '' || id === '.' || id === '..' || !id.isWellFormed()) {
    throw toClientFault(clientFaults.invalidRequest, `${JSON.stringify(id)} can't be an id of the service.`);
  }
  return encodeURIComponent(id);
}

/** An OData string literal, its quotes doubled. */
export function odataString(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
