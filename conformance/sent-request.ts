import { isDeepStrictEqual } from 'node:util';
import type { Example } from './example.ts';
import { objectOf } from './request-body.ts';
import { toSegments } from './request-path.ts';

/** What left the client. */
export interface SentRequest {
  readonly method: string;
  /** The whole path and query, percent-encoded. */
  readonly path: string;
  readonly body: unknown;
}

/** Compares what the client sent with what the documentation sends, older ways of saying the same let pass. */
export function sentProblems(sent: SentRequest, documented: Example['request']): string[] {
  const path = decodeURIComponent(sent.path.replace(/^\/v1\.0/, ''));
  const segments = toSegments(path)?.join('/').toLowerCase();
  const problems: string[] = [];
  if (sent.method !== documented.method) problems.push(`sent ${sent.method}, not ${documented.method}`);
  if (segments !== toSegments(documented.path)?.join('/').toLowerCase()) problems.push(`sent to ${path}`);
  const [ours, theirs] = [queryOf(path), queryOf(documented.path)];
  if (!isDeepStrictEqual(ours, theirs)) problems.push(`sent with ${ours.join(' and ') || 'no query'}`);
  if (!isDeepStrictEqual(plain(sent.body) ?? {}, plain(documented.body) ?? {})) {
    problems.push(`sent ${JSON.stringify(sent.body) ?? 'no body'}`);
  }
  return problems;
}

/** The parts of a query, in any order: `&` stands inside none that is documented. */
function queryOf(path: string): readonly string[] {
  const start = path.indexOf('?');
  return start < 0
    ? []
    : decodeURIComponent(path.slice(start + 1))
        .split('&')
        .filter(part => part !== '')
        .toSorted();
}

/** A body as the newer pages write it: a point by `id`, no type annotations, no lists of nothing. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(objectOf(value))
      .filter(([key, inner]) => key !== '@odata.type' && !(Array.isArray(inner) && inner.length === 0))
      .map(([key, inner]) => [key === '@odata.id' ? 'id' : key, plain(inner)]),
  );
}
