import { toIso } from '../../shared/domain/time.ts';
import { toCsv } from './csv-report.ts';
import { toHtml } from './html-report.ts';
import { readReportData, type ReportSource } from './report-data.ts';

/** A piece of a report: the file's name, and text to add to it. */
export interface ReportPiece {
  readonly fileName: string;
  readonly text: string;
}

/** Pieces that cross the bridge stay well below what one message may be. */
const PIECE_CHARACTERS = 16_000;

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
      const fileName = toFileName(data.tenant.domain, data.plan.startedAt ?? data.madeAt, format);
      let waiting = '';
      for await (const text of format === 'html' ? toHtml(data) : toCsv(data)) {
        waiting += text;
        while (waiting.length > PIECE_CHARACTERS) {
          yield { fileName, text: waiting.slice(0, PIECE_CHARACTERS) };
          waiting = waiting.slice(PIECE_CHARACTERS);
        }
      }
      yield { fileName, text: waiting };
    },
  };
}
export { durationText } from './words.ts';
export type Reports = ReturnType<typeof createReports>;

function toFileName(domain: string, at: number, format: string): string {
  const when = toIso(at).slice(0, 16).replaceAll(':', '');
  // A domain is letters, digits, dots and hyphens; anything else never reaches a file's name.
  return `restore-report-${domain.replaceAll(/[^a-z0-9.-]/gi, '-')}-${when}.${format}`;
}
