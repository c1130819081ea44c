/** Collections: pages with an opaque `@odata.nextLink`, `$top`, `$count` and `$select`. */
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest } from './graph-error.ts';
import type { JsonObject } from './request-body.ts';

const largestPage = 999;

export interface Collection<T> {
  /** All entries, or those after the one with this key. Lazy, as only a page of it is walked. */
  after(key: string | undefined): Iterable<T>;
  keyOf(entry: T): string;
  /** Counted only when `$count=true` asks. */
  count(): number;
}

/** A collection over a list already at hand. */
export const listed = <T extends { readonly id: string }>(entries: readonly T[]): Collection<T> => ({
  after: key => (key === undefined ? entries : entries.slice(entries.findIndex(entry => entry.id === key) + 1)),
  keyOf: entry => entry.id,
  count: () => entries.length,
});

const topOf = (context: GraphContext): number => {
  const text = context.request.query.get('$top');
  if (text === null) return context.tenant.settings.pageSize;
  const top = Number(text);
  if (!/^\d+$/.test(text) || top < 1 || top > largestPage) {
    throw badRequest(`Invalid value '${text}' for $top: it must be a number from 1 to ${largestPage}.`);
  }
  return top;
};

const keyOfToken = (context: GraphContext): string | undefined => {
  const token = context.request.query.get('$skiptoken');
  if (token === null) return undefined;
  const [mark, key] = Buffer.from(token, 'base64url').toString('utf8').split('\n');
  if (mark !== 'after' || key === undefined) throw badRequest('The $skiptoken is not one that this service gave.');
  return key;
};

const nextLink = (context: GraphContext, key: string): string => {
  const query = new URLSearchParams(context.request.query);
  query.set('$skiptoken', Buffer.from(`after\n${key}`).toString('base64url'));
  return linkTo(context, `${context.request.path}?${query.toString().replaceAll('%24', '$')}`);
};

/** Only the properties that `$select` names, `@odata` ones besides. */
export const selected = (context: GraphContext, entity: JsonObject): JsonObject => {
  const select = context.request.query.get('$select');
  if (select === null) return entity;
  const names = new Set(select.split(',').map(name => name.trim().toLowerCase()));
  return Object.fromEntries(
    Object.entries(entity).filter(([name]) => name.startsWith('@odata') || names.has(name.toLowerCase())),
  );
};

export const page = <T>(
  context: GraphContext,
  collection: Collection<T>,
  toJson: (entry: T) => JsonObject,
): GraphAnswer => {
  const top = topOf(context);
  const entries: T[] = [];
  let hasMore = false;
  for (const entry of collection.after(keyOfToken(context))) {
    if (entries.length === top) {
      hasMore = true;
      break;
    }
    entries.push(entry);
  }
  const last = entries.at(-1);
  return json(200, {
    '@odata.context': linkTo(context, `/$metadata#${context.request.path.slice(1)}`),
    ...(context.request.query.get('$count') === 'true' ? { '@odata.count': collection.count() } : {}),
    ...(hasMore && last !== undefined ? { '@odata.nextLink': nextLink(context, collection.keyOf(last)) } : {}),
    value: entries.map(entry => selected(context, toJson(entry))),
  });
};
