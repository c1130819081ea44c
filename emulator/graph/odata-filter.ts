/**
 * `$filter` and `$orderby` over the entities of a list, in OData's own grammar: comparisons, `in`, `has`, `startswith`,
 * `endswith`, `contains`, joined by `and`, `or`, `not` and parentheses. Texts are compared without regard to case.
 */
import { parseInstant } from '../instant.ts';
import { findEnum, findType } from '../metadata/metadata.ts';
import { badRequest } from './graph-error.ts';
import { isObject } from './request-body.ts';
import type { JsonObject } from './request-body.ts';

/** A filter longer than this, or with more conditions, is refused as too long. Undocumented: a guess. */
export const longestFilter = 4096;
const mostConditions = 20;
/** Deeper nesting is refused, so that no request can exhaust the stack. */
const deepest = 20;

type Literal = string | number | boolean | null;
type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has' | 'in' | 'startswith' | 'endswith' | 'contains';

export interface Condition {
  /** Name of the property, `a/b` for one inside another. */
  readonly path: string;
  readonly type: string;
  readonly operator: Operator;
  readonly values: readonly Literal[];
}

type Filter =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] };

const invalid = (text: string): Error => badRequest(`Invalid filter clause: ${text}`);

type Token =
  | { readonly kind: 'punctuation'; readonly text: '(' | ')' | ',' }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: Literal };

const patterns = {
  text: /^(?:[A-Za-z][\w.]*)?'((?:[^']|'')*)'/,
  moment: /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?/i,
  guid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i,
  number: /^-?\d+(?:\.\d+)?(?![\w-])/,
  word: /^[A-Za-z_][\w./]*/,
} as const;

const wordToken = (word: string): Token => {
  const lower = word.toLowerCase();
  if (lower === 'null') return { kind: 'literal', value: null };
  if (lower === 'true' || lower === 'false') return { kind: 'literal', value: lower === 'true' };
  return { kind: 'word', text: word };
};

const tokensOf = (filter: string): readonly Token[] => {
  const tokens: Token[] = [];
  let rest = filter.trim();
  while (rest !== '') {
    const mark = rest[0];
    let length = 1;
    if (mark === '(' || mark === ')' || mark === ',') tokens.push({ kind: 'punctuation', text: mark });
    else {
      const text = patterns.text.exec(rest);
      const bare = patterns.moment.exec(rest) ?? patterns.guid.exec(rest);
      const number = patterns.number.exec(rest);
      const word = patterns.word.exec(rest);
      if (text !== null) tokens.push({ kind: 'literal', value: (text[1] ?? '').replaceAll("''", "'") });
      else if (bare !== null) tokens.push({ kind: 'literal', value: bare[0] });
      else if (number !== null) tokens.push({ kind: 'literal', value: Number(number[0]) });
      else if (word !== null) tokens.push(wordToken(word[0]));
      else throw invalid(rest.slice(0, 40));
      length = (text ?? bare ?? number ?? word)?.[0].length ?? 1;
    }
    rest = rest.slice(length).trimStart();
  }
  return tokens;
};

/** The property of a type that a path names, with the spelling that answers use. Throws a 400 where there is none. */
const propertyAt = (entityType: string, path: string): { readonly path: string; readonly type: string } => {
  let type = entityType;
  const names: string[] = [];
  for (const step of path.split('/')) {
    const known = findType(type);
    const property = [...(known?.properties.values() ?? [])].find(
      ({ name }) => name.toLowerCase() === step.toLowerCase(),
    );
    // An open type, such as identity, takes any name.
    if (property === undefined && known?.isOpen !== true) {
      throw badRequest(`Could not find a property named '${step}' on type '${type}'.`);
    }
    names.push(property?.name ?? step);
    type = property?.type ?? 'Edm.String';
  }
  return { path: names.join('/'), type };
};

const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has']);
const functions: ReadonlySet<string> = new Set(['startswith', 'endswith', 'contains']);

