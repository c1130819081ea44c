import { toCsv } from './csv-report.ts';
import { toHtml } from './html-report.ts';
import { inPieces, type ReportPiece, toFileName } from './pieces.ts';
import { readReportData, type ReportSource } from './report-data.ts';

/**
 * Makes reports from the catalog. What it does not know of the plan's sessions is read from the service first where that can be
 * done; so they can be made offline, and say what they don't know.
 */
export function createReports(source: ReportSource) {
  return {
    /** @throws AppFailure PLAN_NOT_FOUND and those of the catalog; the signal's reason */
    async *report(
      { planId, format }: { readonly planId: string; readonly format: 'html' | 'csv' },
      signal?: AbortSignal,
    ): AsyncGenerator<ReportPiece> {
      const data = await readReportData(source, planId, signal);
      const fileName = toFileName('restore-report', data.tenant.domain, data.plan.startedAt ?? data.madeAt, format);
      yield* inPieces(fileName, format === 'html' ? toHtml(data) : toCsv(data));
    },
  };
}
export { durationText } from './words.ts';
export type Reports = ReturnType<typeof createReports>;

export { csvHead, csvLine } from './csv-lines.ts';
export { PAGE_END, pageHead } from './html-page.ts';
export { inPieces, type ReportPiece, toFileName } from './pieces.ts';
export { kindText, timeText, whyUnreadText } from './words.ts';
