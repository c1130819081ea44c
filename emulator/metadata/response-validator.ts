/** Judges what the emulator answers by the metadata: types, enum members, no property that is not documented. */
import { elementOf, findEnum, findType, isDerivedFrom } from './metadata.ts';

export interface Judgement {
  /** The caller asked for members that came after the sentinel. */
  readonly includesUnknownMembers: boolean;
}

type JsonObject = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,12})?(Z|\+00:00)$/;
const duration = /^P(?=\d|T)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;

const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  'Edm.String': value => typeof value === 'string',
  'Edm.Boolean': value => typeof value === 'boolean',
  'Edm.Int32': value => Number.isInteger(value),
  'Edm.DateTimeOffset': value => typeof value === 'string' && instant.test(value),
  'Edm.Duration': value => typeof value === 'string' && duration.test(value),
};

const enumProblem = (type: string, value: unknown, how: Judgement): string | undefined => {
  const known = findEnum(type);
  if (known === undefined) return `is of ${type}, which the metadata does not know`;
  if (typeof value !== 'string') return `must be a member of ${type}`;
  const members = known.isFlags ? value.split(',').map(member => member.trim()) : [value];
  const foreign = members.find(member => !known.members.includes(member));
  if (foreign !== undefined) return `is ${foreign}, no member of ${type}`;
  const later = how.includesUnknownMembers ? undefined : members.find(member => known.later.includes(member));
  return later === undefined ? undefined : `is ${later}, which the caller did not ask to be told`;
};

const valueProblems = (type: string, value: unknown, path: string, how: Judgement): readonly string[] => {
  const element = elementOf(type);
  if (element !== undefined) {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    return value.flatMap((entry: unknown, number) => valueProblems(element, entry, `${path}[${number}]`, how));
  }
  const primitive = primitives[type];
  if (primitive !== undefined) return primitive(value) ? [] : [`${path} must be ${type}, not ${JSON.stringify(value)}`];
  if (findType(type) !== undefined) return objectProblems(type, value, path, how);
  const problem = enumProblem(type, value, how);
  return problem === undefined ? [] : [`${path} ${problem}`];
};

/** A delta's answer: entities, removals, and failures of single items. */
const deltaProblems = (type: string, value: unknown, path: string, how: Judgement): readonly string[] => {
  if (!Array.isArray(value)) return [`${path} must be a list`];
  return value.flatMap((item: unknown, number): readonly string[] => {
    const at = `${path}[${number}]`;
    if (!isObject(item)) return [`${at} must be an object`];
    const { '@removed': removed, '@contentId': contentId, '@Core.DataModificationException': exception, ...rest } = item;
    const problems: string[] = [];
    if (removed !== undefined && !isObject(removed)) problems.push(`${at}.@removed must be an object`);
    if (contentId !== undefined && typeof contentId !== 'string') problems.push(`${at}.@contentId must be a text`);
    if (exception !== undefined) {
      const info = isObject(exception) ? exception['info'] : undefined;
      const isWhole =
        isObject(exception) &&
        isObject(info) &&
        typeof info['code'] === 'string' &&
        typeof info['message'] === 'string' &&
        typeof exception['failedOperation'] === 'string' &&
        Number.isInteger(exception['responseCode']);
      if (!isWhole) problems.push(`${at}.@Core.DataModificationException is not whole`);
    }
    return [...problems, ...objectProblems(type, rest, at, how)];
  });
};

const typeNamed = (declared: string, value: JsonObject): { readonly name: string } | { readonly problem: string } => {
  const annotation = value['@odata.type'];
  if (annotation === undefined) return { name: declared };
  const named = typeof annotation === 'string' ? findType(annotation) : undefined;
  if (named === undefined || !isDerivedFrom(named.name, declared)) {
    return { problem: `@odata.type ${JSON.stringify(annotation)} is no ${declared}` };
  }
  return { name: named.name };
};

const objectProblems = (declared: string, value: unknown, path: string, how: Judgement): readonly string[] => {
  if (!isObject(value)) return [`${path} must be an object of ${declared}`];
  const named = typeNamed(declared, value);
  if ('problem' in named) return [`${path}: ${named.problem}`];
  const type = findType(named.name);
  if (type === undefined) return [`${path}: there is no type ${named.name}`];
  return Object.entries(value).flatMap(([name, entry]): readonly string[] => {
    const at = `${path}.${name}`;
    if (name.startsWith('@odata.')) return [];
    const [, base = '', annotation] = /^(\w+)@(.+)$/.exec(name) ?? [];
    if (annotation !== undefined) {
      const element = elementOf(type.properties.get(base)?.type ?? '');
      if (annotation === 'delta' && element !== undefined) return deltaProblems(element, entry, at, how);
      return annotation.startsWith('odata.') ? [] : [`${at} is an annotation that no page shows`];
    }
    const property = type.properties.get(name);
    if (property === undefined) return type.isOpen ? [] : [`${at} is no property of ${type.name}`];
    if (entry === null) return property.nullable ? [] : [`${at} may not be null`];
    return valueProblems(property.type, entry, at, how);
  });
};

/** What is wrong with the body of a successful answer; `returns` is a type's full name, or `Collection(…)` of it. */
export const responseProblems = (returns: string, body: unknown, how: Judgement): readonly string[] => {
  const element = elementOf(returns);
  if (element === undefined) return valueProblems(returns, body, '$', how);
  if (!isObject(body)) return ['$ must be an object with a value'];
  const { value, ...rest } = body;
  const foreign = Object.keys(rest).filter(name => !name.startsWith('@odata.'));
  const count = rest['@odata.count'];
  return [
    ...foreign.map(name => `$.${name} is nothing that a collection has`),
    ...(count !== undefined && !Number.isInteger(count) ? ['$.@odata.count must be a number'] : []),
    ...valueProblems(returns, value, '$.value', how),
  ];
};
