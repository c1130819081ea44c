import { stringify } from 'csv-stringify/sync';

// A spreadsheet runs a cell that begins like a formula: names and messages come from outside. `escape_formulas` puts an apostrophe before it.
const options = { escape_formulas: true, record_delimiter: 'windows' } as const;
/** Tells a spreadsheet that the text is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The first line of a file (RFC 4180, UTF-8 with a byte order mark). */
export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + csvLine(columns);
}

/** A further line, safe to open in a spreadsheet. */
export function csvLine(cells: readonly (string | number)[]): string {
  return stringify([[...cells]], options);
}
