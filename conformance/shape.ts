/** Has an answer the documented shape? Same properties, same types, same enum members where they are determined. */
import { elementOf, findEnum, findType } from '../emulator/metadata/metadata.ts';
import { isJson } from './example.ts';
import type { Json } from './example.ts';

/** Enums that the request or the state determines; the others are the service's choice. */
const determined = new Set(['status', 'restoreJobType', 'destinationType']);

interface Comparison {
  readonly note: string;
  /** A page follows: the answer must have a nextLink where the example has one. */
  readonly expectsNextLink: boolean;
}

const annotationProblems = (name: string, actual: Json, path: string, how: Comparison): readonly string[] => {
  if (name === '@odata.nextLink' && !how.expectsNextLink) return [];
  // Two pages write @odata.context so.
  if (name === '@context') return [];
  const isNeeded = !name.startsWith('@odata.') || name === '@odata.count' || name === '@odata.nextLink';
  return !isNeeded || name in actual ? [] : [`${path}.${name} is missing`];
};

const memberProblems = (
  name: string,
  type: string,
  documented: unknown,
  actual: unknown,
  path: string,
  { note }: Comparison,
): readonly string[] => {
  if (typeof actual !== 'string') return [`${path} is no text`];
  if (!determined.has(name) || typeof documented !== 'string') return [];
  const known = findEnum(type)?.members.some(member => member.toLowerCase() === documented.toLowerCase()) === true;
  // A member that the note explains, or that the metadata lacks, is not to be copied.
  const isContradicted = !known || (note.includes(documented) && !/needs the Prefer header/.test(note));
  return isContradicted || documented.toLowerCase() === actual.toLowerCase()
    ? []
    : [`${path} is ${actual}, documented is ${documented}`];
};

const valueProblems = (
  name: string,
  type: string,
  documented: unknown,
  actual: unknown,
  path: string,
  how: Comparison,
): readonly string[] => {
  if (documented === null) return [];
  const element = elementOf(type);
  if (element !== undefined) {
    if (!Array.isArray(documented)) return [];
    if (!Array.isArray(actual)) return [`${path} is no list`];
    return documented.flatMap((entry: unknown, number) =>
      closest(name, element, entry, actual, `${path}[${number}]`, how),
    );
  }
  if (findType(type) !== undefined) {
    if (!isJson(documented)) return [];
    return isJson(actual) ? objectProblems(type, documented, actual, path, how) : [`${path} is no object`];
  }
  if (findEnum(type) !== undefined) return memberProblems(name, type, documented, actual, path, how);
  return typeof documented === typeof actual ? [] : [`${path} is ${typeof actual}, documented is ${typeof documented}`];
};

/** An entry of a list is judged by the entry of the answer that is most like it: order and number are the service's. */
const closest = (
  name: string,
  type: string,
  documented: unknown,
  actual: readonly unknown[],
  path: string,
  how: Comparison,
): readonly string[] => {
  let best: readonly string[] = [`${path} has nothing like it in the answer`];
  for (const [number, entry] of actual.entries()) {
    const problems = valueProblems(name, type, documented, entry, path, how);
    if (problems.length === 0) return [];
    if (number === 0 || problems.length < best.length) best = problems;
  }
  return best;
};

const typeOf = (declared: string, value: Json): string => {
  const named = value['@odata.type'];
  return (typeof named === 'string' ? findType(named)?.name : undefined) ?? declared;
};

/** Properties that both kinds have: where the documentation shows another kind of thing than was asked for. */
const sharedProperties = (type: string, actual: Json): ReadonlySet<string> | undefined => {
  const other = typeof actual['@odata.type'] === 'string' ? findType(actual['@odata.type']) : undefined;
  const own = findType(type);
  if (other === undefined || own === undefined || other.name === own.name) return undefined;
  return new Set([...own.properties.keys()].filter(name => other.properties.has(name)));
};

const objectProblems = (
  declared: string,
  documented: Json,
  actual: Json,
  path: string,
  how: Comparison,
): readonly string[] => {
  const type = typeOf(declared, documented);
  const shared = sharedProperties(type, actual);
  const known = findType(typeOf(declared, actual))?.properties ?? findType(type)?.properties;
  return Object.entries(documented).flatMap(([name, value]): readonly string[] => {
    const at = `${path}.${name}`;
    if (name.endsWith('@delta')) {
      const element = elementOf(known?.get(name.replace('@delta', ''))?.type ?? '');
      return element === undefined ? [] : valueProblems(name, `Collection(${element})`, value, actual[name], at, how);
    }
    if (name.startsWith('@')) return annotationProblems(name, actual, path, how);
    const property = findType(type)?.properties.get(name) ?? known?.get(name);
    // What the metadata lacks, the emulator does not send.
    if (property === undefined || (shared !== undefined && !shared.has(name))) return [];
    if (!(name in actual)) return [`${at} is missing`];
    if (actual[name] === null) return value === null || property.nullable ? [] : [`${at} is null`];
    return valueProblems(name, property.type, value, actual[name], at, how);
  });
};

const collectionProblems = (element: string, documented: Json, actual: Json, how: Comparison): readonly string[] => [
  ...Object.keys(documented).flatMap(name => (name === 'value' ? [] : annotationProblems(name, actual, '$', how))),
  ...valueProblems('value', `Collection(${element})`, documented['value'], actual['value'], '$.value', how),
];

const errorProblems = (documented: Json, actual: Json): readonly string[] => {
  const [wanted, given] = [documented['error'], actual['error']];
  if (!isJson(wanted) || !isJson(given)) return ['$.error is missing'];
  const problems = ['code', 'message']
    .filter(name => typeof given[name] !== 'string')
    .map(name => `$.error.${name} is missing`);
  return wanted['code'] === given['code']
    ? problems
    : [...problems, `$.error.code is ${String(given['code'])}, documented is ${String(wanted['code'])}`];
};

/** @param returns what the call answers by the metadata; an example of another form is read in the metadata's form */
export const shapeProblems = (
  returns: string | undefined,
  documented: unknown,
  actual: unknown,
  how: Comparison,
): readonly string[] => {
  if (documented === undefined) return [];
  if (!isJson(documented) || !isJson(actual)) return ['the body is no object'];
  if ('error' in documented && !('id' in documented)) return errorProblems(documented, actual);
  if (returns === undefined) return [];
  const element = elementOf(returns);
  if (element !== undefined) return collectionProblems(element, documented, actual, how);
  // One entity that the example wraps in `value`, or shows as a list of one.
  const wrapped = documented['value'];
  const entity = isJson(wrapped) ? wrapped : Array.isArray(wrapped) && isJson(wrapped[0]) ? wrapped[0] : documented;
  return objectProblems(returns, entity, actual, '$', how);
};
