import { describe, expect, it } from 'vitest';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { AuditRow } from '../catalog/index.ts';
import { createReports } from './index.ts';
import { endOfRestore, type ReportSource } from './report-data.ts';
import { certaintyText, durationText, outcomeText, statusText } from './words.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const planId = '22222222-2222-4222-8222-222222222222';
const AT = 1_795_529_100; // 2026-11-24T14:05:00Z

const tenant: Tenant = {
  id: tenantId,
  displayName: 'Contoso <Nordics> & Söhne',
  domain: 'contoso.example',
  colour: 0,
  timeZone: 'Europe/Helsinki',
  addedAt: AT,
  controller: { by: 'ours' },
  protectedUnits: 3,
  units: 3,
  runningSessions: 0,
};
const plan: Plan = {
  id: planId,
  tenantId,
  name: 'Encryption <script>alert(1)</script>',
  status: 'done',
  createdAt: AT,
  savedAt: AT,
  createdBy: 'anna@msp.example',
  startedAt: AT + 60,
  endedAt: AT + 6_000,
  incidentAt: AT,
  preference: 'newest',
  destination: 'new',
  units: 3,
  unitsByKind: { site: 3, drive: 0, mailbox: 0 },
  certainty: { exact: 2, asShown: 0, atLeast: 0, notAsked: 0, none: 1 },
  chosenByHand: 0,
  refused: 0,
  restorable: 2,
};
const point = { id: 'p1', at: AT - 1_320, expiresAt: AT + 86_400, fast: false };
const units: PlanUnit[] = [
  {
    unitId: 'u1',
    kind: 'site',
    name: '=HYPERLINK("http://evil.example","Finance")',
    newest: { is: 'exact', point },
    chosen: point,
    chosenBy: 'rule',
    loss: { seconds: 1_320, upTo: false },
  },
  {
    unitId: 'u2',
    kind: 'site',
    name: 'HR, "the" site\nwith a line',
    newest: { is: 'exact', point },
    chosen: point,
    chosenBy: 'rule',
    loss: { seconds: 1_320, upTo: false },
  },
  { unitId: 'u3', kind: 'site', name: '<img src=x onerror=alert(1)>', newest: { is: 'none' }, chosenBy: 'rule' },
];
const session: RestoreSession = {
  id: 's1',
  tenantId,
  kind: 'site',
  status: 'completedWithError',
  counts: { total: 2, succeeded: 1, failed: 1, inProgress: 0, waiting: 0 },
  askedAt: AT + 6_000,
  endedAt: AT + 4_500,
};
const artifacts: RestoreArtifact[] = [
  {
    id: 'a1',
    unitId: 'u1',
    name: 'Finance',
    status: 'succeeded',
    restoredTo: 'https://contoso.example/sites/financeR0',
    requestId: 'r1',
  },
  {
    id: 'a2',
    unitId: 'u2',
    name: 'HR',
    status: 'failed',
    error: { code: 'ArtifactCannotBeRestored', message: '+under a hold' },
    requestId: 'r2',
  },
];
const audit: AuditRow[] = [
  { seq: 1, at: AT + 60, tenantId, who: 'anna@msp.example', what: 'plan.start', target: `plan ${planId}` },
  {
    seq: 2,
    at: AT + 61,
    tenantId,
    who: 'anna@msp.example',
    what: 'restoreSession.create',
    target: `plan ${planId}`,
    requestId: 'r0',
  },
  { seq: 3, at: AT + 61, tenantId, who: 'bo@msp.example', what: 'restoreSession.create', target: 'plan other' },
];

const source: ReportSource = {
  now: () => AT + 7_000,
  catalog: {
    plans: {
      get: async () => plan,
      sessionsOf: async () => [{ planId, tenantId, sessionId: 's1', kind: 'site' }],
      listUnits: async ({ window }) => ({
        total: 3,
        offset: 0,
        rows: units.slice(window.offset, window.offset + window.limit),
      }),
    },
    sessions: { find: async () => session, listArtifacts: async () => ({ total: 2, offset: 0, rows: artifacts }) },
    tenants: { get: async () => tenant },
    audit: { list: async () => audit },
  },
};

async function report(format: 'html' | 'csv'): Promise<{ text: string; fileName: string; longest: number }> {
  let text = '';
  let fileName = '';
  let longest = 0;
  for await (const piece of createReports(source).report({ planId, format })) {
    text += piece.text;
    fileName = piece.fileName;
    longest = Math.max(longest, piece.text.length);
  }
  return { text, fileName, longest };
}

