import { setTimeout as sleep } from 'node:timers/promises';
import type { AppError } from '../../shared/contract/errors.ts';
import type { Plan } from '../../shared/contract/plans.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import type { GraphClient } from '../graph/index.ts';
import type { StepProbe } from './executor.ts';
import type { PlanAsking, TenantStanding } from './plan-asking.ts';
import { FailedUnits } from './failed-units.ts';
import { PlanDrafts } from './plan-drafts.ts';
import { PlanReviewer } from './plan-review.ts';
import { PlanRunner } from './plan-runner.ts';
import { PlanStarter } from './plan-starter.ts';
import { createRestoreCalls } from './restore-calls.ts';
import type { RunPlan } from './run-plan.ts';
import { SessionReader } from './session-reader.ts';
import { TenantSessions } from './tenant-sessions.ts';

/** What restores are built from. */
export interface RestoreOptions {
  readonly catalog: Catalog;
  readonly graph: GraphClient;
  readonly asking: PlanAsking;
  readonly standing: TenantStanding;
  /** The application that signs in to a tenant; drafts of other applications are never ours. */
  readonly clientIdIn: (tenantId: TenantId) => string;
  /** Who works in a tenant. */
  readonly usernameIn: (tenantId: TenantId) => string | undefined;
  /** Who starts a restore in this tenant. Throws AppFailure SIGNED_OUT. */
  readonly starter: (tenantId: TenantId) => Promise<RunPlan['startedBy']>;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Real milliseconds between two looks at a running session. */
  readonly pollMs: number;
  readonly toAppError: (error: unknown) => AppError | undefined;
  readonly onPlanChanged: (plan: { readonly id: string; readonly tenantId: TenantId }) => void;
  readonly onSessionsChanged: (tenantId: TenantId) => void;
  readonly onEnded: (plan: Plan) => void;
  readonly onUnforeseen: (planId: string, error: unknown) => void;
  /** Waits in real time, unless given otherwise. Rejects when the signal aborts. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly probe?: StepProbe;
}

/** Restores: plans as drafts, their start, their run to the end, and the sessions of a tenant. */
export interface RestoreService {
  readonly drafts: PlanDrafts;
  readonly starter: PlanStarter;
  readonly runner: PlanRunner;
  readonly sessions: TenantSessions;
  /** A plan as the renderer sees it: with what keeps it from going on right now. */
  readonly withProblem: (plan: Plan) => Plan;
}

export function createRestoreService(options: RestoreOptions): RestoreService {
  const { catalog, now, asking, standing, onPlanChanged, onSessionsChanged } = options;
  const calls = createRestoreCalls(options.graph);
  const reader = new SessionReader({ calls, catalog, now });
  const drafts = new PlanDrafts({ catalog, asking, now, usernameIn: options.usernameIn, onPlanChanged });
  const reviewer = new PlanReviewer({ catalog, standing, reader, now });
  const runner = new PlanRunner({
    calls,
    catalog,
    reader,
    makerOf: (tenantId, { username, objectId }) => ({
      applicationId: options.clientIdIn(tenantId),
      username,
      ...(objectId === undefined ? {} : { objectId }),
    }),
    now,
    sleep: options.sleep ?? ((milliseconds, signal) => sleep(milliseconds, undefined, { signal })),
    pollMs: options.pollMs,
    toAppError: options.toAppError,
    onPlanChanged,
    onSessionsChanged,
    onEnded: options.onEnded,
    onUnforeseen: options.onUnforeseen,
    ...(options.probe === undefined ? {} : { probe: options.probe }),
  });
  const starter = new PlanStarter({
    catalog,
    failedUnits: new FailedUnits({ catalog, reader }),
    drafts,
    reviewer,
    runner,
    asking,
    starter: options.starter,
    now,
    onPlanChanged,
  });
  return {
    drafts,
    starter,
    runner,
    sessions: new TenantSessions({ catalog, reader, now, onSessionsChanged }),
    withProblem: plan => {
      const problem = runner.problemOf(plan.id);
      return problem === undefined ? plan : { ...plan, problem };
    },
  };
}

export { type StepMoment, stepMoments, type StepProbe } from './executor.ts';
export type { BeforeWanted, PlanAsking, RestoreStanding, TenantStanding } from './plan-asking.ts';
export { stepNames, type StepName } from './run-state.ts';
export type { PlanDrafts } from './plan-drafts.ts';
export type { PlanRunner } from './plan-runner.ts';
export type { PlanStarter } from './plan-starter.ts';
export type { TenantSessions } from './tenant-sessions.ts';
