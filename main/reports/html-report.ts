import { html } from 'hono/html';
import { auditWordsOf } from '../../shared/domain/audit-words.ts';
import type { ReportData, ReportRow } from './report-data.ts';
import { endOfRestore } from './report-data.ts';
import {
  certaintyText,
  durationText,
  isTrouble,
  kindText,
  outcomeText,
  reasonText,
  type Result,
  results,
  resultText,
  statusText,
  timeText,
} from './words.ts';

// The template escapes it too, and a style sheet knows no character references: so it is written without quotes and `>`.
const STYLE = `
:root { color-scheme: light; font: 13px/1.5 Segoe UI, system-ui, sans-serif; color: #242424; }
body { margin: 24px auto; max-width: 1100px; padding: 0 16px; }
h1 { font-size: 20px; } h2 { font-size: 14px; margin-top: 24px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; } dt { color: #616161; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #e0e0e0; font-size: 12px; }
.any { overflow-wrap: anywhere; }
th { white-space: nowrap; } .id { font: 11px Consolas, monospace; } .result, .short { white-space: nowrap; } .failed { font-weight: 600; }
.sum { font-size: 14px; font-weight: 600; } .trouble td { background: #fdf3f4; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

/**
 * The report as one HTML page: no script, no address from outside, everything that came from the service or from people
 * escaped by the template, fit for print.
 */
export async function* toHtml(data: ReportData): AsyncGenerator<string> {
  const { plan, tenant, madeAt } = data;
  const zone = tenant.timeZone;
  const counts = await countResults(data);
  const end = endOfRestore(data);
  yield String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
          <title>Restore report, ${tenant.displayName}, ${plan.name}</title>
          <style>
            ${STYLE}
          </style>
        </head>
        <body>
          <h1>Restore report: ${plan.name}</h1>
          <dl>
            <dt>Tenant</dt>
            <dd>${tenant.displayName} (${tenant.domain}, <span class="id">${tenant.id}</span>)</dd>
            <dt>Incident time</dt>
            <dd>${timeText(plan.incidentAt, zone)}</dd>
            <dt>Rule</dt>
            <dd>
              ${plan.preference === 'fast' ? 'newest fast point before the incident, else the newest' : 'newest point before the incident'}
            </dd>
            <dt>Destination</dt>
            <dd>${destinationText(plan.destination)}</dd>
            <dt>Prepared by</dt>
            <dd>${plan.createdBy}</dd>
            <dt>Started</dt>
            <dd>${timeText(plan.startedAt, zone)}</dd>
            <dt>Ended</dt>
            <dd>
              ${end === undefined ? 'not yet' : timeText(end.at, zone)}${end?.toldBy === 'console' ? ', when Backstop heard of it' : ''}
            </dd>
            <dt>Units</dt>
            <dd class="sum">${countsText(counts)}</dd>
            <dt>Report made</dt>
            <dd>${timeText(madeAt, zone)}</dd>
          </dl>
          <h2>Units</h2>
          <table>
            <thead>
              <tr>
                <th>Unit</th>
                <th>Kind</th>
                <th>Result</th>
                <th>Restored from</th>
                <th>Loss window</th>
                <th>Certainty</th>
                <th>Restored to</th>
                <th>Reason</th>
                <th>Request id</th>
              </tr>
            </thead>
            <tbody>
       `,
  );
  // What went wrong comes first: it is what the reader has to act on.
  for (const result of results)
    if (counts.has(result))
      for await (const row of data.rows()) if (resultText(row) === result) yield String(await unitRow(row, data));
  yield String(
    await html`</tbody></table>
<h2>Restore sessions</h2>
<table><thead><tr><th>Session</th><th>Kind</th><th>Status</th><th>Created</th><th>Ended</th><th>Succeeded</th><th>Failed</th></tr></thead><tbody>
${data.sessions.map(
  session =>
    html`<tr>
      <td class="id">${session.id}</td>
      <td>${session.kind === undefined ? '' : kindText[session.kind]}</td>
      <td>${statusText(session.status)}</td>
      <td>${timeText(session.createdAt, zone)}</td>
      <td>${timeText(session.endedAt, zone)}</td>
      <td>${session.counts.succeeded}</td>
      <td>${session.counts.failed}</td>
    </tr> `,
)}</tbody></table>
<h2>What was sent</h2>
<table><thead><tr><th>Time</th><th>By</th><th>What</th><th>How it ended</th><th>Request id</th></tr></thead><tbody>
`,
  );
  for (const entry of data.audit)
    yield String(
      await html`<tr>
        <td>${timeText(entry.at, zone)}</td>
        <td>${entry.who}</td>
        <td>${auditWordsOf(entry.what)}</td>
        <td>${outcomeText(entry.after)}</td>
        <td class="id">${entry.requestId ?? ''}</td>
      </tr> `,
    );
  yield '</tbody></table>\n</body></html>\n';
}

function unitRow(row: ReportRow, { plan, tenant }: ReportData) {
  const zone = tenant.timeZone;
  const { unit, artifact } = row;
  const result = resultText(row);
  const loss = unit.loss === undefined ? '' : `${unit.loss.upTo ? 'up to ' : ''}${durationText(unit.loss.seconds)}`;
  return html`<tr class="${isTrouble(result) ? 'trouble' : ''}">
    <td class="any">${unit.name}<br /><span class="id">${unit.address ?? unit.unitId}</span></td>
    <td class="short">${kindText[unit.kind]}</td>
    <td class="${isTrouble(result) ? 'result failed' : 'result'}">${result}</td>
    <td>${timeText(unit.chosen?.at, zone)}</td>
    <td class="short">${loss}</td>
    <td>${certaintyText(row, plan.preference, zone)}</td>
    <td class="any">${artifact?.restoredTo ?? ''}</td>
    <td class="any">${reasonText(row)}</td>
    <td class="id any">${artifact?.requestId ?? ''}</td>
  </tr> `;
}

async function countResults(data: ReportData): Promise<ReadonlyMap<Result, number>> {
  const counts = new Map<Result, number>();
  for await (const row of data.rows()) counts.set(resultText(row), (counts.get(resultText(row)) ?? 0) + 1);
  return counts;
}

/** `3 in all: 1 failed, 1 left out: no point, 1 restored` */
function countsText(counts: ReadonlyMap<Result, number>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = results.flatMap(result => {
    const count = counts.get(result);
    return count === undefined ? [] : [`${String(count)} ${countWords[result]}`];
  });
  return `${String(total)} in all: ${parts.join(', ')}`;
}

const countWords: { readonly [R in Result]: string } = {
  Failed: 'failed',
  'Not started': 'not started',
  'Left out: no point': 'left out without a point',
  'In progress': 'in progress',
  Waiting: 'waiting',
  Restored: 'restored',
};

function destinationText(destination: ReportData['plan']['destination']): string {
  switch (destination) {
    case 'inPlace':
      return 'in place: newer content was overwritten';
    case 'new':
      return 'to a new location: nothing was overwritten';
    case undefined:
      return 'not chosen';
  }
}
