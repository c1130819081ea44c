import type { AdditionJob, InclusionRule, PolicySummary } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { Tone } from '../ui/unit-words.ts';

interface State {
  readonly word: string;
  readonly tone: Tone;
}

const policyStates: { readonly [status: string]: State } = {
  active: { word: 'Active', tone: 'good' },
  inactive: { word: 'Inactive', tone: 'neutral' },
  updating: { word: 'Being updated', tone: 'waiting' },
  activewitherrors: { word: 'Active, with errors', tone: 'warning' },
};

/** A policy's state in a word; a status that this version does not know stands as it came. */
export function policyState({ status }: Pick<PolicySummary, 'status'>): State {
  return policyStates[status.toLowerCase()] ?? { word: status, tone: 'neutral' };
}

const ruleStates: { readonly [status: string]: State } = {
  draft: { word: 'Draft', tone: 'neutral' },
  active: { word: 'Active', tone: 'good' },
  completed: { word: 'Completed', tone: 'good' },
  completedwitherrors: { word: 'Completed, with errors', tone: 'warning' },
  updaterequested: { word: 'Being changed', tone: 'waiting' },
  deleterequested: { word: 'Being deleted', tone: 'waiting' },
};

/** A rule's state in a word. A static rule that is active is being run; a dynamic one stays so. */
export function ruleState(rule: Pick<InclusionRule, 'status' | 'type' | 'error'>): State {
  if (rule.error !== undefined) return { word: 'In error', tone: 'bad' };
  const status = rule.status.toLowerCase();
  if (status === 'active' && rule.type === 'static') return { word: 'Running', tone: 'waiting' };
  return ruleStates[status] ?? { word: rule.status, tone: 'neutral' };
}

export const ruleTypeWords: { readonly [T in InclusionRule['type']]: string } = {
  static: 'Static: ran once, can be run again',
  dynamic: 'Dynamic: followed again and again',
  unknown: 'Of a type that is not known',
};

const jobStates: { readonly [status: string]: State } = {
  active: { word: 'Running', tone: 'waiting' },
  completed: { word: 'Completed', tone: 'good' },
  completedwitherrors: { word: 'Completed, with errors', tone: 'warning' },
  unknown: { word: 'A passing trouble', tone: 'waiting' },
};

/** A bulk addition job's state in a word. */
export function jobState(job: Pick<AdditionJob, 'status' | 'error'>): State {
  if (job.error !== undefined && job.status.toLowerCase() === 'active') return { word: 'In error', tone: 'bad' };
  return jobStates[job.status.toLowerCase()] ?? { word: job.status, tone: 'neutral' };
}

const workloads: { readonly [K in UnitKind]: string } = { site: 'SharePoint', drive: 'OneDrive', mailbox: 'Exchange' };

/** The workload that a policy protects. */
export function workloadWord(kind: UnitKind | undefined): string {
  return kind === undefined ? 'Not known' : workloads[kind];
}

const ones: { readonly [K in UnitKind]: readonly [string, string] } = {
  site: ['site', 'sites'],
  drive: ['OneDrive account', 'OneDrive accounts'],
  mailbox: ['mailbox', 'mailboxes'],
};

/** `site`, `OneDrive accounts`: what a kind is called within a sentence. */
export function unitsOfKind(kind: UnitKind | undefined, count: number): string {
  return kind === undefined ? (count === 1 ? 'unit' : 'units') : ones[kind][count === 1 ? 0 : 1];
}

/** What stands wherever retention is shown. */
export const RETENTION_NOTE =
  'Retention is what the service answers. Microsoft Graph v1.0 documents it in answers alone: it can’t be set from here.';
