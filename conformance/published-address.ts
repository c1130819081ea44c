import { createHash } from 'node:crypto';
import { isJson, type Json, textAt } from './example.ts';

export interface Address {
  /** Below the version, query included. */
  readonly path: string;
  /** The version that the address itself names. */
  readonly version: string | undefined;
}

/**
 * A published address in the form that examples have: without host and version, without what slipped in (blanks at its ends, the
 * segment `solutions` twice or not at all), its placeholders filled: the last one by the answer's own id, others by ids made up from their names.
 */
export function toAddress(published: string, answer: unknown): Address {
  const whole = published.trim().replaceAll('&amp;', '&');
  const local = whole.replace(/^https?:\/\/[^/]+/i, '');
  const version = /^\/?(v1\.0|beta)(?=\/)/i.exec(local)?.[1]?.toLowerCase();
  const below = version === undefined ? local : local.replace(/^\/?[^/]+/, '');
  const [bare = '', ...query] = below.split('?');
  const once = `/${bare.trim().replace(/^\/+|\/+$/g, '')}`
    .replace(/^(\/solutions)\1(?=\/)/i, '$1')
    .replace(/^\/backupRestore(?=\/|$)/i, '/solutions/backupRestore');
  const path = fillPlaceholders(once, answer);
  return { path: query.length === 0 ? path : `${path}?${query.join('?')}`, version };
}

const PLACEHOLDER = /\{([^{}/]*)\}/g;
const GUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

function fillPlaceholders(path: string, answer: unknown): string {
  let left = [...path.matchAll(PLACEHOLDER)].length;
  return path.replaceAll(PLACEHOLDER, (_, name: string) => {
    left -= 1;
    if (GUID.test(name)) return name;
    return (left === 0 ? idOf(answer) : undefined) ?? madeUpId(name);
  });
}

function idOf(answer: unknown): string | undefined {
  const body = isJson(answer) ? answer : undefined;
  const inner: Json | undefined = isJson(body?.['value']) ? body['value'] : body;
  return textAt(inner, 'id');
}

function madeUpId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
