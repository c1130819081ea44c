/**
 * JSON as pages print it: with comments, commas before a closing bracket, a byte order mark.
 *
 * @throws SyntaxError where it can't be read all the same
 */
export function parseLenient(text: string): unknown {
  const bare = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(bare);
  } catch (error) {
    const plain = withoutComments(bare);
    if (plain === bare) throw error;
    return JSON.parse(plain);
  }
}

/** A text of JSON, a comment, or a comma with nothing after it: texts are kept, the others are not. */
const PARTS = /("(?:[^"\\]|\\.)*")|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;
const LAST_COMMAS = /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g;

function withoutComments(text: string): string {
  const kept = (_: string, literal: string | undefined) => literal ?? '';
  return text.replace(PARTS, kept).replace(LAST_COMMAS, kept);
}
