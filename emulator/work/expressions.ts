/** The expressions of inclusion rules: read strictly, then asked of a tenant. */
import { parseInstant } from '../instant.ts';
import type { Resource } from '../state/resources.ts';

export type SiteCondition =
  | { readonly kind: 'contains'; readonly property: 'displayName' | 'webUrl'; readonly text: string }
  | { readonly kind: 'modifiedSince'; readonly at: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly SiteCondition[] };

export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

const mostKeywords = 10;
const shortestKeyword = 3;
const longestKeyword = 255;

type Token = { readonly kind: '(' | ')' | 'and' | 'or' | 'condition'; readonly condition?: SiteCondition };

class Unreadable extends Error {}

const conditionPattern = /^(displayName|webUrl)\s+-contains\s+'((?:[^']|'')*)'/i;
const modifiedPattern = /^lastModifiedDateTime\s+-(?:ge|gt)\s+'([^']*)'/i;

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let rest = text.trim();
  let keywords = 0;
  while (rest !== '') {
    const operator = /^-(and|or)\b/i.exec(rest);
    const contains = conditionPattern.exec(rest);
    const modified = modifiedPattern.exec(rest);
    let length = 1;
    if (rest.startsWith('(')) tokens.push({ kind: '(' });
    else if (rest.startsWith(')')) tokens.push({ kind: ')' });
    else if (operator !== null) {
      tokens.push({ kind: operator[1]?.toLowerCase() === 'and' ? 'and' : 'or' });
      length = operator[0].length;
    } else if (contains !== null) {
      const keyword = (contains[2] ?? '').replaceAll("''", "'");
      if (keyword.length < shortestKeyword || keyword.length > longestKeyword) {
        throw new Unreadable(`A keyword has ${shortestKeyword} to ${longestKeyword} characters.`);
      }
      keywords += 1;
      const property = contains[1]?.toLowerCase() === 'weburl' ? 'webUrl' : 'displayName';
      tokens.push({ kind: 'condition', condition: { kind: 'contains', property, text: keyword } });
      length = contains[0].length;
    } else if (modified !== null) {
      const at = parseInstant(modified[1] ?? '');
      if (at === undefined) throw new Unreadable('lastModifiedDateTime needs a time in UTC.');
      tokens.push({ kind: 'condition', condition: { kind: 'modifiedSince', at } });
      length = modified[0].length;
    } else throw new Unreadable(`This is not understood: ${rest.slice(0, 60)}`);
    rest = rest.slice(length).trim();
  }
  if (keywords > mostKeywords) throw new Unreadable(`At most ${mostKeywords} keywords are allowed.`);
  return tokens;
};

/** Deeper nesting than any rule needs is refused, so that no request can exhaust the stack. */
const deepest = 50;

const parseSites = (tokens: readonly Token[]): SiteCondition => {
  let place = 0;
  const term = (depth: number): SiteCondition => {
    const token = tokens[place];
    place += 1;
    if (token?.condition !== undefined) return token.condition;
    if (token?.kind !== '(' || depth > deepest) throw new Unreadable('A condition is missing.');
    const inner = joined(depth + 1);
    if (tokens[place]?.kind !== ')') throw new Unreadable('A parenthesis is not closed.');
    place += 1;
    return inner;
  };
  const joined = (depth: number): SiteCondition => {
    let left = term(depth);
    for (let token = tokens[place]; token?.kind === 'and' || token?.kind === 'or'; token = tokens[place]) {
      place += 1;
      left = { kind: token.kind, parts: [left, term(depth)] };
    }
    return left;
  };
  const whole = joined(0);
  if (place < tokens.length) throw new Unreadable('Something follows the end of the expression.');
  return whole;
};

export const readSiteExpression = (text: string): Reading<SiteCondition> => {
  try {
    return { ok: true, value: parseSites(tokensOf(text)) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
};

export const siteMatches = (condition: SiteCondition, site: Resource): boolean => {
  if (condition.kind === 'contains') {
    const where = condition.property === 'webUrl' ? site.address : site.displayName;
    return where.toLowerCase().includes(condition.text.toLowerCase());
  }
  // When a site was last changed is not made up: every one counts as changed.
  if (condition.kind === 'modifiedSince') return true;
  return condition.kind === 'and'
    ? condition.parts.every(part => siteMatches(part, site))
    : condition.parts.some(part => siteMatches(part, site));
};

/** `(memberOf -any (group.id -in ['…', '…']))`: the groups. */
export const readGroupExpression = (text: string): Reading<readonly string[]> => {
  const list = /^\s*\(?\s*memberOf\s+-any\s+\(\s*group\.id\s+-in\s+\[([^\]]*)\]\s*\)\s*\)?\s*$/i.exec(text)?.[1];
  if (list === undefined) return { ok: false, why: "Only (memberOf -any (group.id -in ['…'])) is understood." };
  const ids = list.split(',').map(part => /^\s*'([0-9a-zA-Z-]{8,64})'\s*$/.exec(part)?.[1]);
  const whole = ids.flatMap(id => (id === undefined ? [] : [id]));
  if (whole.length < ids.length || whole.length === 0) return { ok: false, why: 'A group id is malformed.' };
  return { ok: true, value: [...new Set(whole)] };
};
