import { z } from 'zod';
import { toIso } from './time.ts';

/*
 * The expressions of inclusion rules (siteprotectionrule, driveprotectionrule, mailboxprotectionrule), as a form and as text. The form is what
 * a technician fills in; the text is what Graph takes. Each form has exactly one text, and the text of a form is read back as that form.
 */

/** The service's documented limits. */
export const ruleLimits = {
  /** Keywords of a site rule, and characters of each. */
  keywords: 10,
  shortestKeyword: 3,
  longestKeyword: 255,
  /** Groups of a static rule; it is flattened once. */
  staticGroups: 3,
  /** Groups of a dynamic rule; they may not be nested, and together hold at most 6,000 users. */
  dynamicGroups: 100,
  dynamicUsers: 6_000,
} as const;

export const siteRuleFields = ['displayName', 'webUrl', 'lastModifiedDateTime'] as const;

/** One condition of a site rule: the name or address holds these letters, or the site was changed at or after this moment (UTC seconds). */
export const SiteCondition = z.discriminatedUnion('field', [
  z.object({ field: z.literal('displayName'), contains: z.string().max(1024) }),
  z.object({ field: z.literal('webUrl'), contains: z.string().max(1024) }),
  z.object({ field: z.literal('lastModifiedDateTime'), since: z.int().min(0).max(253_402_300_799) }),
]);
export type SiteCondition = z.infer<typeof SiteCondition>;

export const RuleForm = z.discriminatedUnion('of', [
  /** Sites that meet all of the groups of conditions, each group met by any one of its conditions. */
  z.object({
    of: z.literal('sites'),
    all: z.array(z.object({ any: z.array(SiteCondition).max(50) })).max(50),
  }),
  /** OneDrive accounts or mailboxes of the members of any of these groups. */
  z.object({ of: z.literal('groups'), groupIds: z.array(z.string().max(64)).max(500) }),
]);
export type RuleForm = z.infer<typeof RuleForm>;

/** What keeps a form from being a rule of the service. */
export type RuleFault =
  | 'noConditions'
  | 'tooManyKeywords'
  | 'keywordTooShort'
  | 'keywordTooLong'
  | 'keywordUnreadable'
  | 'noGroups'
  | 'tooManyGroups'
  | 'groupIdMalformed'
  | 'groupTwice'
  | 'sitesAreStatic';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
// Nothing of what can't be seen belongs into a keyword: it would be looked for, and never found.
const UNSEEN = /\p{Cc}|\p{Cs}/u;

/** Checks a form against the service's limits, before it is sent. @returns each fault once, none where it can be sent */
export function faultsOfRule(form: RuleForm, isDynamic: boolean): readonly RuleFault[] {
  const faults = new Set<RuleFault>();
  if (form.of === 'sites') {
    if (isDynamic) faults.add('sitesAreStatic');
    const conditions = form.all.flatMap(({ any }) => any);
    if (form.all.length === 0 || form.all.some(({ any }) => any.length === 0)) faults.add('noConditions');
    const keywords = conditions.flatMap(condition => ('contains' in condition ? [condition.contains] : []));
    if (keywords.length > ruleLimits.keywords) faults.add('tooManyKeywords');
    for (const keyword of keywords) {
      if (keyword.trim().length < ruleLimits.shortestKeyword) faults.add('keywordTooShort');
      if (keyword.length > ruleLimits.longestKeyword) faults.add('keywordTooLong');
      if (UNSEEN.test(keyword)) faults.add('keywordUnreadable');
    }
    return [...faults];
  }
  if (form.groupIds.length === 0) faults.add('noGroups');
  if (form.groupIds.length > (isDynamic ? ruleLimits.dynamicGroups : ruleLimits.staticGroups))
    faults.add('tooManyGroups');
  if (form.groupIds.some(id => !GUID.test(id))) faults.add('groupIdMalformed');
  if (new Set(form.groupIds.map(id => id.toLowerCase())).size < form.groupIds.length) faults.add('groupTwice');
  return [...faults];
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function toClause(condition: SiteCondition): string {
  return 'contains' in condition
    ? `${condition.field} -contains ${quoted(condition.contains)}`
    : `lastModifiedDateTime -ge '${toIso(condition.since)}'`;
}

/** The text that Graph takes for a form. Whether the form keeps the limits is `faultsOfRule`'s to say. */
export function toRuleExpression(form: RuleForm): string {
  if (form.of === 'groups') return `(memberOf -any (group.id -in [${form.groupIds.map(quoted).join(', ')}]))`;
  const isOne = form.all.length === 1;
  return form.all
    .map(({ any }) => {
      const clauses = any.map(toClause).join(' -or ');
      return any.length > 1 && !isOne ? `(${clauses})` : clauses;
    })
    .join(' -and ');
}

/**
 * Reads an expression back into a form.
 *
 * @returns `undefined` for one that is malformed, or that no form says (an `-or` of `-and`s, a negation, a property that is new): such a
 *   rule is shown as its text and not changed
 */
export function findRuleForm(expression: string): RuleForm | undefined {
  return findGroups(expression) ?? findSites(expression);
}

function findGroups(expression: string): RuleForm | undefined {
  const list = /^\s*\(?\s*memberOf\s+-any\s+\(\s*group\.id\s+-in\s+\[([^\]]*)\]\s*\)\s*\)?\s*$/i.exec(expression)?.[1];
  if (list === undefined) return undefined;
  const groupIds = list.split(',').map(part => /^\s*'([^']*)'\s*$/.exec(part)?.[1]);
  const whole = groupIds.flatMap(id => (id !== undefined && GUID.test(id) ? [id] : []));
  return whole.length === groupIds.length ? { of: 'groups', groupIds: whole } : undefined;
}

