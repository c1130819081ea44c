import { z } from 'zod';
import type { ServiceError } from '../../shared/domain/protection-unit.ts';
import { toUtcSeconds } from '../../shared/domain/time.ts';

/**
 * Reading what the service says, leniently. An entity is kept whole, as it came (`GraphObject`); beside it stand the fields that we
 * understand. A field that is missing, null, or of an unexpected type is `undefined`: never an error, never a loss.
 */

/** A JSON object exactly as the service sent it, unknown properties and all. */
export type GraphObject = Readonly<Record<string, unknown>>;

/** The JSON is not of the documented shape. The runner turns it into a `GraphError`. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

const isObject = (value: unknown): value is GraphObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @returns the value itself, never a copy: copying schemas leave out keys such as `__proto__`
 * @throws ShapeError where the value is no JSON object
 */
export function asObject(value: unknown, what: string): GraphObject {
  if (!isObject(value)) throw new ShapeError(`${what} is not a JSON object`);
  return value;
}

/** A readable object, or `undefined`. */
export function findObject(value: unknown): GraphObject | undefined {
  return isObject(value) ? value : undefined;
}

/** A property by the first of its names that is there, whatever the letter case: the documentation spells some in two ways. */
export function findProperty(graph: GraphObject, ...names: readonly string[]): unknown {
  for (const name of names) {
    const key = Object.keys(graph).find(candidate => candidate.toLowerCase() === name.toLowerCase());
    if (key !== undefined) return graph[key];
  }
  return undefined;
}

/** The texts of a list, such as addresses or ids; other members are left to the raw entity. */
export function toTexts(value: unknown): readonly string[] {
  return list.parse(value).flatMap(member => text.parse(member) ?? []);
}

/** Nothing where the service sent null, nothing at all, or another type. */
const lenient = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

/** Text that is not empty: the service writes "not set" as `""` in places. */
export const text = lenient(z.string().min(1));
/** A number; where it comes as a decimal string, its value. */
export const count = lenient(
  z.union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ]),
);
export const flag = lenient(z.boolean());
/** An instant as UTC seconds; year 0001 and `""` are "not set". */
export const instant = lenient(z.string().transform(value => toUtcSeconds(value)));
export const list = z.array(z.unknown()).catch([]);

/**
 * A schema of known fields, checked at compile time against Microsoft's published type `T`: a misspelt name does not compile.
 * Everything else on the object is left to the raw entity that is kept beside it.
 */
export function fieldsOf<T extends object>(): <F extends KnownFields<F, T>>(fields: F) => z.ZodObject<F> {
  return fields => z.object(fields);
}

type KnownFields<F, T> = { readonly [K in keyof F]: K extends keyof T ? z.ZodType : never };

/**
 * An enum member in our spelling: compared without regard to case, since the service's answers vary (`Completed`). A member that is
 * not known is kept as it came.
 */
export function toMember<const M extends string>(value: string, known: readonly M[]): M | (string & {}) {
  const wanted = value.trim().toLowerCase();
  return known.find(member => member.toLowerCase() === wanted) ?? value.trim();
}

/** The members of a flags enum: split on commas, trimmed, each in our spelling; `none` is no member. */
export function toFlags(value: string | undefined, known: readonly string[]): readonly string[] {
  return (value ?? '')
    .split(',')
    .map(member => toMember(member, known))
    .filter(member => member !== '' && member.toLowerCase() !== 'none');
}

/** The last part of `@odata.type`, in lower case: `#microsoft.graph.sharepointRestoreSession` is `sharepointrestoresession`. */
export function odataType(entity: GraphObject): string | undefined {
  const value = entity['@odata.type'];
  return typeof value === 'string'
    ? value
        .slice(value.lastIndexOf('.') + 1)
        .replace('#', '')
        .toLowerCase()
    : undefined;
}

const publicError = z.object({ code: text, message: text });

/** `publicError`, cut to what a technician reads. Once the documentation sends an array: its first member stands for it. */
export function toServiceError(value: unknown): ServiceError | undefined {
  const error = findObject(Array.isArray(value) ? value[0] : value);
  if (error === undefined) return undefined;
  const { code, message } = publicError.parse(error);
  return code === undefined && message === undefined ? undefined : { code: code ?? 'unknown', message: message ?? '' };
}

/** Who made or changed something (`identitySet`). */
export interface Actor {
  readonly userId?: string;
  readonly userName?: string;
  readonly userEmail?: string;
  readonly applicationId?: string;
  readonly applicationName?: string;
}

// The documentation once names the id `identity`, and adds `email` to a person.
const identity = z.object({ id: text, identity: text, displayName: text, email: text });

export function toActor(value: unknown): Actor | undefined {
  const set = findObject(value);
  if (set === undefined) return undefined;
  const user = identity.parse(findObject(set['user']) ?? {});
  const application = identity.parse(findObject(set['application']) ?? {});
  return withoutUndefined({
    userId: user.id ?? user.identity,
    userName: user.displayName,
    userEmail: user.email,
    applicationId: application.id ?? application.identity,
    applicationName: application.displayName,
  });
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is `undefined`, as exact optional properties want it. */
export function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
