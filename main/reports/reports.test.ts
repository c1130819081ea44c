import { describe, expect, it } from 'vitest';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import type { AuditRow } from '../catalog/index.ts';
import { createReports } from './index.ts';
import type { PlanSession } from './read-sessions.ts';
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
  askedAt: AT + 6_500,
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

interface Known {
  readonly plan?: Plan;
  readonly units?: readonly PlanUnit[];
  readonly links?: readonly string[];
  readonly sessions?: readonly RestoreSession[];
  readonly artifacts?: readonly RestoreArtifact[];
  readonly complete?: (sessionId: string) => boolean;
  readonly isOnline?: boolean;
}

/** A catalog that knows this much, and a service that tells no more. */
function sourceOf(known: Known = {}): ReportSource {
  const sessions = known.sessions ?? [session];
  const rows = known.units ?? units;
  return {
    now: () => AT + 7_000,
    reading: { refresh: async () => undefined, listArtifacts: async () => undefined },
    isOnline: () => known.isOnline ?? true,
    patience: () => new AbortController().signal,
    catalog: {
      plans: {
        get: async () => known.plan ?? plan,
        sessionsOf: async () =>
          (known.links ?? ['s1']).map(sessionId => ({ planId, tenantId, sessionId, kind: 'site' as const })),
        listUnits: async ({ window }) => ({
          total: rows.length,
          offset: 0,
          rows: rows.slice(window.offset, window.offset + window.limit),
        }),
      },
      sessions: {
        find: async (_, sessionId) => sessions.find(({ id }) => id === sessionId),
        artifactsComplete: async (_, sessionId) => (known.complete ?? (() => true))(sessionId),
        listArtifacts: async () => ({ total: 2, offset: 0, rows: [...(known.artifacts ?? artifacts)] }),
      },
      tenants: { get: async () => tenant },
      audit: { list: async () => audit },
    },
  };
}

async function report(
  format: 'html' | 'csv',
  known: Known = {},
): Promise<{ text: string; fileName: string; longest: number }> {
  let text = '';
  let fileName = '';
  let longest = 0;
  for await (const piece of createReports(sourceOf(known)).report({ planId, format })) {
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
    expect(style).toContain('"Segoe UI", system-ui');
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
    expect(outcomeText({ outcome: 'unknown' })).toBe('No sure answer');
    expect(outcomeText({ outcome: 'done', settledBy: 'reading' })).toBe('Done, found by reading');
    expect([outcomeText(undefined), outcomeText({ units: 3 })]).toEqual(['', '']);
  });

  it('takes its end from the service, not from when the console heard of it', async () => {
    const { text } = await report('html');
    expect(text).toContain('2026-11-24 15:20:00 UTC');
    expect(text).not.toContain('2026-11-24 15:45:00 UTC');
  });
});

describe('a report of what is not known', () => {
  it('never says of a unit that it was not started because no artifact of it is known', async () => {
    const lost = { sessions: [], artifacts: [] };
    const { text } = await report('html', lost);
    expect(text).toContain('3 in all: 1 left out without a point, 2 not known here');
    expect(text).not.toContain('not started');
    expect(text).toContain('0 of 1 session');
    const records = parseCsv((await report('csv', lost)).text.slice(1));
    expect(records.slice(1).map(cells => cells.slice(6, 8))).toEqual([
      ['Not known here', 'its session was not read'],
      ['Not known here', 'its session was not read'],
      ['Left out: no point', ''],
    ]);
  });

  it('says of a refused unit, and of a draft, that it was not started', async () => {
    const [first, ...others] = units;
    if (first === undefined) throw new Error('no unit');
    const refused = { ...first, refused: { code: 'ArtifactNotFound', message: 'Gone.' } };
    const { text } = await report('html', { units: [refused, ...others], artifacts: [] });
    expect(text).toContain('3 in all: 1 not started, 1 left out without a point, 1 not known here');
    expect(text).toContain('ArtifactNotFound: The unit is no longer there (service: Gone.)');
    expect(text).toContain('no session of this restore names it');
    const draft = await report('html', { plan: { ...plan, status: 'draft' }, links: [], artifacts: [] });
    expect(draft.text).toContain('3 in all: 3 not started');
  });

  it('lets units wait whose restore is being started and has no session yet', async () => {
    const { text } = await report('html', { plan: { ...plan, status: 'starting' }, links: [], artifacts: [] });
    expect(text).toContain('3 in all: 1 left out without a point, 2 waiting');
    expect(text).toContain('no session was drafted yet');
  });

  it('names the sessions that were not read, and why', async () => {
    const { text } = await report('html', { links: ['s1', 's2'], isOnline: false, complete: id => id === 's1' });
    expect(text).toContain('1 of 2 sessions, the oldest answer of 2026-11-24 15:53:20 UTC');
    expect(text).toContain('not asked anew for this report: Backstop was offline');
    expect(text).toMatch(/<td class="id">s2<\/td>[^]*?not known here[^]*?not read: Backstop was offline/);
  });

  it('knows an artifact of which nobody told the unit by its point', async () => {
    const [first] = units;
    const unnamed = { id: 'a9', name: 'a9', status: 'Succeeded', restorePointId: 'p1' };
    const { text } = await report('html', { units: first === undefined ? [] : [first], artifacts: [unnamed] });
    expect(text).toContain('1 in all: 1 restored');
  });
});

