import { asObject, count, findObject, type GraphObject, list, ShapeError, text, withoutUndefined } from './fields.ts';

/** One item of a `@delta` change that failed inside a successful answer (`@Core.DataModificationException`). */
export interface DeltaFailure {
  readonly code: string;
  readonly message: string;
  /** `insert`, `remove`, … as the service writes it. */
  readonly failedOperation?: string;
  /** The status that the item would have had alone. */
  readonly responseCode?: number;
  /** What it is about, where the service says: an artifact's or a unit's id. */
  readonly id?: string;
  readonly contentId?: string;
  readonly graph: GraphObject;
}

export interface DeltaResult<T> {
  readonly items: readonly T[];
  /** Ids that the answer marks as `@removed`. */
  readonly removedIds: readonly string[];
  readonly failures: readonly DeltaFailure[];
  /** Members of none of these shapes, as they came. */
  readonly unreadable: readonly unknown[];
}

/** The member of a `@delta` request that takes one out. */
export function toRemoval(id: string): { readonly '@removed': { readonly reason: 'changed' }; readonly id: string } {
  return { '@removed': { reason: 'changed' }, id };
}

const EXCEPTION = '@core.datamodificationexception';

/** Sorts the members of a `@delta` answer into what is there, what was removed, and what failed. */
export function toDeltaResult<T>(members: unknown, toItem: (member: unknown) => T): DeltaResult<T> {
  const result = {
    items: [] as T[],
    removedIds: [] as string[],
    failures: [] as DeltaFailure[],
    unreadable: [] as unknown[],
  };
  for (const member of list.parse(members)) {
    const graph = findObject(member);
    const exceptionKey = graph && Object.keys(graph).find(key => key.toLowerCase() === EXCEPTION);
    const removedId = graph?.['@removed'] === undefined ? undefined : text.parse(graph['id']);
    if (graph !== undefined && exceptionKey !== undefined) {
      result.failures.push(toFailure(graph, graph[exceptionKey]));
    } else if (removedId !== undefined) {
      result.removedIds.push(removedId);
    } else {
      try {
        result.items.push(toItem(asObject(member, 'the changed item')));
      } catch (error) {
        if (!(error instanceof ShapeError)) throw error;
        result.unreadable.push(member);
      }
    }
  }
  return result;
}

function toFailure(graph: GraphObject, value: unknown): DeltaFailure {
  const exception = findObject(value) ?? {};
  const info = findObject(exception['info']) ?? {};
  return {
    code: text.parse(info['code']) ?? 'unknown',
    message: text.parse(info['message']) ?? '',
    ...withoutUndefined({
      failedOperation: text.parse(exception['failedOperation']),
      responseCode: count.parse(exception['responseCode']),
      id: text.parse(graph['id']),
      contentId: text.parse(graph['@contentId']),
    }),
    graph,
  };
}
