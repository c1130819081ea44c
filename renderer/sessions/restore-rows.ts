import type { Plan } from '../../shared/contract/plans.ts';
import type { ArtifactCounts, RestoreSession } from '../../shared/contract/sessions.ts';
import { unitKinds } from '../../shared/domain/protection-unit.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { hasSessionEnded, isSessionActive, toSessionStatus } from '../../shared/domain/restore-session.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { countKinds } from '../ui/unit-words.ts';
import type { Tone } from '../ui/unit-words.ts';

/** A line of the tenant's restores: a plan of this console with its sessions, or a session that somebody else started. */
export type RestoreRow =
  | { readonly is: 'plan'; readonly id: string; readonly plan: Plan; readonly sessions: readonly RestoreSession[] }
  | { readonly is: 'session'; readonly id: string; readonly session: RestoreSession };

const none: ArtifactCounts = { total: 0, succeeded: 0, failed: 0, inProgress: 0, waiting: 0 };

/** The counts of several sessions together. */
export function sumCounts(sessions: readonly RestoreSession[]): ArtifactCounts {
  return sessions.reduce(
    (sum, { counts }) => ({
      total: sum.total + counts.total,
      succeeded: sum.succeeded + counts.succeeded,
      failed: sum.failed + counts.failed,
      inProgress: sum.inProgress + counts.inProgress,
      waiting: sum.waiting + counts.waiting,
    }),
    none,
  );
}

/** How many artifacts of each kind there are in sessions, by one of their counts. */
function byKind(sessions: readonly RestoreSession[], count: keyof ArtifactCounts): Parameters<typeof countKinds>[0] {
  const of = (kind: UnitKind) =>
    sessions.filter(session => session.kind === kind).reduce((sum, { counts }) => sum + counts[count], 0);
  return { sites: of('site'), drives: of('drive'), mailboxes: of('mailbox') };
}

/** `1 site, 5 OneDrive`: what failed. */
export function failedKindsInWords(sessions: readonly RestoreSession[]): string {
  return countKinds(byKind(sessions, 'failed'));
}

/** `57 sites, 66 OneDrive; 11 left out`: what a plan restores, once it is sent; before, the units that it holds. */
export function planUnitsInWords(plan: Plan, sessions: readonly RestoreSession[]): string {
  const { units, unitsByKind, restorable, status } = plan;
  const all = countKinds({ sites: unitsByKind.site, drives: unitsByKind.drive, mailboxes: unitsByKind.mailbox });
  if (status === 'draft') return all === '' ? 'no unit yet' : all;
  const { total } = sumCounts(sessions);
  // Sessions that are not read yet tell nothing of what is in them.
  const sent = total === 0 || status === 'starting' ? restorable : total;
  const sentKinds = sent === total ? countKinds(byKind(sessions, 'total')) : '';
  const words = sent === units ? all : sentKinds === '' ? formatQuantity(sent, 'unit') : sentKinds;
  return sent >= units ? words : `${words}; ${formatCount(units - sent)} left out`;
}

/** The sessions that a plan made: sites, OneDrive, mailboxes; of one kind in the order of their making. */
function sessionsOfPlan(planId: string, sessions: readonly RestoreSession[]): RestoreSession[] {
  return sessions
    .filter(session => session.planId === planId)
    .toSorted((a, b) => kindRank(a) - kindRank(b) || (a.createdAt ?? 0) - (b.createdAt ?? 0));
}

function kindRank({ kind }: RestoreSession): number {
  return kind === undefined ? unitKinds.length : unitKinds.indexOf(kind);
}

const groups = ['running', 'prepared', 'ended'] as const;
type Group = (typeof groups)[number];

function groupOf(row: RestoreRow): Group {
  if (row.is === 'plan')
    return row.plan.status === 'draft' ? 'prepared' : row.plan.status === 'done' ? 'ended' : 'running';
  if (isSessionActive(row.session.status)) return 'running';
  return hasSessionEnded(row.session.status) ? 'ended' : 'prepared';
}

