import { html } from 'hono/html';
import type { GapPart, GapSort, GapsSummary } from '../../shared/contract/gaps.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { gapInWords, type GapSay, leftOutWords } from '../../shared/domain/gap-words.ts';
import { DIRECTORY_RULE, leftOutClasses, SITES_NOTE } from '../../shared/domain/gaps.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { durationText, kindText, PAGE_END, pageHead, timeText, whyUnreadText } from '../reports/index.ts';
import { type Gap, policyOfGap } from './known-gaps.ts';

interface GapsReport {
  readonly tenant: Tenant;
  readonly summary: GapsSummary;
  readonly madeAt: UtcSeconds;
  /** All but those left out, worst first. */
  readonly gaps: readonly Gap[];
}

/** Each section says what it lists, for a reader who does not know the service. */
const sections: readonly {
  readonly sort: Exclude<GapSort, 'leftOut'>;
  readonly title: string;
  readonly means: string;
}[] = [
  {
    sort: 'inError',
    title: 'Protection in error',
    means: 'The service could not protect these, or reports an error of them. They may have no new restore points.',
  },
  {
    sort: 'withoutPoint',
    title: 'Protected, but without a restore point',
    means: 'These were added over an hour ago, and nothing can be restored of them yet.',
  },
  {
    sort: 'late',
    title: 'Restore points are late',
    means:
      'The service makes a restore point every ten minutes. When it was asked, the newest point of these was over an hour old.',
  },
  {
    sort: 'unprotected',
    title: 'Not protected by any policy',
    means: 'Nothing can be restored of these from the time on that no policy protects them.',
  },
  {
    sort: 'rule',
    title: 'Rules that failed',
    means: 'These rules should take people or sites into a policy, and ended with errors.',
  },
  { sort: 'job', title: 'Lists that were not added whole', means: 'Some entries of these lists could not be added.' },
];

/** The gaps of one tenant as one HTML page, to be handed to a customer: no script, nothing from outside, everything escaped, fit for print. */
export async function* gapsToHtml(report: GapsReport): AsyncGenerator<string> {
  const { tenant, summary, madeAt, gaps } = report;
  const zone = tenant.timeZone;
  yield String(
    await html`${pageHead(`Gaps in protection, ${tenant.displayName}`)}
      <h1>Gaps in protection: ${tenant.displayName}</h1>
      <dl>
        <dt>Tenant</dt>
        <dd>${tenant.displayName} (${tenant.domain}, <span class="id">${tenant.id}</span>)</dd>
        <dt>In short</dt>
        <dd class="sum">${shortText(summary)}</dd>
        <dt>Report made</dt>
        <dd>${timeText(madeAt, zone)}</dd>
      </dl>
      <h2>What this was told from</h2>
      <table>
        <thead>
          <tr>
            <th>Part</th>
            <th>Read at</th>
            <th>How much</th>
            <th>Not read, and why</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>Protected units and their restore points</td>
            <td>${timeText(summary.unitsReadAt, zone) || 'never'}</td>
            <td>${unitsText(tenant.units, summary.notAsked)}</td>
            <td>
              ${summary.unitsReadAt === undefined ? 'The units were not read: gaps in them are not in this report.' : ''}
            </td>
          </tr>
          ${(['users', 'sites', 'additions'] as const).map(part => partRow(part, summary, zone))}
        </tbody>
      </table> `,
  );
  for (const section of sections) {
    const some = gaps.filter(({ sort }) => sort === section.sort);
    if (some.length === 0) continue;
    yield String(
      await html`<h2>${section.title} (${countText(some.length)})</h2>
        <p>${section.means}</p>
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>Kind</th>
              <th>What is wrong</th>
              <th>Policy</th>
            </tr>
          </thead>
          <tbody>
         `,
    );
    for (const gap of some) yield String(await gapRow(gap, zone));
    yield '</tbody></table>\n';
  }
  if (gaps.length === 0)
    yield String(
      await html`<h2>No gaps</h2>
        <p>In what was read, no gap was found.</p>`,
    );
  yield String(await leftOutPart(summary));
  yield PAGE_END;
}

const countText = (count: number): string => new Intl.NumberFormat('en-GB').format(count);
const plural = (count: number, one: string, many: string): string => `${countText(count)} ${count === 1 ? one : many}`;

