/** The query text of a mail search, read by the grammar that the documented example shows. */

const condition =
  /^\s*(?:(Sender|Recipient|Recipients|From|To|Cc|Subject|Body)\s+-(?:eq|like|contains)|HasAttachment\s+-eq|(?:PitrDumpsterActionTriggeredTime|ReceivedTime|SentTime)\s+-(?:gt|ge|lt|le|eq))\s+'((?:[^']|'')*)'/i;
const mostKeywords = 5;
const longestQuery = 4096;

/** Why the text is no query, if it is none. At most five keywords a field, as the product has it. */
export const mailQueryProblem = (text: string): string | undefined => {
  if (text.length > longestQuery) return 'queryExpression is too long.';
  const keywords = new Map<string, number>();
  let rest = text;
  let depth = 0;
  let expectsCondition = true;
  while (rest.trim() !== '') {
    rest = rest.trimStart();
    if (expectsCondition && rest.startsWith('(')) {
      depth += 1;
      rest = rest.slice(1);
      continue;
    }
    if (!expectsCondition && rest.startsWith(')')) {
      depth -= 1;
      if (depth < 0) return 'queryExpression closes a parenthesis that was not opened.';
      rest = rest.slice(1);
      continue;
    }
    const found = expectsCondition ? condition.exec(rest) : /^-(?:and|or)\b/i.exec(rest);
    if (found === null) return `queryExpression is not understood at: ${rest.slice(0, 40)}`;
    const field = found[1]?.toLowerCase();
    if (expectsCondition && field !== undefined) {
      const count = (keywords.get(field) ?? 0) + 1;
      if (count > mostKeywords) return `queryExpression has more than ${mostKeywords} keywords for ${field}.`;
      keywords.set(field, count);
    }
    rest = rest.slice(found[0].length);
    expectsCondition = !expectsCondition;
  }
  return depth === 0 && !expectsCondition ? undefined : 'queryExpression is not whole.';
};
