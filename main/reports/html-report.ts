import { html } from 'hono/html';
import type { ReportData, ReportRow } from './report-data.ts';
import { certaintyText, durationText, kindText, reasonText, resultText, timeText } from './words.ts';

const STYLE = `
:root { color-scheme: light; font: 13px/1.5 "Segoe UI", system-ui, sans-serif; color: #242424; }
body { margin: 24px auto; max-width: 1100px; padding: 0 16px; }
h1 { font-size: 20px; } h2 { font-size: 14px; margin-top: 24px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; } dt { color: #616161; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #e0e0e0; overflow-wrap: anywhere; }
th { font-size: 12px; white-space: nowrap; } .id { font: 11px Consolas, monospace; } .result { white-space: nowrap; } .failed { font-weight: 600; }
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
            <dd>${plan.endedAt === undefined ? 'not yet' : timeText(plan.endedAt, zone)}</dd>
            <dt>Units</dt>
            <dd>${counts}</dd>
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
  for await (const row of data.rows()) if (isTrouble(row)) yield String(await unitRow(row, zone));
  for await (const row of data.rows()) if (!isTrouble(row)) yield String(await unitRow(row, zone));
  yield String(
    await html`</tbody></table>
<h2>Restore sessions</h2>
<table><thead><tr><th>Session</th><th>Kind</th><th>Status</th><th>Created</th><th>Ended</th><th>Succeeded</th><th>Failed</th></tr></thead><tbody>
${data.sessions.map(
  session =>
    html`<tr>
      <td class="id">${session.id}</td>
      <td>${session.kind === undefined ? '' : kindText[session.kind]}</td>
      <td>${session.status}</td>
      <td>${timeText(session.createdAt, zone)}</td>
      <td>${timeText(session.endedAt, zone)}</td>
      <td>${session.counts.succeeded}</td>
      <td>${session.counts.failed}</td>
    </tr> `,
)}</tbody></table>
<h2>What was sent</h2>
<table><thead><tr><th>Time</th><th>By</th><th>What</th><th>Request id</th></tr></thead><tbody>
`,
  );
  for (const entry of data.audit)
    yield String(
      await html`<tr>
        <td>${timeText(entry.at, zone)}</td>
        <td>${entry.who}</td>
        <td>${entry.what}</td>
        <td class="id">${entry.requestId ?? ''}</td>
      </tr> `,
    );
  yield '</tbody></table>\n</body></html>\n';
}

/** Whether the unit was not restored, for whatever reason. */
function isTrouble(row: ReportRow): boolean {
  return ['Failed', 'Not started', 'Left out: no point'].includes(resultText(row));
}

function unitRow(row: ReportRow, zone: string | undefined) {
  const { unit, artifact } = row;
  const result = resultText(row);
  const loss = unit.loss === undefined ? '' : `${unit.loss.upTo ? 'up to ' : ''}${durationText(unit.loss.seconds)}`;
  return html`<tr>
    <td>${unit.name}<br /><span class="id">${unit.address ?? unit.unitId}</span></td>
    <td>${kindText[unit.kind]}</td>
    <td class="${isTrouble(row) ? 'result failed' : 'result'}">${result}</td>
    <td>${timeText(unit.chosen?.at, zone)}</td>
    <td>${loss}</td>
    <td>${certaintyText(row, zone)}</td>
    <td>${artifact?.restoredTo ?? ''}</td>
    <td>${reasonText(row)}</td>
    <td class="id">${artifact?.requestId ?? ''}</td>
  </tr> `;
}

async function countResults(data: ReportData): Promise<string> {
  const counts = new Map<string, number>();
  let total = 0;
  for await (const row of data.rows()) {
    total += 1;
    counts.set(resultText(row), (counts.get(resultText(row)) ?? 0) + 1);
  }
  return [`${total} in all`, ...[...counts].map(([result, count]) => `${count} ${result.toLowerCase()}`)].join(', ');
}

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
