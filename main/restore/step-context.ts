import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import type { RestoreItem } from '../../shared/domain/restore-packing.ts';
import type { NewOutcome, Together } from '../catalog/index.ts';
import type { SessionReading } from './draft-reading.ts';
import type { Step } from './next-step.ts';
import type { DraftSearch, Maker } from './own-drafts.ts';
import type { RunPlan } from './run-plan.ts';
import type { OutcomeFacts, PartState, RunState } from './run-state.ts';

/** What came of a step, as it goes to disk. */
export interface Conclusion {
  readonly outcome: Exclude<NewOutcome['outcome'], 'unknown'>;
  readonly facts: OutcomeFacts;
  readonly link?: NonNullable<Together['link']>;
}

/** What every step works on. */
export interface StepContext extends SessionReading {
  readonly planId: string;
  readonly plan: RunPlan;
  readonly maker: Maker;
  /** Sessions that a plan of this console's calls its own: never a draft astray, whoever's plan it is. */
  readonly linkedSessions: () => Promise<readonly string[]>;
  readonly state: RunState;
}

export function artifactsOf({ plan, state }: StepContext, items: readonly RestoreItem[]) {
  const refused = new Set(state.parts.flatMap(part => [...part.refused.keys()]));
  return items
    .filter(item => !refused.has(item.unitId))
    .map(({ restorePointId }) => ({ restorePointId, destinationType: plan.destination }));
}

export function linkOf(
  { planId, tenantId }: StepContext,
  kind: UnitKind,
  sessionId: string,
): NonNullable<Together['link']> {
  return { planId, tenantId, sessionId, kind };
}

export function partOf(state: RunState, step: Step): PartState {
  return partAt(state, step.step === 'sweep' ? -1 : step.part);
}

export function partAt(state: RunState, index: number): PartState {
  const part = state.parts[index];
  if (part === undefined) throw new Error(`The run has no part ${index}.`);
  return part;
}

export function sessionOf(part: PartState): string {
  if (part.sessionId === undefined) throw new Error(`Part ${part.part} has no session yet.`);
  return part.sessionId;
}

export function draftOf(part: PartState): { readonly id: string; readonly kind: UnitKind } {
  return { id: sessionOf(part), kind: part.kind };
}

export function withRequestId(requestId: string | undefined): Pick<OutcomeFacts, 'requestId'> {
  return requestId === undefined ? {} : { requestId };
}

export function searchIn({ calls, tenantId, maker, signal, plan }: StepContext): DraftSearch {
  return { calls, tenantId, maker, signal, destination: plan.destination };
}