/** When a row last mattered: the start, else the saving of a plan. */
export function rowAt(row: RestoreRow): UtcSeconds {
  return row.is === 'plan' ? (row.plan.startedAt ?? row.plan.savedAt) : (row.session.createdAt ?? row.session.askedAt);
}

/** All restores of a tenant: running first, then plans prepared and not sent, then what has ended; newest first in each. */
export function restoreRows(plans: readonly Plan[], sessions: readonly RestoreSession[]): RestoreRow[] {
  const known = new Set(plans.map(plan => plan.id));
  const rows: RestoreRow[] = [
    ...plans.map((plan): RestoreRow => ({
      is: 'plan',
      id: `plan ${plan.id}`,
      plan,
      sessions: sessionsOfPlan(plan.id, sessions),
    })),
    // A session whose plan was deleted stands for itself.
    ...sessions
      .filter(session => session.planId === undefined || !known.has(session.planId))
      .map((session): RestoreRow => ({ is: 'session', id: `session ${session.id}`, session })),
  ];
  return rows.toSorted((a, b) => groups.indexOf(groupOf(a)) - groups.indexOf(groupOf(b)) || rowAt(b) - rowAt(a));
}

/** What a row's artifacts come to. A plan that is being started has none yet: its units stand for them, all waiting. */
export function countsOfRow(row: RestoreRow): ArtifactCounts {
  if (row.is === 'session') return row.session.counts;
  const counts = sumCounts(row.sessions);
  const missing = row.plan.status === 'starting' ? Math.max(0, row.plan.restorable - counts.total) : 0;
  return { ...counts, total: counts.total + missing, waiting: counts.waiting + missing };
}

/** A state in a word, and how it looks. */
export interface StateWords {
  readonly word: string;
  readonly tone: Tone;
}

/** The state of a plan of this console. */
export function planState(plan: Plan, counts: ArtifactCounts): StateWords {
  switch (plan.status) {
    case 'draft':
      return { word: 'Plan prepared, not sent', tone: 'neutral' };
    case 'starting':
      return plan.problem === undefined
        ? { word: 'Being started', tone: 'waiting' }
        : { word: 'Start held up', tone: 'warning' };
    case 'running':
      return plan.problem === undefined
        ? { word: 'Running', tone: 'waiting' }
        : { word: 'Running, can’t be read', tone: 'warning' };
    case 'done':
      return endedState(plan, counts);
  }
}

/** The state of a plan that has ended. Where no session of it is known here, nobody can say that all went well. */
function endedState({ refused }: Plan, { failed, total }: ArtifactCounts): StateWords {
  const trouble = [
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
  ];
  if (trouble.length > 0) return { word: ['Ended', ...trouble].join(', '), tone: 'bad' };
  return total === 0 ? { word: 'Ended, result not known', tone: 'neutral' } : { word: 'Ended', tone: 'good' };
}

/** The state of a session; a status that this version does not know is shown as it came. */
export function sessionState(session: Pick<RestoreSession, 'status' | 'counts'>): StateWords {
  switch (toSessionStatus(session.status)) {
    case 'draft':
      return { word: 'Draft, not started', tone: 'neutral' };
    case 'activating':
      return { word: 'Being started', tone: 'waiting' };
    case 'active':
      return { word: 'Running', tone: 'waiting' };
    case 'completed':
      return { word: 'Completed', tone: 'good' };
    case 'completedWithError':
      return { word: `Completed, ${formatQuantity(session.counts.failed, 'failed', 'failed')}`, tone: 'bad' };
    case 'failed':
      return { word: 'Failed', tone: 'bad' };
    case undefined:
      return { word: session.status, tone: 'neutral' };
  }
}

export function stateOfRow(row: RestoreRow): StateWords {
  return row.is === 'plan' ? planState(row.plan, countsOfRow(row)) : sessionState(row.session);
}

/** Whether the start of a plan can still be taken back: none of its sessions has left the draft. */
export function canCancelStart(plan: Plan, sessions: readonly RestoreSession[]): boolean {
  return plan.status === 'starting' && sessions.every(session => toSessionStatus(session.status) === 'draft');
}
