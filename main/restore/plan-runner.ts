import { type AppError, AppFailure } from '../../shared/contract/errors.ts';
import type { Plan } from '../../shared/contract/plans.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import { GraphError } from '../graph/index.ts';
import { TAKEN_BACK } from './conclusions.ts';
import { execute, type StepProbe } from './executor.ts';
import { HurriedWait } from './hurried-wait.ts';
import type { Maker } from './own-drafts.ts';
import { PlanFollower } from './plan-follower.ts';
import type { RestoreCalls } from './restore-calls.ts';
import { RunPlan, toFacts } from './run-plan.ts';
import { IntentFacts, type Refusal, type RunState } from './run-state.ts';
import type { SessionReader } from './session-reader.ts';
import { Turns } from './turns.ts';

export interface PlanRunnerOptions {
  readonly calls: RestoreCalls;
  readonly catalog: Pick<Catalog, 'plans' | 'intents' | 'sessions'>;
  readonly reader: SessionReader;
  /** Who we are to the service in this run; drafts are recognised as ours by it. */
  readonly makerOf: (tenantId: TenantId, startedBy: RunPlan['startedBy']) => Maker;
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Waits in real time. Rejects when the signal aborts. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Real milliseconds between two looks at a running session. */
  readonly pollMs: number;
  /** Names an error for the technician; `undefined` for one that nobody foresaw, which ends the run until the next start. */
  readonly toAppError: (error: unknown) => AppError | undefined;
  readonly onPlanChanged: (plan: { readonly id: string; readonly tenantId: TenantId }) => void;
  readonly onSessionsChanged: (tenantId: TenantId) => void;
  readonly onEnded: (plan: Plan) => void;
  readonly onUnforeseen: (planId: string, error: unknown) => void;
  readonly probe?: StepProbe;
}

/** Waits after the first, second … failure to reach the service, in real milliseconds; the last repeats. */
const BACK_OFF_MS = [2_000, 5_000, 10_000, 30_000, 60_000] as const;

/** One plan being carried on: how to wait in it, how to hurry it, how to end it. */
interface Carrying {
  readonly planId: string;
  readonly tenantId: TenantId;
  /** Aborted when the console stops, or when the plan's tenant is forgotten. */
  readonly signal: AbortSignal;
  readonly nap: (milliseconds: number) => Promise<void>;
}

interface Running {
  readonly tenantId: TenantId;
  readonly wake: () => void;
  readonly end: () => void;
  readonly ended: Promise<void>;
}

/** Carries started plans to their end, each in a loop of its own, across lost connections and restarts. */
export class PlanRunner {
  readonly #options: PlanRunnerOptions;
  readonly #running = new Map<string, Running>();
  readonly #problems = new Map<string, AppError>();
  readonly #stopping = new AbortController();
  readonly #turns = new Turns();
  readonly #follower: PlanFollower;

  constructor(options: PlanRunnerOptions) {
    this.#options = options;
    this.#follower = new PlanFollower(options);
  }

  /** What keeps a plan from going on right now. */
  problemOf(planId: string): AppError | undefined {
    return this.#problems.get(planId);
  }

  /** Whether the plan is being carried on, or waits to be. */
  isCarrying(planId: string): boolean {
    return this.#running.has(planId);
  }

