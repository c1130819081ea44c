/** The two query parameters that the list of restore points requires, read strictly. */
import { parseInstant, seconds } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { badRequest } from './graph-error.ts';
import { longestFilter } from './odata-filter.ts';

export interface PointFilter {
  readonly unitId: string;
  /** Both included; a bound that excludes is moved by one tick. */
  readonly from: Ticks;
  readonly to: Ticks;
  readonly fastOnly: boolean;
  readonly newestFirst: boolean;
}

const invalid = (message: string): Error => badRequest(message, 'InvalidSearchRequest');

/** `$expand=protectionUnit($filter=id eq '…')`. */
const unitIdOf = (expand: string | null): string => {
  if (expand === null) throw invalid("$expand=protectionUnit($filter=id eq '{id}') is required.");
  const parts = /^\s*protectionUnit\s*\(\s*\$filter\s*=\s*id\s+eq\s+'([^']*)'\s*\)\s*$/i.exec(expand);
  if (parts?.[1] === undefined) throw invalid(`This $expand is not understood: ${expand}`);
  return parts[1];
};

/** A plus sign that was not escaped arrives as a blank. */
const instantOf = (text: string): Ticks => {
  const instant = parseInstant(text.replace(/ (\d{2}:\d{2})$/, '+$1'));
  if (instant === undefined) throw invalid(`This is no time in UTC: ${text}`);
  return instant;
};

interface Bounds {
  from: Ticks;
  to: Ticks;
  fastOnly: boolean;
}

const narrow = (bounds: Bounds, condition: string): void => {
  const tag = /^tags\s+(?:eq|has)\s+(?:microsoft\.graph\.restorePointTags)?'?fastRestore'?$/i.exec(condition);
  if (tag !== null) {
    bounds.fastOnly = true;
    return;
  }
  const [, operator = '', time = ''] = /^protectionDateTime\s+(lt|le|gt|ge|eq)\s+(.+)$/i.exec(condition) ?? [];
  const name = operator.toLowerCase();
  if (name === '') throw invalid(`This condition is not understood: ${condition}`);
  const instant = instantOf(time);
  if (name === 'lt') bounds.to = Math.min(bounds.to, instant - 1);
  if (name === 'le' || name === 'eq') bounds.to = Math.min(bounds.to, instant);
  if (name === 'gt') bounds.from = Math.max(bounds.from, instant + 1);
  if (name === 'ge' || name === 'eq') bounds.from = Math.max(bounds.from, instant);
};

const directionOf = (orderBy: string | null): boolean => {
  if (orderBy === null) return true;
  const parts = /^\s*protectionDateTime(?:\s+(asc|desc))?\s*$/i.exec(orderBy);
  if (parts === null) throw invalid(`This $orderby is not understood: ${orderBy}`);
  return parts[1]?.toLowerCase() === 'desc';
};

/** Throws 400 `FilterLengthExceeded` or `InvalidSearchRequest`. */
export const readPointFilter = (query: URLSearchParams): PointFilter => {
  const expand = query.get('$expand');
  const filter = query.get('$filter');
  if ((expand?.length ?? 0) + (filter?.length ?? 0) > longestFilter) {
    throw badRequest('Filter length exceeds the allowed limit.', 'FilterLengthExceeded');
  }
  const unitId = unitIdOf(expand);
  if (filter === null) throw invalid('$filter=protectionDateTime lt {time} is required.');
  const bounds: Bounds = { from: seconds(-1e11), to: seconds(1e11), fastOnly: false };
  const conditions = filter.trim().split(/\s+and\s+/i);
  for (const condition of conditions) narrow(bounds, condition.trim());
  if (!conditions.some(condition => /^protectionDateTime\s/i.test(condition.trim()))) {
    throw invalid('$filter must bound protectionDateTime.');
  }
  return { unitId, ...bounds, newestFirst: directionOf(query.get('$orderby')) };
};
