import type { AuditQuestion, AuditRow, ChainedAuditRow } from '../api/audit.ts';
import { fold } from '../folded-text.ts';
import type { AuditRepository } from '../repositories/audit.ts';
import { toJson } from '../repositories/columns.ts';
import type { Sliced } from './slices.ts';

/** Rows whose texts are compared in one slice. */
const ROWS_A_SLICE = 200;

/** Whether a row meets the question's text. */
function toTextTest({ text }: AuditQuestion): (row: AuditRow) => boolean {
  if (text === undefined) return () => true;
  const typed = toPlain(text.typed);
  const codes = new Set(text.codes);
  const tenantIds = new Set(text.tenantIds);
  const targets = new Set(text.targets);
  return ({ what, tenantId, who, target, before, after, requestId }) =>
    codes.has(what) ||
    tenantIds.has(tenantId) ||
    targets.has(target) ||
    toPlain([who, what, target, tenantId, requestId ?? '', toText(before), toText(after)].join('\n')).includes(typed);
}

const ASCII = /^[\p{ASCII}]*$/u;
/** Folding costs most of the search, and most rows have nothing to fold. */
const toPlain = (text: string): string => (ASCII.test(text) ? text.toLowerCase() : fold(text));

const toText = (facts: AuditRow['before']): string => (facts === undefined ? '' : toJson(facts));

/** A window of the rows that a question means, newest first, and how many there are. */
export function* findAudit(
  audit: AuditRepository,
  question: AuditQuestion,
  window: { readonly offset: number; readonly limit: number },
): Sliced<{ total: number; offset: number; rows: AuditRow[] }> {
  const { offset, limit } = window;
  if (question.text === undefined)
    return {
      total: audit.count(question),
      offset,
      rows: audit.listBefore(question, Number.MAX_SAFE_INTEGER, limit, offset),
    };
  const meets = toTextTest(question);
  const rows: AuditRow[] = [];
  let total = 0;
  for (let before = Number.MAX_SAFE_INTEGER; ;) {
    const slice = audit.listBefore(question, before, ROWS_A_SLICE, 0);
    for (const row of slice) {
      if (!meets(row)) continue;
      if (total >= offset && rows.length < limit) rows.push(row);
      total += 1;
    }
    if (slice.length < ROWS_A_SLICE) return { total, offset, rows };
    before = slice.at(-1)?.seq ?? 0;
    yield;
  }
}

/** Rows that a question means, after a number, in order, at most `limit`. */
export function* listAudit(
  audit: AuditRepository,
  question: AuditQuestion,
  afterSeq: number,
  limit: number,
): Sliced<ChainedAuditRow[]> {
  const meets = toTextTest(question);
  const rows: ChainedAuditRow[] = [];
  for (let after = afterSeq; ;) {
    const slice = audit.listAfter(question, after, ROWS_A_SLICE);
    for (const row of slice) if (rows.length < limit && meets(row)) rows.push(row);
    if (slice.length < ROWS_A_SLICE || rows.length >= limit) return rows;
    after = slice.at(-1)?.seq ?? after;
    yield;
  }
}
