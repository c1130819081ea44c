import { toIso, type UtcSeconds } from '../../shared/domain/time.ts';
import { csvHead, csvLine } from './csv-lines.ts';
import { lossOf, type ReportData, type ReportRow } from './report-data.ts';
import { certaintyText, kindText, reasonText, resultText } from './words.ts';

const columns = [
  'tenant',
  'tenant id',
  'unit',
  'kind',
  'address',
  'unit id',
  'result',
  'reason',
  'restored to',
  'items restored',
  'destination',
  'incident time (UTC)',
  'point time (UTC)',
  'restore point id',
  'loss window (seconds)',
  'certainty',
  'started (UTC)',
  'ended (UTC)',
  'session id',
  'request id',
  'started by',
] as const;

const destinationTexts = { inPlace: 'in place', new: 'to a new location' } as const;

const isoOrEmpty = (at: UtcSeconds | undefined): string => (at === undefined ? '' : toIso(at));

/** The report as CSV (RFC 4180, UTF-8 with a byte order mark), a line a unit, safe to open in a spreadsheet. */
export async function* toCsv(data: ReportData): AsyncGenerator<string> {
  yield csvHead(columns);
  for await (const row of data.rows()) yield csvLine(toCells(data, row));
}

function toCells(data: ReportData, row: ReportRow): (string | number)[] {
  const { tenant, plan } = data;
  const { unit, artifact, sessionId } = row;
  const loss = lossOf(row, plan);
  return [
    tenant.displayName,
    tenant.id,
    unit.name,
    kindText[unit.kind],
    unit.address ?? '',
    unit.unitId,
    resultText(row, data),
    reasonText(row, data),
    artifact?.restoredTo ?? '',
    artifact?.restoredItemCount ?? '',
    plan.destination === undefined ? '' : destinationTexts[plan.destination],
    isoOrEmpty(plan.incidentAt),
    isoOrEmpty(artifact?.pointAt ?? unit.chosen?.at),
    artifact?.restorePointId ?? unit.chosen?.id ?? '',
    loss?.seconds ?? '',
    certaintyText(row, plan.preference, undefined),
    isoOrEmpty(artifact?.startedAt),
    isoOrEmpty(artifact?.endedAt),
    sessionId ?? '',
    artifact?.requestId ?? '',
    plan.createdBy,
  ];
}
