import { headerAt } from './example.ts';
import { toAddress } from './published-address.ts';
import { toSegments } from './request-path.ts';

/** Headers that name an entity: their ids are the service's choice, what they name is not. */
const ADDRESSES = ['location', 'content-location'];

/**
 * Has an answer the documented headers? Addresses must lead to the documented kind of thing, a type of content must be the documented
 * one, a wait must be one.
 */
export function headerProblems(
  documented: Readonly<Record<string, string>> | undefined,
  actual: Headers,
): readonly string[] {
  return [
    ...ADDRESSES.flatMap(name => {
      const wanted = headerAt(documented, name);
      return wanted === undefined ? [] : addressProblems(name, wanted, actual.get(name));
    }),
    ...contentTypeProblems(headerAt(documented, 'content-type'), actual.get('content-type')),
    ...retryAfterProblems(headerAt(documented, 'retry-after'), actual.get('retry-after')),
  ];
}

function addressProblems(name: string, wanted: string, given: string | null): readonly string[] {
  if (given === null) return [`the header ${name} is missing`];
  return kindOf(given) === kindOf(wanted) ? [] : [`${name} is ${given}, documented is ${wanted}`];
}

/** The names in an address, ids left out: the base collections stand for the typed ones, which lead to the same entities. */
function kindOf(address: string): string {
  const segments = toSegments(toAddress(address, undefined).path) ?? ['elsewhere'];
  return segments
    .map((segment, index) => (index % 2 === 0 ? segment.toLowerCase() : '{id}'))
    .map(name =>
      name.replace(
        /^(sharepoint|onedriveforbusiness|exchange)(?=protectionpolicies|restoresessions|browsesessions)/,
        '',
      ),
    )
    .join('/');
}

function contentTypeProblems(wanted: string | undefined, given: string | null): readonly string[] {
  if (wanted === undefined) return [];
  if (given === null) return ['the header content-type is missing'];
  return mediaTypeOf(given) === mediaTypeOf(wanted) ? [] : [`content-type is ${given}, documented is ${wanted}`];
}

function mediaTypeOf(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

function retryAfterProblems(wanted: string | undefined, given: string | null): readonly string[] {
  if (wanted === undefined) return [];
  if (given === null) return ['the header retry-after is missing'];
  const isWait = /^\d+$/.test(given.trim()) || !Number.isNaN(Date.parse(given));
  return isWait ? [] : [`retry-after is ${given}, which is neither seconds nor a date`];
}