describe('the HTML report', () => {
  it('holds no script and nothing unescaped, whatever names say', async () => {
    const { text } = await report('html');
    expect(text).not.toMatch(/<script/i);
    expect(text).not.toContain('<img');
    expect(text).not.toContain('<Nordics>');
    expect(text).toContain('Contoso &lt;Nordics&gt; &amp; Söhne');
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('has a style sheet that a browser reads: nothing in it is escaped', async () => {
    const { text } = await report('html');
    const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '';
    expect(style).toContain('system-ui');
    expect(style).not.toContain('&');
  });

  it('says what was restored, from when, by whom, what failed and why', async () => {
    const { text, fileName } = await report('html');
    expect(fileName).toBe('restore-report-contoso.example-2026-11-24T1406.html');
    expect(text).toContain('2026-11-24 13:43:00 UTC (24 Nov 2026, 15:43 EET)');
    expect(text).toContain('22 min');
    expect(text).toContain('anna@msp.example');
    expect(text).toContain('https://contoso.example/sites/financeR0');
    expect(text).toContain('ArtifactCannotBeRestored: +under a hold');
    expect(text).toContain('3 in all: 1 failed, 1 left out without a point, 1 restored');
    expect(text).toContain('r0');
    expect(text).not.toContain('bo@msp.example');
  });

  it('puts what was not restored before what was', async () => {
    const { text } = await report('html');
    const at = (name: string) => text.indexOf(`<td class="any">${name}`);
    expect(at('HR, ')).toBeGreaterThan(-1);
    expect(at('HR, ')).toBeLessThan(at('&lt;img'));
    expect(at('&lt;img')).toBeLessThan(text.indexOf('Restored</td>'));
  });

  it('says what was sent in words, not in codes', async () => {
    const { text } = await report('html');
    expect(text).not.toContain('restoreSession.');
    expect(text).not.toContain('plan.start');
    expect(text).not.toContain('completedWithError');
    expect(text).toContain('Restore session drafted');
    expect(text).toContain('Restore ordered');
    expect(text).toContain('completed, some failed');
    expect(statusText('paused')).toBe('paused');
    expect(outcomeText({ outcome: 'refused', code: 'accessDenied' })).toBe('Refused: accessDenied');
    expect(outcomeText({ outcome: 'unknown' })).toBe('No answer came; settled by reading');
    expect([outcomeText(undefined), outcomeText({ units: 3 })]).toEqual(['', '']);
  });

  it('takes its end from the service, not from when the console heard of it', async () => {
    const { text } = await report('html');
    expect(text).toContain('2026-11-24 15:20:00 UTC');
    expect(text).not.toContain('2026-11-24 15:45:00 UTC');
  });
});

describe('the end of a restore', () => {
  const ended = (endedAt: number): RestoreSession => ({ ...session, endedAt });
  const { endedAt: _, ...running } = session;
  it('is that of its last session; where one tells none, when the console heard of it, and absent while it runs', () => {
    expect(endOfRestore({ plan, sessions: [ended(5), ended(9), ended(7)] })).toEqual({ at: 9, toldBy: 'service' });
    expect(endOfRestore({ plan, sessions: [ended(5), running] })).toEqual({ at: AT + 6_000, toldBy: 'console' });
    expect(endOfRestore({ plan, sessions: [] })).toEqual({ at: AT + 6_000, toldBy: 'console' });
    expect(endOfRestore({ plan: { ...plan, status: 'running' }, sessions: [ended(5)] })).toBeUndefined();
  });
});

describe('certainty in a report', () => {
  const fast = { is: 'exact', point: { ...point, fast: true } } as const;
  const unit: PlanUnit = { unitId: 'u', kind: 'site', name: 'Finance', newest: fast, fast, chosenBy: 'rule' };
  it('claims only what was compared: of fast points, that no newer fast one existed', () => {
    expect(certaintyText({ unit }, 'fast', 'UTC')).toBe('exact: no newer fast point existed');
    expect(certaintyText({ unit }, 'newest', 'UTC')).toBe('exact: no newer point existed');
    expect(certaintyText({ unit: { ...unit, fast: { is: 'none' } } }, 'fast', 'UTC')).toBe(
      'exact: no newer point existed',
    );
    expect(certaintyText({ unit: { ...unit, chosenBy: 'hand' } }, 'fast', 'UTC')).toBe('chosen by hand');
  });
});

describe('the CSV report', () => {
  it('runs nothing in a spreadsheet and keeps its lines whole', async () => {
    const { text } = await report('csv');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const records = parseCsv(text.slice(1));
    expect(records).toHaveLength(4);
    expect(new Set(records.map(({ length }) => length)).size).toBe(1);
    for (const cell of records.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(records[2]?.[2]).toBe('HR, "the" site\nwith a line');
    expect(records[2]?.[6]).toBe('Failed');
    expect(records[3]?.[6]).toBe('Left out: no point');
  });
});

describe('pieces', () => {
  it('stay below what one message may be, and join to the same text', async () => {
    const many = Array.from({ length: 199 }, (_, n): PlanUnit => ({
      unitId: `x${n}`,
      kind: 'site',
      name: 'ä'.repeat(400),
      newest: { is: 'none' },
      chosenBy: 'rule',
    }));
    units.push(...many);
    try {
      const { text, longest } = await report('html');
      expect(longest).toBeLessThanOrEqual(16_000);
      expect(text.length).toBeGreaterThan(80_000);
      expect(text.endsWith('</html>\n')).toBe(true);
    } finally {
      units.splice(3);
    }
  });
});

describe('lengths of time', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [1_320, '22 min'],
    [3_600, '1 h'],
    [3_661, '1 h 1 min'],
    [223_200, '2 d 14 h'],
    [86_460, '1 d'],
  ])('%i s reads %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

/** RFC 4180, as a spreadsheet reads it. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  for (const record of text.matchAll(/(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|(?=\r\n)))+\r\n/g)) {
    const cells: string[] = [];
    for (const [, quoted, plain] of record[0].matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n)/g))
      cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    records.push(cells);
  }
  return records;
}
