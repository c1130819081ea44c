/** Collections: pages with an opaque `@odata.nextLink`, `$top`, `$count`, `$select` and, where a list takes them, `$filter` and `$orderby`. */
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest } from './graph-error.ts';
import { readFilter, readOrder } from './odata-filter.ts';
import type { EntityFilter } from './odata-filter.ts';
import type { JsonObject } from './request-body.ts';

const largestPage = 999;

export interface Collection<T> {
  /** All entries, or those after the one with this key. Lazy, as only a page of it is walked. Throws where no entry has it. */
  after(key: string | undefined): Iterable<T>;
  keyOf(entry: T): string;
  /** Counted only when `$count=true` asks. */
  count(): number;
}

/**
 * The entries after the one that a page ended with. Where that one is gone meanwhile, nobody can tell where the next page begins:
 * from the start again would give entries twice, or pages without end.
 */
const afterKey = <T>(entries: readonly T[], key: string | undefined, keyOf: (entry: T) => string): readonly T[] => {
  if (key === undefined) return entries;
  const index = entries.findIndex(entry => keyOf(entry) === key);
  if (index === -1) {
    throw badRequest(
      'The entry that the $skiptoken goes on from is no longer there. Read the list from its start again.',
    );
  }
  return entries.slice(index + 1);
};

/** A collection over a list already at hand. */
export const listed = <T extends { readonly id: string }>(entries: readonly T[]): Collection<T> => ({
  after: key => afterKey(entries, key, entry => entry.id),
  keyOf: entry => entry.id,
  count: () => entries.length,
});

/** What a list takes beyond paging. */
export interface ListOptions {
  /** Its page says that it has no OData parameters: all but `$skiptoken` are ignored. */
  readonly takesNone?: boolean;
  /** It takes `$filter` and `$orderby` over the properties of this type. */
  readonly filteredType?: string;
  /** Judges the conditions of a filter before it is used. Throws. */
  readonly judge?: (filter: EntityFilter) => void;
}

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

type ToJson<T> = (entry: T, context: GraphContext) => JsonObject;

/** The entries that `$filter` leaves, in the order that `$orderby` asks for. Members of enums are compared as they are, told or not. */
const narrowed = <T>(
  context: GraphContext,
  collection: Collection<T>,
  toJson: ToJson<T>,
  { filteredType, judge }: ListOptions,
): Collection<T> => {
  const { query } = context.request;
  const [filterText, orderText] = [query.get('$filter'), query.get('$orderby')];
  if (filteredType === undefined || (filterText === null && orderText === null)) return collection;
  const filter = filterText === null ? undefined : readFilter(filterText, filteredType);
  if (filter !== undefined) judge?.(filter);
  const order = orderText === null ? undefined : readOrder(orderText, filteredType);
  const whole = { ...context, includesUnknownMembers: true };
  const all = [...collection.after(undefined)].map(entry => ({ entry, entity: toJson(entry, whole) }));
  if (order !== undefined) all.sort((a, b) => order(a.entity, b.entity));
  const left = (entries: typeof all): typeof all =>
    filter === undefined ? entries : entries.filter(({ entity }) => filter.matches(entity));
  return {
    // The place is looked for among all: the entry that a page ended with may have left what the filter leaves.
    after: key => left([...afterKey(all, key, ({ entry }) => collection.keyOf(entry))]).map(({ entry }) => entry),
    keyOf: entry => collection.keyOf(entry),
    count: () => left(all).length,
  };
};

/** `toJson` is given the context to write for: that of the request, unless a filter looks. */
export const page = <T>(
  context: GraphContext,
  collection: Collection<T>,
  toJson: ToJson<T>,
  options: ListOptions = {},
): GraphAnswer => {
  const takesAny = options.takesNone !== true;
  const chosen = narrowed(context, collection, toJson, options);
  const top = takesAny ? topOf(context) : context.tenant.settings.pageSize;
  const entries: T[] = [];
  let hasMore = false;
  for (const entry of chosen.after(keyOfToken(context))) {
    if (entries.length === top) {
      hasMore = true;
      break;
    }
    entries.push(entry);
  }
  const last = entries.at(-1);
  const isCounted = takesAny && context.request.query.get('$count') === 'true';
  return json(200, {
    '@odata.context': linkTo(context, `/$metadata#${context.request.path.slice(1)}`),
    ...(isCounted ? { '@odata.count': chosen.count() } : {}),
    ...(hasMore && last !== undefined ? { '@odata.nextLink': nextLink(context, chosen.keyOf(last)) } : {}),
    value: entries.map(entry => (takesAny ? selected(context, toJson(entry, context)) : toJson(entry, context))),
  });
};
