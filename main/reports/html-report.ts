import { html } from 'hono/html';
import { auditWordsOf } from '../../shared/domain/audit-words.ts';
import { PAGE_END, pageHead } from './html-page.ts';
import type { PlanSession } from './read-sessions.ts';
import { endOfRestore, lossOf, type ReportData, type ReportRow } from './report-data.ts';
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
  whyUnreadText,
} from './words.ts';

/**
 * The report as one HTML page: no script, no address from outside, everything that came from the service or from people
 * escaped by the template, fit for print.
 */
export async function* toHtml(data: ReportData): AsyncGenerator<string> {
  const { plan, tenant, madeAt } = data;
  const zone = tenant.timeZone;
  const counts = await countResults(data);
  yield String(
    await html`${pageHead(`Restore report, ${tenant.displayName}, ${plan.name}`)}
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
        <dd>${endText(data)}</dd>
        <dt>Units</dt>
        <dd class="sum">${countsText(counts)}</dd>
        <dt>Report made</dt>
        <dd>${timeText(madeAt, zone)}</dd>
        <dt>Read from the service</dt>
        <dd>${readText(data)}</dd>
      </dl>
      <h2>Units</h2>
      <table>
        <thead>
          <tr>
            <th>Unit</th>
            <th>Kind</th>
            <th>Result</th>
            <th>Restore point</th>
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
      for await (const row of data.rows()) if (resultText(row, data) === result) yield String(await unitRow(row, data));
  yield String(
    await html`</tbody></table>
<h2>Restore sessions</h2>
<table><thead><tr><th>Session</th><th>Kind</th><th>Status</th><th>Created</th><th>Ended</th><th>Succeeded</th><th>Failed</th><th>Read</th></tr></thead><tbody>
${data.sessions.map(session => sessionRow(session, zone))}</tbody></table>
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
  yield `</tbody></table>\n${PAGE_END}`;
}

/** A session that the catalog does not know is in the list too: what became of its units is not known here. */
function sessionRow({ id, kind, session, unread }: PlanSession, zone: string | undefined) {
  const counts = session?.counts;
  return html`<tr class="${unread === undefined ? '' : 'trouble'}">
    <td class="id">${id}</td>
    <td>${kindText[kind]}</td>
    <td>${session === undefined ? 'not known here' : statusText(session.status)}</td>
    <td>${timeText(session?.createdAt, zone)}</td>
    <td>${timeText(session?.endedAt, zone)}</td>
    <td>${counts?.succeeded ?? ''}</td>
    <td>${counts?.failed ?? ''}</td>
    <td>${unread === undefined ? timeText(session?.askedAt, zone) : `not read: ${whyUnreadText(unread.why)}`}</td>
  </tr> `;
}

function endText(data: ReportData): string {
  const end = endOfRestore(data);
  if (end === undefined) return data.plan.status === 'done' ? 'not known' : 'not yet, when last read';
  return `${timeText(end.at, data.tenant.timeZone)}${end.toldBy === 'console' ? ', by Backstop’s own note: not every session of it is known here' : ''}`;
}

/** How far the page is the service's word: which of the sessions were read, and when the one that was read longest ago. */
function readText({ sessions, notAsked, tenant }: ReportData): string {
  if (sessions.length === 0) return 'no session was drafted yet';
  const times = sessions.flatMap(({ session, unread }) => (unread === undefined ? (session?.askedAt ?? []) : []));
  const oldest = times.length === 0 ? '' : `, the oldest answer of ${timeText(Math.min(...times), tenant.timeZone)}`;
  return [
    `${String(times.length)} of ${String(sessions.length)} ${sessions.length === 1 ? 'session' : 'sessions'}${oldest}`,
    ...(notAsked === undefined ? [] : [`not asked anew for this report: ${whyUnreadText(notAsked)}`]),
    ...(times.length === sessions.length
      ? []
      : ['what became of units of the others is not known here; the list of sessions says why']),
  ].join('; ');
}

function unitRow(row: ReportRow, data: ReportData) {
  const { plan, tenant } = data;
  const zone = tenant.timeZone;
  const { unit, artifact } = row;
  const result = resultText(row, data);
  const lost = lossOf(row, plan);
  const loss = lost === undefined ? '' : `${lost.upTo ? 'up to ' : ''}${durationText(lost.seconds)}`;
  return html`<tr class="${isTrouble(result) ? 'trouble' : ''}">
    <td class="any">${unit.name}<br /><span class="id">${unit.address ?? unit.unitId}</span></td>
    <td class="short">${kindText[unit.kind]}</td>
    <td class="${isTrouble(result) ? 'result failed' : 'result'}">${result}</td>
    <td>${timeText(artifact?.pointAt ?? unit.chosen?.at, zone)}</td>
    <td class="short">${loss}</td>
    <td>${certaintyText(row, plan.preference, zone)}</td>
    <td class="any">${artifact?.restoredTo ?? ''}</td>
    <td class="any">${reasonText(row, data)}</td>
    <td class="id any">${artifact?.requestId ?? ''}</td>
  </tr> `;
}

async function countResults(data: ReportData): Promise<ReadonlyMap<Result, number>> {
  const counts = new Map<Result, number>();
  for await (const row of data.rows()) {
    const result = resultText(row, data);
    counts.set(result, (counts.get(result) ?? 0) + 1);
  }
  return counts;
}

/** `3 in all: 1 failed, 1 left out without a point, 1 restored` */
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
  'Not known here': 'not known here',
  'In progress': 'in progress',
  Waiting: 'waiting',
  Restored: 'restored',
};

function destinationText(destination: ReportData['plan']['destination']): string {
  switch (destination) {
    case 'inPlace':
      return 'in place: overwrites newer content';
    case 'new':
      return 'to a new location: overwrites nothing';
    case undefined:
      return 'not chosen';
  }
}
