import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppFailure } from '../../shared/contract/errors.ts';
import { IMPORT_MAX_BYTES, type ImportLine, type ImportSummary } from '../../shared/contract/policies.ts';
import type { TenantId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { checkEntry, type CheckedLine, type ImportEntry, isSiteId, LineChecker } from './import-lines.ts';
import { findSeparator, linesOf, type ListRecord, readRecords, type Separator } from './import-records.ts';
import { readText } from './import-text.ts';

/** Lists are kept until the console ends or so many newer ones came. */
const IMPORTS_KEPT = 8;
const WRONG_SHOWN = 200;
const COLUMNS_SHOWN = 200;
/** Records that the column is told by. */
const SAMPLE = 200;

interface Import {
  readonly tenantId: TenantId;
  readonly kind: UnitKind;
  chunks: Uint8Array[];
  bytes: number;
  read?: { readonly summary: ImportSummary; readonly lines: readonly CheckedLine[] };
}

/** How a list is to be read, where a person says otherwise than what is found. */
export interface ImportReading {
  readonly column?: number | undefined;
  readonly hasHeader?: boolean | undefined;
}

/** Names of columns that hold what is looked for, in the order of trust; compared without case, spaces, dashes and underscores. */
const columnNames: Readonly<Record<UnitKind, readonly string[]>> = {
  site: ['siteurl', 'weburl', 'sitewebaddress', 'url', 'siteid', 'site', 'address'],
  drive: [
    'userprincipalname',
    'upn',
    'email',
    'emailaddress',
    'mail',
    'primarysmtpaddress',
    'owner',
    'user',
    'objectid',
  ],
  mailbox: [
    'primarysmtpaddress',
    'email',
    'emailaddress',
    'mail',
    'userprincipalname',
    'upn',
    'mailbox',
    'user',
    'objectid',
  ],
};

/** Lists of what is to be added: taken in piece by piece, read and checked whole. They live in memory. */
export class Imports {
  readonly #imports = new Map<string, Import>();

  open(tenantId: TenantId, kind: UnitKind): string {
    const importId = randomUUID();
    this.#imports.set(importId, { tenantId, kind, chunks: [], bytes: 0 });
    const [oldest] = this.#imports.keys();
    if (this.#imports.size > IMPORTS_KEPT && oldest !== undefined) this.#imports.delete(oldest);
    return importId;
  }

  /**
   * @param base64 the next bytes
   * @returns how many bytes there are now
   * @throws AppFailure IMPORT_NOT_FOUND, IMPORT_TOO_LARGE
   */
  add(importId: string, base64: string): number {
    const list = this.#get(importId);
    const chunk = Buffer.from(base64, 'base64');
    if (list.bytes + chunk.length > IMPORT_MAX_BYTES)
      throw new AppFailure({ code: 'IMPORT_TOO_LARGE', limitBytes: IMPORT_MAX_BYTES });
    list.chunks.push(chunk);
    list.bytes += chunk.length;
    delete list.read;
    return list.bytes;
  }

  /** Reads and checks all lines. @throws AppFailure IMPORT_NOT_FOUND */
  async read(importId: string, { column: asked, hasHeader: said }: ImportReading = {}): Promise<ImportSummary> {
    const list = this.#get(importId);
    const bytes = Buffer.concat(list.chunks);
    list.chunks = [bytes];
    const { text, encoding, hasByteOrderMark } = readText(bytes);
    const lines = linesOf(text);
    const separator = separatorOf(lines, list.kind);
    const [sample = []] = readRecords(lines.slice(0, SAMPLE), separator, 0);
    const filled = sample.filter(isFilled);
    const first = filled[0]?.fields ?? [];
    const hasHeader = said ?? isHeader(first, list.kind);
    const column = asked ?? findColumn(hasHeader ? first : [], hasHeader ? filled.slice(1) : filled, list.kind);

    const checker = new LineChecker(list.kind, column);
    const checked: CheckedLine[] = [];
    let isHeaderNext = hasHeader;
    for (const records of readRecords(lines, separator, column)) {
      for (const record of records) {
        if (isHeaderNext && isFilled(record)) {
          isHeaderNext = false;
          continue;
        }
        const line = checker.check(record);
        if (line !== undefined) checked.push(line);
      }
      // Fifty thousand lines are not read in one breath.
      await setImmediate();
    }
    const wrong = checked.flatMap(({ shown }) => (shown.fault === undefined ? [] : [shown]));
    const summary: ImportSummary = {
      id: importId,
      tenantId: list.tenantId,
      kind: list.kind,
      encoding,
      hasByteOrderMark,
      separator,
      columns: namesOf(first, filled, hasHeader),
      hasHeader,
      column,
      lines: checked.length,
      right: checked.length - wrong.length,
      wrong: wrong.length,
      firstWrong: wrong.slice(0, WRONG_SHOWN),
    };
    list.read = { summary, lines: checked };
    return summary;
  }

  /** A window of the checked lines. @throws AppFailure IMPORT_NOT_FOUND, also where it was not read yet */
  listLines(
    importId: string,
    only: 'right' | 'wrong' | undefined,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): { total: number; offset: number; rows: ImportLine[] } {
    const { lines } = this.#read(importId);
    const meant = lines
      .map(({ shown }) => shown)
      .filter(({ fault }) => only === undefined || (fault === undefined) === (only === 'right'));
    return { total: meant.length, offset, rows: meant.slice(offset, offset + limit) };
  }

  /** The right lines of a list of this tenant and kind. @throws AppFailure IMPORT_NOT_FOUND */
  entriesOf(
    importId: string,
    tenantId: TenantId,
    kind: UnitKind,
  ): { readonly entries: readonly ImportEntry[]; readonly wrong: number } {
    const list = this.#get(importId);
    const { lines, summary } = this.#read(importId);
    if (list.tenantId !== tenantId || list.kind !== kind) throw new AppFailure({ code: 'IMPORT_NOT_FOUND', importId });
    return { entries: lines.flatMap(({ entry }) => (entry === undefined ? [] : [entry])), wrong: summary.wrong };
  }

  close(importId: string): void {
    this.#imports.delete(importId);
  }

  forget(tenantId: TenantId): void {
    for (const [id, list] of this.#imports) if (list.tenantId === tenantId) this.#imports.delete(id);
  }

  #get(importId: string): Import {
    const list = this.#imports.get(importId);
    if (list === undefined) throw new AppFailure({ code: 'IMPORT_NOT_FOUND', importId });
    return list;
  }

  #read(importId: string): NonNullable<Import['read']> {
    const { read } = this.#get(importId);
    if (read === undefined) throw new AppFailure({ code: 'IMPORT_NOT_FOUND', importId });
    return read;
  }
}

function isFilled({ fields }: ListRecord): boolean {
  return fields === undefined || fields.some(field => field.trim() !== '');
}

function separatorOf(lines: readonly string[], kind: UnitKind): Separator {
  const filled = lines.slice(0, SAMPLE).filter(line => line.trim() !== '');
  // A site id holds two commas of its own.
  const areIds =
    kind === 'site' && filled.some(isSiteId) && filled.slice(1).every(line => isSiteId(line.replaceAll('"', '')));
  return areIds ? 'none' : findSeparator(filled);
}

const isRight = (kind: UnitKind, field: string | undefined): boolean =>
  'isKey' in checkEntry(kind, (field ?? '').trim());

/** The first line names its columns where none of its fields is an entry, and one is a name that such columns have. */
function isHeader(fields: readonly string[], kind: UnitKind): boolean {
  return (
    !fields.some(field => isRight(kind, field)) && fields.some(field => columnNames[kind].includes(toPlain(field)))
  );
}

function findColumn(header: readonly string[], records: readonly ListRecord[], kind: UnitKind): number {
  const width = Math.max(1, header.length, ...records.map(({ fields }) => fields?.length ?? 0));
  const rights = Array.from(
    { length: Math.min(width, COLUMNS_SHOWN) },
    (_, column) => records.filter(({ fields }) => isRight(kind, fields?.[column])).length,
  );
  const most = Math.max(...rights);
  const named = columnNames[kind].map(name => header.findIndex(field => toPlain(field) === name)).find(at => at >= 0);
  // A name is trusted unless what stands under it says otherwise.
  return named !== undefined && (rights[named] ?? 0) * 2 >= most ? named : Math.max(0, rights.indexOf(most));
}

function namesOf(first: readonly string[], filled: readonly ListRecord[], hasHeader: boolean): string[] {
  const width = Math.max(1, ...filled.map(({ fields }) => fields?.length ?? 0));
  return Array.from({ length: Math.min(width, COLUMNS_SHOWN) }, (_, column) =>
    hasHeader ? (first[column] ?? '').trim().slice(0, 200).toWellFormed() : '',
  );
}

function toPlain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
