import { z } from 'zod';
import { browseSessionPath } from './browse-sessions.ts';
import type { FileKind } from './collections.ts';
import { asObject, count, type GraphObject, ShapeError, text, toMember, withoutUndefined } from './fields.ts';
import type { ReadRequest } from './graph-request.ts';
import { type Page, toPage } from './page.ts';
import { scopes } from './scopes.ts';

/** Known members of `browseQueryResponseItemType`. */
const itemTypes = ['none', 'site', 'documentLibrary', 'folder', 'file'] as const;

/** One thing in a browsed backup. */
export interface BrowseItem {
  /** To browse into, or to restore. */
  readonly itemKey: string;
  readonly name: string;
  /** A known member of `browseQueryResponseItemType`, or the service's own word where it is a new one. */
  readonly type: string;
  /** Children of a folder. */
  readonly itemsCount?: number;
  /** A decimal text. */
  readonly sizeInBytes?: string;
  /** Where it was. */
  readonly webUrl?: string;
}
export type FetchedBrowseItem = BrowseItem & { readonly graph: GraphObject };

/** Where to look, and how; the top unless a place is named. */
export interface BrowseQuery {
  readonly itemKey?: string;
  /** What the place is. */
  readonly resourceType?: 'site' | 'documentLibrary' | 'folder';
  /** On names only: `(name -contains 'x')`. */
  readonly filter?: string;
  readonly orderBy?: 'pathAsc' | 'pathDsc' | 'nameAsc' | 'nameDsc';
}

const itemFields = z.object({
  itemKey: text,
  name: text,
  type: text,
  itemsCount: count,
  // Documented as text; a number is taken as well.
  sizeInBytes: z
    .union([z.string().min(1), z.number().transform(String)])
    .optional()
    .catch(undefined),
  webUrl: text,
});

/** @throws ShapeError where it has no key */
function toBrowseItem(value: unknown): FetchedBrowseItem {
  const graph = asObject(value, 'the browsed item');
  const { itemKey, name, type, ...rest } = itemFields.parse(graph);
  if (itemKey === undefined) throw new ShapeError('the browsed item has no key');
  return {
    ...withoutUndefined(rest),
    itemKey,
    name: name ?? itemKey,
    type: toMember(type ?? 'none', itemTypes),
    graph,
  };
}

/**
 * What lies in one place of a browsed backup, page by page: the first by POST, the others by the GET of their links.
 * (sharepointbrowsesession-browse, onedriveforbusinessbrowsesession-browse) It changes nothing, so it is a read.
 *
 * @param kind what the session is of, where the caller knows it; without it the collection of both kinds is asked
 */
export function browseRequest(
  kind: FileKind | undefined,
  sessionId: string,
  { itemKey, resourceType, filter, orderBy }: BrowseQuery = {},
): ReadRequest<Page<FetchedBrowseItem>> {
  return {
    effect: 'read',
    method: 'POST',
    path: `${browseSessionPath(sessionId, kind)}/browse`,
    body: withoutUndefined({ browseLocationItemKey: itemKey, browseResourceType: resourceType, filter, orderBy }),
    scopes: [scopes.restoreReadWrite],
    toValue: toPage(toBrowseItem),
  };
}
