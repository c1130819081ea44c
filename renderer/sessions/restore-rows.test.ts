import { describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import {
  canCancelStart,
  countsOfRow,
  failedKindsInWords,
  planState,
  planUnitsInWords,
  restoreRows,
  sessionState,
  sumCounts,
} from './restore-rows.ts';

const tenantId = '7b1c1c1e-0000-4000-8000-000000000001';
const planId = (number: number) => `00000000-0000-4000-8000-00000000000${String(number)}`;
const plan = (number: number, part: Partial<Plan> = {}): Plan => ({
  id: planId(number),
  tenantId,
  name: `Plan ${String(number)}`,
  status: 'draft',
  createdAt: 1,
  savedAt: number,
  createdBy: 'anna',
  preference: 'newest',
  units: 4,
  unitsByKind: { site: 4, drive: 0, mailbox: 0 },
  certainty: { exact: 4, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
  chosenByHand: 0,
  refused: 0,
  restorable: 4,
  ...part,
});
const session = (id: string, part: Partial<RestoreSession> = {}): RestoreSession => ({
  id,
  tenantId,
  status: 'active',
  createdAt: 10,
  counts: { total: 2, succeeded: 1, failed: 1, inProgress: 0, waiting: 0 },
  askedAt: 20,
  ...part,
});

describe('the list of restores', () => {
  it('puts what runs first, then prepared plans, then what has ended; newest first in each', () => {
    const rows = restoreRows(
      [
        plan(1),
        plan(2),
        plan(3, { status: 'done', startedAt: 3 }),
        plan(4, { status: 'running', startedAt: 4 }),
        plan(5, { status: 'starting', startedAt: 5 }),
      ],
      [
        session('other', { createdAt: 9 }),
        session('ended', { status: 'completed', createdAt: 8 }),
        session('of3', { planId: planId(3) }),
      ],
    );
    expect(rows.map(row => row.id)).toEqual([
      'session other',
      `plan ${planId(5)}`,
      `plan ${planId(4)}`,
      `plan ${planId(2)}`,
      `plan ${planId(1)}`,
      'session ended',
      `plan ${planId(3)}`,
    ]);
  });
  it('lets a session whose plan was deleted stand for itself', () => {
    expect(restoreRows([], [session('orphan', { planId: planId(9) })]).map(row => row.id)).toEqual(['session orphan']);
  });
  it('orders a plan’s sessions by kind', () => {
    const rows = restoreRows(
      [plan(1, { status: 'running' })],
      [
        session('m', { planId: planId(1), kind: 'mailbox' }),
        session('d', { planId: planId(1), kind: 'drive' }),
        session('s', { planId: planId(1), kind: 'site' }),
      ],
    );
    expect(rows[0]?.is === 'plan' ? rows[0].sessions.map(each => each.id) : []).toEqual(['s', 'd', 'm']);
  });
});

describe('counts', () => {
  it('add up over sessions', () => {
    expect(sumCounts([session('a'), session('b')])).toEqual({
      total: 4,
      succeeded: 2,
      failed: 2,
      inProgress: 0,
      waiting: 0,
    });
  });
  it('take the units of a plan that is being started for waiting', () => {
    const [row] = restoreRows([plan(1, { status: 'starting' })], [session('a', { planId: planId(1) })]);
    expect(row === undefined ? undefined : countsOfRow(row)).toEqual({
      total: 4,
      succeeded: 1,
      failed: 1,
      inProgress: 0,
      waiting: 2,
    });
  });
});

describe('states', () => {
  it('never call a plan with failures simply ended', () => {
    expect(planState(plan(1, { status: 'done' }), sumCounts([session('a')]))).toEqual({
      word: 'Ended, 1 failed',
      tone: 'bad',
    });
    expect(planState(plan(1, { status: 'done', refused: 2 }), sumCounts([])).word).toBe('Ended, 2 refused');
    expect(planState(plan(1, { status: 'done', refused: 2 }), sumCounts([session('a')])).word).toBe(
      'Ended, 1 failed, 2 refused',
    );
    const counts = { total: 2, succeeded: 2, failed: 0, inProgress: 0, waiting: 0 };
    expect(planState(plan(1, { status: 'done' }), counts)).toEqual({ word: 'Ended', tone: 'good' });
    expect(planState(plan(1), sumCounts([])).word).toBe('Plan prepared, not sent');
    expect(planState(plan(1, { status: 'starting', problem: { code: 'OFFLINE' } }), sumCounts([])).tone).toBe(
      'warning',
    );
  });
  it('never call a plan whose sessions are not known well ended', () => {
    expect(planState(plan(1, { status: 'done' }), sumCounts([]))).toEqual({
      word: 'Ended, result not known',
      tone: 'neutral',
    });
  });
  it('show a status that this version does not know as it came', () => {
    expect(sessionState(session('a', { status: 'paused' }))).toEqual({ word: 'paused', tone: 'neutral' });
    expect(sessionState(session('a', { status: 'CompletedWithErrors' })).tone).toBe('bad');
  });
});

describe('taking back a start', () => {
  it('is possible until a session has left the draft', () => {
    const starting = plan(1, { status: 'starting' });
    expect(canCancelStart(starting, [])).toBe(true);
    expect(canCancelStart(starting, [session('a', { status: 'draft' })])).toBe(true);
    expect(canCancelStart(starting, [session('a', { status: 'draft' }), session('b', { status: 'activating' })])).toBe(
      false,
    );
    expect(canCancelStart(starting, [session('a', { status: 'unheardOf' })])).toBe(false);
    expect(canCancelStart(plan(1, { status: 'running' }), [])).toBe(false);
  });
});

describe('what a plan restores, in words', () => {
  const unitsByKind = { site: 60, drive: 70, mailbox: 70 };
  const sent = plan(1, { units: 200, unitsByKind, restorable: 189, status: 'done' });
  const sessions = [
    session('a', { kind: 'site', counts: { total: 57, succeeded: 56, failed: 1, inProgress: 0, waiting: 0 } }),
    session('b', { kind: 'drive', counts: { total: 66, succeeded: 61, failed: 5, inProgress: 0, waiting: 0 } }),
    session('c', { kind: 'mailbox', counts: { total: 66, succeeded: 66, failed: 0, inProgress: 0, waiting: 0 } }),
  ];
  it('counts no unit that was left out as restored', () => {
    expect(planUnitsInWords(sent, sessions)).toBe('57 sites, 66 OneDrive, 66 mailboxes; 11 left out');
    expect(failedKindsInWords(sessions)).toBe('1 site, 5 OneDrive');
  });
  it('counts the units of a plan that is not sent, and of one whose sessions are not read yet what can be restored', () => {
    expect(planUnitsInWords({ ...sent, status: 'draft' }, [])).toBe('60 sites, 70 OneDrive, 70 mailboxes');
    expect(planUnitsInWords({ ...sent, status: 'starting' }, [])).toBe('189 units; 11 left out');
    expect(planUnitsInWords(plan(2, { units: 0, unitsByKind: { site: 0, drive: 0, mailbox: 0 } }), [])).toBe(
      'no unit yet',
    );
    expect(planUnitsInWords(plan(3, { status: 'done' }), [])).toBe('4 sites');
  });
});