const parse = (filter: string, entityType: string): { readonly whole: Filter; readonly conditions: Condition[] } => {
  const tokens = tokensOf(filter);
  const conditions: Condition[] = [];
  let place = 0;
  const next = (): Token | undefined => tokens[place];
  const isWord = (word: string): boolean => {
    const token = next();
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  };
  const take = (text: '(' | ')' | ','): void => {
    const token = next();
    if (token?.kind !== 'punctuation' || token.text !== text) throw invalid(`'${text}' is expected.`);
    place += 1;
  };
  const literal = (): Literal => {
    const token = next();
    if (token?.kind !== 'literal') throw invalid('a value is expected.');
    place += 1;
    return token.value;
  };
  const word = (): string => {
    const token = next();
    if (token?.kind !== 'word') throw invalid('the name of a property is expected.');
    place += 1;
    return token.text;
  };
  const condition = (path: string, operator: Operator, values: readonly Literal[]): Filter => {
    const made: Condition = { ...propertyAt(entityType, path), operator, values };
    if (made.type === 'Edm.DateTimeOffset') {
      const bad = values.find(value => value !== null && parseInstant(String(value)) === undefined);
      if (bad !== undefined) throw invalid(`${String(bad)} is no time in UTC.`);
    }
    conditions.push(made);
    return { kind: 'condition', condition: made };
  };
  const call = (name: string): Filter => {
    take('(');
    const path = word();
    take(',');
    const value = literal();
    take(')');
    const made = condition(path, name as Operator, [value]);
    if (!isWord('eq') && !isWord('ne')) return made;
    const isNegated = isWord('ne');
    place += 1;
    return (literal() === true) === isNegated ? { kind: 'not', part: made } : made;
  };
  const comparison = (): Filter => {
    const name = word();
    if (functions.has(name.toLowerCase())) return call(name.toLowerCase());
    const operator = word().toLowerCase();
    if (operator === 'in') {
      take('(');
      const values = [literal()];
      for (let token = next(); token?.kind === 'punctuation' && token.text === ','; token = next()) {
        place += 1;
        values.push(literal());
      }
      take(')');
      return condition(name, 'in', values);
    }
    if (!comparisons.has(operator)) throw invalid(`${operator} is no operator.`);
    return condition(name, operator as Operator, [literal()]);
  };
  const term = (depth: number): Filter => {
    if (depth > deepest) throw badRequest('Filter length exceeds the allowed limit.', 'FilterLengthExceeded');
    if (isWord('not')) {
      place += 1;
      return { kind: 'not', part: term(depth + 1) };
    }
    const token = next();
    if (token?.kind !== 'punctuation') return comparison();
    take('(');
    const inner = joined('or', depth + 1);
    take(')');
    return inner;
  };
  const joined = (kind: 'and' | 'or', depth: number): Filter => {
    const part = (): Filter => (kind === 'or' ? joined('and', depth) : term(depth));
    const parts = [part()];
    while (isWord(kind)) {
      place += 1;
      parts.push(part());
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind, parts };
  };
  const whole = joined('or', 0);
  if (place < tokens.length) throw invalid('something follows its end.');
  return { whole, conditions };
};

const valueAt = (entity: JsonObject, path: string): unknown =>
  path.split('/').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), entity);

/** As things compare: moments by time, all else by text without case, numbers and truths by themselves. */
const comparable = (type: string, value: unknown): string | number | undefined => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return type === 'Edm.DateTimeOffset' ? (parseInstant(text) ?? Number.NEGATIVE_INFINITY) : text.toLowerCase();
};

const holds = ({ path, type, operator, values }: Condition, entity: JsonObject): boolean => {
  const left = comparable(type, valueAt(entity, path));
  const rights = values.map(value => comparable(type, value));
  const [right] = rights;
  if (operator === 'in') return rights.includes(left);
  if (operator === 'eq') return left === right;
  if (operator === 'ne') return left !== right;
  if (left === undefined || right === undefined) return false;
  const [leftText, rightText] = [String(left), String(right)];
  switch (operator) {
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
    case 'startswith':
      return leftText.startsWith(rightText);
    case 'endswith':
      return leftText.endsWith(rightText);
    case 'contains':
      return leftText.includes(rightText);
    default: {
      const held = new Set(leftText.split(',').map(member => member.trim()));
      return rightText.split(',').every(member => held.has(member.trim()));
    }
  }
};

const matches = (filter: Filter, entity: JsonObject): boolean => {
  if (filter.kind === 'condition') return holds(filter.condition, entity);
  if (filter.kind === 'not') return !matches(filter.part, entity);
  return filter.kind === 'and'
    ? filter.parts.every(part => matches(part, entity))
    : filter.parts.some(part => matches(part, entity));
};

/** Throws a 400 where a value is no member of the enum that it is compared with. */
const requireMembers = ({ path, type, values }: Condition): void => {
  const known = findEnum(type);
  if (known === undefined) return;
  const members = new Set(known.members.map(member => member.toLowerCase()));
  const foreign = values
    .flatMap(value => (value === null ? [] : String(value).toLowerCase().split(',')))
    .find(member => !members.has(member.trim()));
  if (foreign !== undefined) throw invalid(`${foreign} is no member of the enum of ${path}.`);
};

export interface EntityFilter {
  readonly conditions: readonly Condition[];
  matches(entity: JsonObject): boolean;
}

/** Reads `$filter`. Throws 400 `FilterLengthExceeded`, or `BadRequest` for what is not understood. */
export const readFilter = (filter: string, entityType: string): EntityFilter => {
  const tooLong = badRequest('Filter length exceeds the allowed limit.', 'FilterLengthExceeded');
  if (filter.length > longestFilter) throw tooLong;
  const { whole, conditions } = parse(filter, entityType);
  if (conditions.length > mostConditions) throw tooLong;
  for (const condition of conditions) requireMembers(condition);
  return { conditions, matches: entity => matches(whole, entity) };
};

/** Reads `$orderby`: names of properties, each with `asc` or `desc`, joined by commas. Throws a 400. */
export const readOrder = (orderBy: string, entityType: string): ((a: JsonObject, b: JsonObject) => number) => {
  const keys = orderBy.split(',').map(part => {
    const [, name, direction = 'asc'] = /^\s*([A-Za-z][\w/]*)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
    if (name === undefined) throw badRequest(`Invalid $orderby: ${part.trim()}`);
    return { ...propertyAt(entityType, name), sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return (a, b) => {
    for (const { path, type, sign } of keys) {
      const left = comparable(type, valueAt(a, path));
      const right = comparable(type, valueAt(b, path));
      if (left === right) continue;
      // What has no value comes first.
      if (left === undefined || right === undefined) return left === undefined ? -sign : sign;
      return left < right ? -sign : sign;
    }
    return 0;
  };
};
