import { fold } from './folded-text.ts';

/**
 * What a unit is found by. The index holds the three-letter pieces of a unit's folded text, so that any part of a name, e-mail address or
 * URL finds it; and of each word its first and first two letters, marked, so that the first letters typed find words that begin so.
 */

/**
 * The version of what is indexed: the runtime's letters, and our own rules, `fold` among them. Who changes those raises the number, and
 * every index is filled anew.
 */
export const INDEXED_BY = `unicode ${process.versions['unicode'] ?? 'unknown'}, rules 1`;

const PIECE = 3;
/** Stands before a word's first letters. It is in no name: `toWords` and `toIndexed` take control characters out. */
const MARK = '\u{2}';
const CONTROL = /\p{Cc}+/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;
const BEGINS_AS_WORD = /^[\p{L}\p{N}]/u;
const ENDS_AS_WORD = /[\p{L}\p{N}]$/u;
/** More pieces make a question no more precise: what they find is compared with the whole text anyway. */
const MOST_PIECES = 24;

/** By code points: the index takes them for letters, too. */
const lettersOf = (text: string): string[] => Array.from(text);

/** The text to be indexed of a unit whose folded text this is. */
export function toIndexed(folded: string): string {
  const text = folded.replaceAll(CONTROL, ' ');
  const beginnings = new Set(
    text.split(BETWEEN_WORDS).map(word =>
      lettersOf(word)
        .slice(0, PIECE - 1)
        .join(''),
    ),
  );
  return `${text}\n${[...beginnings].map(beginning => `${MARK}${MARK}${beginning}`).join('')}`;
}

/** What was typed, as words to be looked for, folded. */
export const toWords = (typed: string): string[] => [
  ...new Set(
    fold(typed)
      .replaceAll(CONTROL, ' ')
      .split(/\s+/u)
      .filter(word => word !== ''),
  ),
];

const piecesOf = (word: string): string[] => {
  const letters = lettersOf(word);
  if (letters.length < PIECE) {
    // Only letters and digits have marks; a sign beside them is looked at in what is found.
    return word
      .split(BETWEEN_WORDS)
      .flatMap(part => (part === '' ? [] : MARK.repeat(PIECE - lettersOf(part).length) + part));
  }
  return letters.slice(PIECE - 1).map((_, index) => letters.slice(index, index + PIECE).join(''));
};

/** The question to the index for all of these words; empty where they are all signs. What it finds may be a little too much: see `holds`. */
export const toMatch = (words: readonly string[]): string =>
  [...new Set(words.flatMap(piecesOf))]
    .slice(0, MOST_PIECES)
    .map(piece => `"${piece.replaceAll('"', '""')}"`)
    .join(' AND ');

/** Where in the text the word stands at the beginning of a word; -1 where it does not. */
const placeAtBeginning = (folded: string, word: string): number => {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    // A sign begins wherever it stands. (Two places back: the letter before may be a pair.)
    if (!BEGINS_AS_WORD.test(word) || !ENDS_AS_WORD.test(folded.slice(Math.max(0, at - 2), at))) return at;
  }
  return -1;
};

/** Whether the text holds all words: the short ones at the beginning of a word, the others anywhere. */
export const holds = (folded: string, words: readonly string[]): boolean =>
  words.every(word => (lettersOf(word).length < PIECE ? placeAtBeginning(folded, word) >= 0 : folded.includes(word)));

/** How well a text that holds the words answers to them: 0 begins with them as typed, 1 has each at the beginning of a word, 2 does not. */
export function rankOf(folded: string, words: readonly string[]): 0 | 1 | 2 {
  if (folded.startsWith(words.join(' '))) return 0;
  return words.every(word => placeAtBeginning(folded, word) >= 0) ? 1 : 2;
}
