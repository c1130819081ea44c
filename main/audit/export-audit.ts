import { stringify } from 'csv-stringify/sync';
import { auditResultWords, auditWordsOf, toAuditResult } from '../../shared/domain/audit-words.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { toIso, type UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditQuestion, Catalog, ChainedAuditRow } from '../catalog/index.ts';

export type AuditFormat = 'csv' | 'jsonl';

/** A piece of the file: its name, and text to add to it. */
export interface ExportPiece {
  readonly fileName: string;
  readonly text: string;
}

interface Export {
  readonly audit: Pick<Catalog['audit'], 'listAcrossTenants'>;
  readonly question: AuditQuestion;
  /** Display names of the tenants that are there. */
  readonly names: ReadonlyMap<TenantId, string>;
  readonly format: AuditFormat;
  /** Whose rows they are, for the file's name. */
  readonly of: string;
  readonly madeAt: UtcSeconds;
}

/** Pieces that cross the bridge stay well below what one message may be. */
const PIECE_CHARACTERS = 16_000;
const ROWS_A_PAGE = 200;

/** The rows that are meant, in the order written, as pieces of one file. Memory holds a page of them. */
export async function* exportAudit(of: Export): AsyncGenerator<ExportPiece> {
  const fileName = toFileName(of);
  let waiting = of.format === 'csv' ? CSV_HEAD : '';
  for (let afterSeq = 0; ;) {
    const rows = await of.audit.listAcrossTenants({ question: of.question, afterSeq, limit: ROWS_A_PAGE });
    for (const row of rows) {
      waiting += of.format === 'csv' ? toCsvLine(row, of.names) : toJsonLine(row, of.names);
      while (waiting.length > PIECE_CHARACTERS) {
        const piece = cut(waiting);
        yield { fileName, text: piece };
        waiting = waiting.slice(piece.length);
      }
    }
    afterSeq = rows.at(-1)?.seq ?? afterSeq;
    if (rows.length < ROWS_A_PAGE) break;
  }
  yield { fileName, text: waiting };
}

/** A piece from the front, never ending in half of a character: each piece becomes UTF-8 by itself. */
function cut(text: string): string {
  const piece = text.slice(0, PIECE_CHARACTERS);
  return piece.isWellFormed() ? piece : piece.slice(0, -1);
}

// A spreadsheet runs a cell that begins like a formula: names and messages come from outside. `escape_formulas` puts an apostrophe before it.
const csvOptions = { escape_formulas: true, record_delimiter: 'windows' } as const;
/** Tells a spreadsheet that the text is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

const columns = [
  'number',
  'time (UTC)',
  'tenant',
  'tenant id',
  'who',
  'what',
  'code',
  'target',
  'result',
  'before',
  'after',
  'request id',
  'previous hash',
  'hash',
] as const;

const CSV_HEAD = BYTE_ORDER_MARK + stringify([[...columns]], csvOptions);

function toCsvLine(row: ChainedAuditRow, names: Export['names']): string {
  const cells = [
    row.seq,
    toIso(row.at),
    names.get(row.tenantId) ?? '',
    row.tenantId,
    row.who,
    auditWordsOf(row.what),
    row.what,
    row.target,
    auditResultWords(toAuditResult(row.after)),
    row.before === undefined ? '' : JSON.stringify(row.before),
    row.after === undefined ? '' : JSON.stringify(row.after),
    row.requestId ?? '',
    row.previous,
    row.hash,
  ];
  return stringify([cells], csvOptions);
}

function toJsonLine(row: ChainedAuditRow, names: Export['names']): string {
  const { seq, at, tenantId, who, what, target, before, after, requestId, previous, hash } = row;
  const line = {
    seq,
    at: toIso(at),
    tenantId,
    tenant: names.get(tenantId),
    who,
    what,
    target,
    before,
    after,
    requestId,
    previous,
    hash,
  };
  return `${JSON.stringify(line)}\n`;
}

function toFileName({ of, madeAt, format }: Export): string {
  const when = toIso(madeAt).slice(0, 16).replaceAll(':', '');
  // A domain is letters, digits, dots and hyphens; anything else never reaches a file's name.
  return `audit-${of.replaceAll(/[^a-z0-9.-]/gi, '-')}-${when}.${format}`;
}