function shortText({ counts, unprotected, parts }: GapsSummary): string {
  const said = [
    ...(counts.inError > 0 ? [`${plural(counts.inError, 'unit', 'units')} in error`] : []),
    ...(counts.withoutPoint > 0 ? [`${plural(counts.withoutPoint, 'unit', 'units')} without a restore point`] : []),
    ...(counts.late > 0 ? [`${plural(counts.late, 'unit', 'units')} with late restore points`] : []),
    ...(unprotected.users > 0 ? [`${plural(unprotected.users, 'user', 'users')} not wholly protected`] : []),
    ...(unprotected.sites > 0 ? [`${plural(unprotected.sites, 'site', 'sites')} not protected`] : []),
    ...(counts.rule > 0 ? [`${plural(counts.rule, 'rule', 'rules')} failed`] : []),
    ...(counts.job > 0 ? [`${plural(counts.job, 'list', 'lists')} not added whole`] : []),
  ];
  if (parts.users.readAt === undefined || parts.sites.readAt === undefined)
    said.push('what no policy protects is not wholly known: see below');
  return said.length === 0 ? 'No gap was found' : said.join(', ');
}

function unitsText(units: number, notAsked: number): string {
  const asked = plural(units, 'unit', 'units');
  return notAsked === 0
    ? asked
    : `${asked}; ${countText(notAsked)} never asked for the newest point: not known whether late`;
}

const partWords: { readonly [P in GapPart]: { readonly title: string; readonly one: string; readonly many: string } } =
  {
    users: { title: 'Users of the directory', one: 'user', many: 'users' },
    sites: { title: 'Sites', one: 'site', many: 'sites' },
    additions: { title: 'Rules and bulk jobs of the last 30 days', one: 'policy', many: 'policies' },
  };

function partRow(part: GapPart, { parts }: GapsSummary, zone: string | undefined) {
  const { readAt, count, error } = parts[part];
  const words = partWords[part];
  const why =
    error === undefined
      ? readAt === undefined
        ? 'Not read: gaps of this part are not in this report.'
        : ''
      : `Not read ${readAt === undefined ? '' : 'anew '}for this report: ${whyPartText(error)}.${
          readAt === undefined ? ' Gaps of this part are not in this report.' : ''
        }`;
  return html`<tr class="${why === '' ? '' : 'trouble'}">
    <td>${words.title}</td>
    <td>${readAt === undefined ? 'never' : timeText(readAt, zone)}</td>
    <td>${readAt === undefined ? '' : plural(count, words.one, words.many)}</td>
    <td>${why}</td>
  </tr> `;
}

function whyPartText(error: NonNullable<GapsSummary['parts'][GapPart]['error']>): string {
  return error.code === 'CONSENT_MISSING'
    ? `consent to read it (${error.scopes.join(', ')}) was not given`
    : whyUnreadText(error);
}

function gapRow(gap: Gap, zone: string | undefined) {
  const say: GapSay = { moment: at => timeText(at, zone), duration: durationText, count: countText };
  const policy = policyOfGap(gap);
  return html`<tr>
    <td class="any">
      ${gap.name}${gap.address === undefined ? '' : html`<br /><span class="id">${gap.address}</span>`}
    </td>
    <td class="short">${gap.kinds.map(kind => kindText[kind]).join(', ')}</td>
    <td class="any">${gapInWords(gap, say)}</td>
    <td class="any">${policy?.name ?? policy?.id ?? ''}</td>
  </tr> `;
}

function leftOutPart({ leftOut }: GapsSummary) {
  const some = leftOutClasses.filter(name => leftOut[name] > 0);
  return html`<h2>What counts, and what is left out</h2>
    <p>${DIRECTORY_RULE}</p>
    <p>${SITES_NOTE}</p>
    ${
      some.length === 0
        ? ''
        : html`<table>
            <thead>
              <tr>
                <th>Left out because</th>
                <th>How many</th>
              </tr>
            </thead>
            <tbody>
              ${some.map(
                name =>
                  html`<tr>
                    <td>${leftOutWords[name]}</td>
                    <td>${countText(leftOut[name])}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    } `;
}