  /** Takes up every plan that was left `starting` or `running`. */
  async resume(): Promise<void> {
    // Which time is asked about does not matter here: only names and statuses are looked at.
    for (const plan of await this.#options.catalog.plans.listUnfinishedAcrossTenants(0))
      this.run(plan.id, plan.tenantId);
  }

  /** Carries the plan on, in the background. A plan that is already carried on is not taken up twice. */
  run(planId: string, tenantId: TenantId): void {
    if (this.#stopping.signal.aborted || this.#running.has(planId)) return;
    const ending = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, ending.signal]);
    const waiting = new HurriedWait(this.#options.sleep);
    const nap = (milliseconds: number): Promise<void> => waiting.wait(milliseconds, signal);
    const ended = this.#carry({ planId, tenantId, signal, nap }).finally(() => this.#running.delete(planId));
    this.#running.set(planId, { tenantId, wake: () => waiting.hurry(), end: () => ending.abort(), ended });
  }

  /** Tries again at once whatever waits: the network is back, someone signed in, a cancel was asked for. */
  wake(): void {
    for (const { wake } of this.#running.values()) wake();
  }

  /** Carries on no plan of this tenant any more: it is about to be forgotten, its plans with it. */
  async endTenant(tenantId: TenantId): Promise<void> {
    const ofTenant = [...this.#running.values()].filter(running => running.tenantId === tenantId);
    for (const { end } of ofTenant) end();
    await Promise.all(ofTenant.map(({ ended }) => ended));
  }

  /** Stops where it is; what is on disk is enough to go on from. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  async #carry(carrying: Carrying): Promise<void> {
    const { planId, tenantId, signal, nap } = carrying;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#advance(carrying, () => {
          failures = 0;
        });
        return;
      } catch (error) {
        if (signal.aborted || isPlanGone(error)) return;
        const problem = this.#options.toAppError(error);
        if (problem === undefined) this.#options.onUnforeseen(planId, error);
        this.#problems.set(planId, problem ?? { code: 'UNEXPECTED', errorId: planId });
        this.#options.onPlanChanged({ id: planId, tenantId });
        const wait = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 0;
        failures += 1;
        await this.#glance(carrying);
        // An abort while waiting only means that it ends here.
        await nap(wait).catch(() => undefined);
      }
    }
  }

  /** What runs already is looked at while the rest waits. Why it waits is said already; a service that can't be asked says nothing new. */
  async #glance({ planId, tenantId, signal }: Carrying): Promise<void> {
    try {
      await this.#follower.glance({ planId, tenantId, signal });
    } catch (error) {
      if (signal.aborted || error instanceof GraphError || isPlanGone(error)) return;
      this.#options.onUnforeseen(planId, error);
    }
  }

  /** From wherever the plan is to its end. Throws where the service or the catalog can't be asked. */
  async #advance(carrying: Carrying, onProgress: () => void): Promise<void> {
    const { planId, tenantId, signal } = carrying;
    const { catalog, now } = this.#options;
    const plan = await catalog.plans.get(planId, now(tenantId));
    if (plan.status === 'starting') {
      const runPlan = RunPlan.parse(await catalog.plans.facts(planId));
      const state = await execute(
        { planId, tenantId, plan: runPlan },
        {
          calls: this.#options.calls,
          intents: catalog.intents,
          maker: this.#options.makerOf(tenantId, runPlan.startedBy),
          now,
          isCancelled: () => this.#isCancelled(planId),
          alone: work => this.#turns.take(planId, work),
          linkedSessions: () => catalog.plans.linkedSessions(tenantId),
          pause: this.#options.sleep,
          onProgress,
          ...(this.#options.probe === undefined ? {} : { probe: this.#options.probe }),
        },
        signal,
      );
      this.#solved(planId);
      onProgress();
      if (await this.#conclude(planId, tenantId, state)) return;
    }
    await this.#follower.follow({
      ...carrying,
      onLooked: problem => {
        if (problem === undefined) this.#solved(planId);
        else this.#problems.set(planId, problem);
        onProgress();
      },
    });
  }

  /**
   * Takes a start back, as long as nothing was activated: what was drafted is deleted by the run itself.
   *
   * @returns false where it is too late
   */
  async cancel(planId: string, tenantId: TenantId): Promise<boolean> {
    const { catalog, now } = this.#options;
    const cancelled = await this.#turns.take(planId, async () => {
      const plan = await catalog.plans.get(planId, now(tenantId));
      if (plan.status !== 'starting') return false;
      const runPlan = RunPlan.parse(await catalog.plans.facts(planId));
      const activated = (await catalog.intents.list(planId)).some(
        intent => intent.step === 'activate' && IntentFacts.parse(intent.facts).run === runPlan.run,
      );
      if (activated) return false;
      await catalog.plans.change(planId, { savedAt: now(tenantId), facts: toFacts({ ...runPlan, cancelled: true }) });
      return true;
    });
    if (cancelled) {
      this.run(planId, tenantId);
      this.wake();
    }
    return cancelled;
  }

  /**
   * Every step is taken: writes what the service refused into the plan, and its new status. Where a session runs although the start was
   * taken back (somebody activated the draft before it could be deleted), the plan runs, and says of all other units why they don't.
   *
   * @returns whether it was taken back
   */
  async #conclude(planId: string, tenantId: TenantId, state: RunState): Promise<boolean> {
    const { catalog, now } = this.#options;
    const cancelled = await this.#turns.take(planId, async () => {
      const savedAt = now(tenantId);
      const isCancelled = await this.#isCancelled(planId);
      if (isCancelled && !state.parts.some(({ activated }) => activated)) {
        await catalog.plans.change(planId, {
          status: 'draft',
          only: 'starting',
          startedAt: null,
          savedAt,
          facts: null,
        });
        return true;
      }
      await this.#putRefusals(planId, refusalsOf(state, isCancelled), savedAt);
      await catalog.plans.change(planId, { status: 'running', only: 'starting', savedAt });
      return false;
    });
    this.#options.onPlanChanged({ id: planId, tenantId });
    this.#options.onSessionsChanged(tenantId);
    return cancelled;
  }

  async #isCancelled(planId: string): Promise<boolean> {
    return RunPlan.parse(await this.#options.catalog.plans.facts(planId)).cancelled;
  }

  async #putRefusals(planId: string, refusals: ReadonlyMap<string, Refusal>, savedAt: UtcSeconds): Promise<void> {
    const rows = [...refusals].map(([unitId, { code, message }]) => ({ unitId, code, message }));
    for (let from = 0; from < rows.length; from += 500)
      await this.#options.catalog.plans.putRefusals(planId, rows.slice(from, from + 500), savedAt);
  }

  #solved(planId: string): void {
    this.#problems.delete(planId);
  }
}

/** The plan was deleted, or its tenant forgotten: nothing is left to carry on. */
function isPlanGone(error: unknown): boolean {
  return error instanceof AppFailure && error.error.code === 'PLAN_NOT_FOUND';
}

/** Why each unit that is not restored is not: refused alone, with its whole session, or with the start that was taken back. */
function refusalsOf(state: RunState, isCancelled: boolean): Map<string, Refusal> {
  const refusals = new Map<string, Refusal>();
  for (const part of state.parts) {
    const ofAll = part.failed ?? (isCancelled && !part.activated ? TAKEN_BACK : undefined);
    if (ofAll !== undefined) for (const { unitId } of part.chunks.flat()) refusals.set(unitId, ofAll);
    for (const [unitId, refusal] of part.refused) refusals.set(unitId, refusal);
  }
  return refusals;
}
