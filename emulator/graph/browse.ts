/** What lies in an opened backup, level by level, ten items a page. */
import { browseMoves, browseStatusAt } from '../state/machines/browse-machine.ts';
import type { BrowseSessionRecord } from '../state/records.ts';
import { childrenOf, findContent, siteItem } from '../world/backup-content.ts';
import type { ContentItem, ContentSource } from '../world/backup-content.ts';
import { findBrowseSession } from './browse-sessions.ts';
import type { BrowsedKind } from './browse-sessions.ts';
import { json, linkTo } from './exchange.ts';
import type { GraphAnswer, GraphContext } from './exchange.ts';
import { badRequest, notFound, requireState } from './graph-error.ts';
import { isObject, objectBody, property } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

const pageLength = 10;
const orders = ['pathAsc', 'pathDsc', 'nameAsc', 'nameDsc'] as const;
const resourceTypes = ['none', 'site', 'documentLibrary', 'folder'] as const;

export interface BrowseItem {
  readonly itemKey: string;
  readonly name: string;
  readonly type: string;
  readonly webUrl: string;
  readonly itemsCount?: number;
  readonly sizeInBytes?: string;
}

interface Question {
  readonly location?: string;
  readonly contains?: string;
  readonly order?: (typeof orders)[number];
  readonly skip: number;
}

const sourceOf = ({ tenant }: GraphContext, session: BrowseSessionRecord): ContentSource => {
  const unit = tenant.units.find(session.unitId);
  const webUrl =
    unit?.siteWebUrl ??
    `https://${tenant.organisation.label}-my.sharepoint.example/personal/${unit?.email ?? session.unitId}`;
  return { unitId: session.unitId, name: unit?.siteName ?? unit?.displayName ?? '', webUrl };
};

const toItem = ({ itemKey, name, type, webUrl, itemsCount, sizeInBytes }: ContentItem): BrowseItem =>
  type === 'site'
    ? { itemKey, name, type, webUrl }
    : { itemKey, name, type, webUrl, itemsCount, sizeInBytes: String(sizeInBytes) };

/** Any item of the backup by its key: what a granular restore names. */
export const findItem = (
  context: GraphContext,
  session: BrowseSessionRecord,
  itemKey: string,
): BrowseItem | undefined => {
  if (session.items !== undefined) return session.items.find(item => item.itemKey === itemKey);
  const found = findContent(sourceOf(context, session), itemKey);
  return found === undefined ? undefined : toItem(found.item);
};

const itemsAt = (
  context: GraphContext,
  session: BrowseSessionRecord,
  location: string | undefined,
): readonly BrowseItem[] => {
  const { items } = session;
  if (items !== undefined) return items.filter(item => item.parentKey === location);
  const source = sourceOf(context, session);
  if (location === undefined) return [toItem(siteItem(source))];
  const found = findContent(source, location);
  if (found === undefined || found.item.type === 'file') throw notFound('There is no such location in this backup.');
  return childrenOf(source, found.item, found.depth).map(toItem);
};

const inOrder = (items: readonly BrowseItem[], order: Question['order']): readonly BrowseItem[] => {
  if (order === undefined) return items;
  const keyOf = (item: BrowseItem): string => (order.startsWith('path') ? item.webUrl : item.name);
  const sorted = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
  return order.endsWith('Dsc') ? sorted.toReversed() : sorted;
};

const itemJson = ({ itemKey, name, webUrl, type, itemsCount, sizeInBytes }: BrowseItem): JsonObject => ({
  itemKey,
  name,
  webUrl,
  type,
  ...(itemsCount === undefined ? {} : { itemsCount }),
  ...(sizeInBytes === undefined ? {} : { sizeInBytes }),
});

const answer = (context: GraphContext, session: BrowseSessionRecord, question: Question): GraphAnswer => {
  const { contains, order, skip, location } = question;
  const all = inOrder(itemsAt(context, session, location), order).filter(
    ({ name }) => contains === undefined || name.toLowerCase().includes(contains.toLowerCase()),
  );
  const items = all.slice(skip, skip + pageLength);
  const next = { ...question, skip: skip + pageLength };
  const token = Buffer.from(JSON.stringify(next)).toString('base64url');
  return json(200, {
    '@odata.context': linkTo(context, '/$metadata#Collection(microsoft.graph.browseQueryResponseItem)'),
    '@odata.count': items.length,
    ...(next.skip < all.length
      ? { '@odata.nextLink': linkTo(context, `${context.request.path}?$skiptoken=${token}`) }
      : {}),
    value: items.map(itemJson),
  });
};

const opened = (context: GraphContext, kind?: BrowsedKind): BrowseSessionRecord => {
  const session = findBrowseSession(context, context.id, kind);
  const status = browseStatusAt(session, context.now);
  requireState(browseMoves.browse, status, `A browse session that is ${status} can't be browsed.`);
  return session;
};

const textOf = (body: JsonObject, name: string): string | undefined => {
  const value = property(body, name);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw badRequest(`${name} must be a text.`);
  return value;
};

const memberOf = <T extends string>(body: JsonObject, name: string, members: readonly T[]): T | undefined => {
  const text = textOf(body, name);
  if (text === undefined) return undefined;
  const found = members.find(known => known.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw badRequest(`${name} must be one of ${members.join(', ')}.`);
  return found;
};

const readFilter = (body: JsonObject): string | undefined => {
  const filter = textOf(body, 'filter');
  if (filter === undefined) return undefined;
  const text = /^\s*\(?\s*name\s+-contains\s+'((?:[^']|'')*)'\s*\)?\s*$/i.exec(filter)?.[1];
  if (text === undefined) throw badRequest("The filter must be of the form (name -contains 'text').");
  return text.replaceAll("''", "'");
};

export const browse =
  (kind?: BrowsedKind) =>
  (context: GraphContext): GraphAnswer => {
    const body = objectBody(context.request);
    const location = textOf(body, 'browseLocationItemKey');
    memberOf(body, 'browseResourceType', resourceTypes);
    const contains = readFilter(body);
    const order = memberOf(body, 'orderBy', orders);
    return answer(context, opened(context, kind), {
      skip: 0,
      ...(location === undefined ? {} : { location }),
      ...(contains === undefined ? {} : { contains }),
      ...(order === undefined ? {} : { order }),
    });
  };

const readToken = (session: BrowseSessionRecord, token: string | null): Question => {
  const foreign = badRequest('The $skiptoken is not one that this service gave.');
  if (token === null) throw badRequest('$skiptoken is required: a page is asked for as the nextLink says.');
  if (session.tokens?.includes(token) === true) return { skip: 0, location: token };
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    throw foreign;
  }
  if (!isObject(value)) throw foreign;
  const { location, contains, order, skip } = value;
  const known = orders.find(name => name === order);
  if (typeof skip !== 'number' || !Number.isInteger(skip) || skip < 0) throw foreign;
  return {
    skip,
    ...(typeof location === 'string' ? { location } : {}),
    ...(typeof contains === 'string' ? { contains } : {}),
    ...(known === undefined ? {} : { order: known }),
  };
};

export const browseNext =
  (kind?: BrowsedKind) =>
  (context: GraphContext): GraphAnswer => {
    const session = opened(context, kind);
    return answer(context, session, readToken(session, context.request.query.get('$skiptoken')));
  };