describe('what a report claims', () => {
  it('does not tell as done what has not happened yet', async () => {
    const inPlace = { ...plan, destination: 'inPlace', status: 'running' } as const;
    const { text } = await report('html', { plan: inPlace });
    expect(text).toContain('in place: overwrites newer content');
    expect(text).not.toContain('was overwritten');
    expect(text).not.toContain('Restored from');
    expect(text).toContain('not yet, when last read');
  });

  it('takes the point from the service’s artifact, and the loss window with it', async () => {
    const moved = artifacts.map(artifact => ({ ...artifact, pointAt: AT - 7_200, restorePointId: 'p0' }));
    const { text } = await report('html', { artifacts: moved });
    expect(text).toContain('2026-11-24 12:05:00 UTC');
    expect(text).not.toContain('2026-11-24 13:43:00 UTC');
    expect(text).toContain('<td class="short">2 h</td>');
    const records = parseCsv((await report('csv', { artifacts: moved })).text.slice(1));
    expect(records[1]?.slice(12, 15)).toEqual(['2026-11-24T12:05:00Z', 'p0', '7200']);
  });

  it('keeps the service’s own message, and says where there is none', async () => {
    const failed = (error: RestoreArtifact['error']): readonly RestoreArtifact[] => [
      { id: 'a1', unitId: 'u1', name: 'Finance', status: 'failed', ...(error === undefined ? {} : { error }) },
    ];
    const held = await report('html', {
      artifacts: failed({ code: 'UnknownError', message: 'Mailbox on litigation hold' }),
    });
    expect(held.text).toContain('UnknownError: Mailbox on litigation hold');
    expect(held.text).not.toContain('gave no reason');
    expect((await report('html', { artifacts: failed(undefined) })).text).toContain('The service gave no reason');
  });
});

describe('the end of a restore', () => {
  const ended = (endedAt: number): PlanSession => ({ id: 's', kind: 'site', session: { ...session, endedAt } });
  const { endedAt: _, ...running } = session;
  const unended: PlanSession = { id: 's', kind: 'site', session: running };
  const unknown: PlanSession = { id: 's', kind: 'site', unread: {} };
  it('is that of its last session; where one tells none, the console’s own note, and absent while it runs', () => {
    expect(endOfRestore({ plan, sessions: [ended(5), ended(9), ended(7)] })).toEqual({ at: 9, toldBy: 'service' });
    expect(endOfRestore({ plan, sessions: [ended(5), unended] })).toEqual({ at: AT + 6_000, toldBy: 'console' });
    expect(endOfRestore({ plan, sessions: [ended(5), unknown] })).toEqual({ at: AT + 6_000, toldBy: 'console' });
    expect(endOfRestore({ plan, sessions: [] })).toEqual({ at: AT + 6_000, toldBy: 'console' });
    expect(endOfRestore({ plan: { ...plan, status: 'running' }, sessions: [ended(5)] })).toBeUndefined();
  });
  it('is marked as the console’s own note where not every session is known', async () => {
    const { text } = await report('html', { links: ['s1', 's2'] });
    expect(text).toContain('2026-11-24 15:45:00 UTC (24 Nov 2026, 17:45 EET), by Backstop’s own note');
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
    const { text, longest } = await report('html', { units: [...units, ...many] });
    expect(longest).toBeLessThanOrEqual(16_000);
    expect(text.length).toBeGreaterThan(80_000);
    expect(text.endsWith('</html>\n')).toBe(true);
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
