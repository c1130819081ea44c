import { parse } from 'csv-parse/browser/esm/sync';

/** A line of the file that names a tenant, or does not. */
export interface TenantLine {
  /** As an editor counts lines, from 1. */
  readonly line: number;
  /** The domain or id as it stands there, without spaces around it. */
  readonly asked: string;
  readonly problem?: LineProblem;
}

export type LineProblem =
  /** Neither a domain nor a tenant id stands in the line. */
  | { readonly is: 'notATenant' }
  /** It was named before. */
  | { readonly is: 'repeated'; readonly firstLine: number };

export type TenantCsv =
  | {
      readonly is: 'lines';
      readonly lines: readonly TenantLine[];
      readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
    }
  | { readonly is: 'unreadable'; readonly why: 'notText' | 'empty' | 'tooLarge' }
  /** A quotation mark that is not closed, for instance. */
  | { readonly is: 'broken'; readonly line: number };

/** More tenants than anybody looks after; a file above it is most likely another one. */
export const MOST_LINES = 2_000;
export const MOST_BYTES = 2_000_000;

const DOMAIN = /^(?=.{4,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const isTenantName = (text: string): boolean => GUID.test(text) || DOMAIN.test(text);

/** What a column of tenants is called, as Partner Center's export and people call it. */
const HEADERS = new Set([
  'domain',
  'domain name',
  'primary domain',
  'primary domain name',
  'default domain',
  'tenant',
  'tenant id',
  'tenantid',
  'microsoft id',
  'customer id',
  'directory id',
  'id',
]);

/**
 * Reads a CSV of tenants: a domain or a tenant id a line, in the column whose heading says so, else wherever one stands first. Commas,
 * semicolons and tabs divide; quotation marks, byte order marks and both line ends are understood. Nothing is asked of anyone.
 */
export function readTenantCsv(bytes: Uint8Array): TenantCsv {
  if (bytes.length > MOST_BYTES) return { is: 'unreadable', why: 'tooLarge' };
  const decoded = decodeText(bytes);
  if (decoded === undefined) return { is: 'unreadable', why: 'notText' };
  const rows = toRows(decoded.text);
  if ('brokenAt' in rows) return { is: 'broken', line: rows.brokenAt };
  const [head] = rows;
  if (head === undefined) return { is: 'unreadable', why: 'empty' };
  if (rows.length > MOST_LINES) return { is: 'unreadable', why: 'tooLarge' };
  const column = head.cells.findIndex(cell => HEADERS.has(cell.toLowerCase()));
  const hasHead = column >= 0 || (rows.length > 1 && !head.cells.some(isTenantName) && rows.some(isTenantRow));
  const seen = new Map<string, number>();
  const lines = rows.slice(hasHead ? 1 : 0).map(({ cells, line }): TenantLine => {
    const inColumn = column >= 0 ? cells[column] : undefined;
    const asked = inColumn ?? cells.find(isTenantName) ?? cells.find(cell => cell !== '') ?? '';
    if (!isTenantName(asked)) return { line, asked, problem: { is: 'notATenant' } };
    const key = asked.toLowerCase();
    const firstLine = seen.get(key);
    if (firstLine !== undefined) return { line, asked, problem: { is: 'repeated', firstLine } };
    seen.set(key, line);
    return { line, asked };
  });
  return lines.length === 0 ? { is: 'unreadable', why: 'empty' } : { is: 'lines', lines, encoding: decoded.encoding };
}

const isTenantRow = ({ cells }: Row): boolean => cells.some(isTenantName);

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

function toRows(text: string): readonly Row[] | { readonly brokenAt: number } {
  const rows: Row[] = [];
  try {
    // One kind of line end: the parser counts a mixture of them twice.
    parse(text.replaceAll(/\r\n?/g, '\n'), {
      delimiter: [',', ';', '\t'],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        rows.push({ cells, line: lines });
        return null;
      },
    });
    return rows;
  } catch (error) {
    // The one error of a file that is text: it says where.
    const at = error instanceof Error && 'lines' in error ? error.lines : undefined;
    return { brokenAt: typeof at === 'number' ? at : 1 };
  }
}

/** The text of a file by its byte order mark, else UTF-8 where it is that, else the encoding of older spreadsheets; none for what is no text. */
function decodeText(
  bytes: Uint8Array,
): { readonly text: string; readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252' } | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16' };
  if (bytes.includes(0)) return undefined;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}
