import { asObject, type GraphObject, list, ShapeError, text } from './fields.ts';

/** One page of a collection. */
export interface Page<T> {
  readonly items: readonly T[];
  /** `@odata.nextLink` as it came: absolute or relative, opaque. Missing on the last page. */
  readonly nextLink?: string;
  /** Members of the collection without what makes them usable (an id, say), as they came: shown, never dropped in silence. */
  readonly unreadable: readonly unknown[];
  /** The page's other properties, such as `@odata.context` and `@odata.count`, as they came. */
  readonly annotations: GraphObject;
}

/** Reads a page; a member for which `toItem` throws a `ShapeError` is set aside, all else is kept. */
export function toPage<T>(toItem: (member: unknown) => T): (body: unknown) => Page<T> {
  return body => {
    const { value, '@odata.nextLink': nextLink, ...annotations } = asObject(body, 'the collection');
    if (!Array.isArray(value)) throw new ShapeError('the collection has no "value"');
    const { items, unreadable } = toItems(value, toItem);
    const next = text.parse(nextLink);
    return { items, unreadable, annotations, ...(next === undefined ? {} : { nextLink: next }) };
  };
}

/** Sorts members into those that can be read and those that can't. */
export function toItems<T>(members: unknown, toItem: (member: unknown) => T): { items: T[]; unreadable: unknown[] } {
  const items: T[] = [];
  const unreadable: unknown[] = [];
  for (const member of list.parse(members)) {
    try {
      items.push(toItem(member));
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      unreadable.push(member);
    }
  }
  return { items, unreadable };
}
