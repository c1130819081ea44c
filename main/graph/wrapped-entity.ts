import { asObject, findObject, type GraphObject, ShapeError, text } from './fields.ts';

/** What stood round an entity, where an answer wraps it in `value`: its other properties must not be lost. */
export interface Wrapped {
  /** The whole answer as it came; missing where the answer is the entity itself. */
  readonly envelope?: GraphObject;
}

/**
 * Reads one entity, be it the answer itself, by the metadata, or wrapped in `value`, alone or as a collection, as documented in places.
 * Of a collection it is the one with the id asked for, else the only one or the first.
 *
 * @throws ShapeError where there is no entity
 */
export function toWrapped<T extends object>(body: unknown, toEntity: (value: unknown) => T, id?: string): T & Wrapped {
  const answer = asObject(body, 'the answer');
  const inner = answer['value'];
  if (text.parse(answer['id']) !== undefined || inner === undefined) return toEntity(answer);
  const members = Array.isArray(inner) ? (inner as readonly unknown[]) : [inner];
  const wanted =
    members.find(member => id !== undefined && text.parse(findObject(member)?.['id']) === id) ?? members[0];
  if (wanted === undefined) throw new ShapeError('the answer holds no entity');
  return { ...toEntity(wanted), envelope: answer };
}
