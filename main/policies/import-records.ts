import { CsvError, parse } from 'csv-parse/sync';

/** One record of a list: its first line, from 1 on, and its fields; `undefined` where its quotes can't be read. */
export interface ListRecord {
  readonly line: number;
  readonly fields: readonly string[] | undefined;
  /** The record as it stands in the file. */
  readonly source: string;
}

export type Separator = ',' | ';' | 'tab' | 'none';

const delimiters: Readonly<Record<Separator, string>> = {
  ',': ',',
  ';': ';',
  tab: '\t',
  // No list holds it: then each line is one field, and quotes are still read.
  none: '\u0001',
};

/** A quoted field goes on over this many lines at most; a quote that is not closed by then was meant for one line. */
const LONGEST_RECORD = 100;
const RECORDS_AT_ONCE = 1_000;

interface Piece {
  readonly line: number;
  readonly source: string;
  readonly lines: number;
}

/** How many separators of each kind stand outside of quotes. */
function countSeparators(line: string): Readonly<Record<',' | ';' | 'tab', number>> {
  const counts = { ',': 0, ';': 0, tab: 0 };
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (letter === ',' || letter === ';') counts[letter] += 1;
    else if (letter === '\t') counts.tab += 1;
  }
  return counts;
}

/** The separator that the first lines agree on most; `none` where they have none. */
export function findSeparator(lines: readonly string[]): Separator {
  const sample = lines
    .filter(line => line.trim() !== '')
    .slice(0, 50)
    .map(countSeparators);
  let best: Separator = 'none';
  let bestShare = 0;
  for (const separator of ['tab', ';', ','] as const) {
    const share = sample.filter(counts => counts[separator] > 0).length / Math.max(1, sample.length);
    if (share > bestShare) [best, bestShare] = [separator, share];
  }
  return best;
}

export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

const quotesIn = (line: string): number => line.split('"').length - 1;

/** Lines, and those that an open quote holds together. */
function* piecesOf(lines: readonly string[]): Generator<Piece, void, undefined> {
  for (let place = 0; place < lines.length;) {
    const piece = pieceAt(lines, place);
    yield piece;
    place += piece.lines;
  }
}

function pieceAt(lines: readonly string[], place: number): Piece {
  const first = lines[place] ?? '';
  let quotes = quotesIn(first);
  for (let count = 1; quotes % 2 === 1 && count < LONGEST_RECORD && place + count < lines.length; count += 1) {
    quotes += quotesIn(lines[place + count] ?? '');
    if (quotes % 2 === 0)
      return { line: place + 1, source: lines.slice(place, place + count + 1).join('\n'), lines: count + 1 };
  }
  return { line: place + 1, source: first, lines: 1 };
}

function findFields(source: string, separator: Separator): string[][] | undefined {
  try {
    return parse(source, {
      delimiter: delimiters[separator],
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/**
 * Reads a list record by record, a thousand at a time, so that nobody waits for all of it. A record that can't be read spoils no other: where
 * a quote is never closed, or swallowed lines that were records of their own, each line stands for itself.
 *
 * @param column whose field may hold no line break; where it is not known yet, the first
 */
export function* readRecords(
  lines: readonly string[],
  separator: Separator,
  column: number,
): Generator<readonly ListRecord[], void, undefined> {
  let waiting: Piece[] = [];
  for (const piece of piecesOf(lines)) {
    waiting.push(piece);
    if (waiting.length < RECORDS_AT_ONCE) continue;
    yield readPieces(waiting, separator, column);
    waiting = [];
  }
  if (waiting.length > 0) yield readPieces(waiting, separator, column);
}

function readPieces(pieces: readonly Piece[], separator: Separator, column: number): ListRecord[] {
  // Records of one line without a quote can't go wrong, and nearly all are such: they are read together.
  const plain = pieces.filter(({ lines, source }) => lines === 1 && source !== '' && !source.includes('"'));
  const together = findFields(plain.map(({ source }) => source).join('\n'), separator) ?? [];
  const fieldsOfPlain = new Map(
    together.length === plain.length ? plain.map((piece, place) => [piece, together[place]]) : [],
  );
  return pieces.flatMap(piece => {
    const fields = fieldsOfPlain.get(piece);
    return fields === undefined
      ? readPiece(piece, separator, column)
      : [{ line: piece.line, source: piece.source, fields }];
  });
}

function readPiece({ line, source, lines }: Piece, separator: Separator, column: number): ListRecord[] {
  if (source === '') return [{ line, source, fields: [''] }];
  const records = findFields(source, separator);
  const [fields] = records ?? [];
  const isOne = records?.length === 1 && fields !== undefined;
  if (lines === 1) return [{ line, source, fields: isOne ? fields : undefined }];
  if (isOne && !(fields[column] ?? '').includes('\n')) return [{ line, source, fields }];
  return source
    .split('\n')
    .flatMap((each, place) => readPiece({ line: line + place, source: each, lines: 1 }, separator, column));
}
