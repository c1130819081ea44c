import { toIso } from '../../shared/domain/time.ts';

/** A piece of a report: the file's name, and text to add to it. */
export interface ReportPiece {
  readonly fileName: string;
  readonly text: string;
}

/** Pieces that cross the bridge stay well below what one message may be. */
const PIECE_CHARACTERS = 16_000;

/** A text of any length in pieces, never ending in half of a character: each becomes UTF-8 by itself. */
export async function* inPieces(fileName: string, texts: AsyncIterable<string>): AsyncGenerator<ReportPiece> {
  let waiting = '';
  for await (const text of texts) {
    waiting += text;
    while (waiting.length > PIECE_CHARACTERS) {
      const piece = waiting.slice(0, PIECE_CHARACTERS);
      const whole = piece.isWellFormed() ? piece : piece.slice(0, -1);
      yield { fileName, text: whole };
      waiting = waiting.slice(whole.length);
    }
  }
  yield { fileName, text: waiting };
}

/** `restore-report-contoso.example-2026-11-24T1405.html` */
export function toFileName(what: string, domain: string, at: number, format: string): string {
  const when = toIso(at).slice(0, 16).replaceAll(':', '');
  // A domain is letters, digits, dots and hyphens; anything else never reaches a file's name.
  return `${what}-${domain.replaceAll(/[^a-z0-9.-]/gi, '-')}-${when}.${format}`;
}