type Token = '(' | ')' | 'and' | 'or' | SiteCondition;

const CONTAINS = /^(displayName|webUrl)\s+-contains\s+'((?:[^']|'')*)'/i;
const SINCE = /^lastModifiedDateTime\s+-ge\s+'([^']*)'/i;
const OPERATOR = /^-(and|or)(?![\w-])/i;

function findTokens(expression: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let rest = expression.trim(); rest !== ''; rest = rest.trimStart()) {
    const [first = ''] = rest;
    const operator = OPERATOR.exec(rest);
    const contains = CONTAINS.exec(rest);
    const since = SINCE.exec(rest);
    if (first === '(' || first === ')') tokens.push(first);
    else if (operator !== null) tokens.push(operator[1]?.toLowerCase() === 'and' ? 'and' : 'or');
    else if (contains !== null) {
      const field = contains[1]?.toLowerCase() === 'weburl' ? 'webUrl' : 'displayName';
      tokens.push({ field, contains: (contains[2] ?? '').replaceAll("''", "'") });
    } else if (since !== null) {
      const at = findInstant(since[1] ?? '');
      if (at === undefined) return undefined;
      tokens.push({ field: 'lastModifiedDateTime', since: at });
    } else return undefined;
    rest = rest.slice((operator ?? contains ?? since)?.[0].length ?? 1);
  }
  return tokens;
}

/** Whole seconds alone: a form can't say a fraction, and rounding would change the rule. */
function findInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.0+)?Z$/i.test(text)) return undefined;
  const at = Date.parse(text) / 1000;
  return Number.isInteger(at) && at >= 0 ? at : undefined;
}

/** `any -and any …`, each a condition or conditions joined by `-or`; in parentheses where both operators stand. */
function findSites(expression: string): RuleForm | undefined {
  const tokens = findTokens(expression);
  if (tokens === undefined || tokens.length === 0) return undefined;
  const top = splitTop(tokens);
  if (top === undefined) return undefined;
  const { operator, parts } = top;
  if (operator === 'or') {
    const any = parts.map(part => onlyCondition(part));
    return any.every(condition => condition !== undefined) ? { of: 'sites', all: [{ any }] } : undefined;
  }
  const all = parts.map(part => {
    const inner = splitTop(part);
    if (inner === undefined || (inner.operator === 'and' && inner.parts.length > 1)) return undefined;
    const any = inner.parts.map(each => onlyCondition(each));
    return any.every(condition => condition !== undefined) ? { any } : undefined;
  });
  return all.every(group => group !== undefined) ? { of: 'sites', all } : undefined;
}

function onlyCondition(tokens: readonly Token[]): SiteCondition | undefined {
  const inner = withoutParentheses(tokens);
  const [only] = inner;
  return inner.length === 1 && typeof only === 'object' ? only : undefined;
}

/** The same without the parentheses that hold all of it. */
function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  let inner = tokens;
  while (inner[0] === '(' && closing(inner) === inner.length - 1) inner = inner.slice(1, -1);
  return inner;
}

/** Where the parenthesis that the tokens begin with is closed; -1 where it is not. */
function closing(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [place, token] of tokens.entries()) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0) return place;
  }
  return -1;
}

/** The parts that one operator joins outside of parentheses; `undefined` where two kinds of it stand side by side, or something is missing. */
function splitTop(
  tokens: readonly Token[],
): { readonly operator: 'and' | 'or'; readonly parts: readonly (readonly Token[])[] } | undefined {
  const parts: Token[][] = [[]];
  let operator: 'and' | 'or' | undefined;
  let depth = 0;
  for (const token of withoutParentheses(tokens)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth < 0) return undefined;
    if (depth === 0 && (token === 'and' || token === 'or')) {
      if (operator !== undefined && operator !== token) return undefined;
      operator = token;
      parts.push([]);
    } else parts.at(-1)?.push(token);
  }
  return depth === 0 && parts.every(part => part.length > 0) ? { operator: operator ?? 'and', parts } : undefined;
}
