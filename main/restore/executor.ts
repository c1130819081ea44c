import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { AuditEntry, IntentsCatalog, Json, Together } from '../catalog/index.ts';
import { GraphError } from '../graph/index.ts';
import { nextStep, type Step } from './next-step.ts';
import type { Maker } from './own-drafts.ts';
import type { RestoreCalls } from './restore-calls.ts';
import type { RunPlan } from './run-plan.ts';
import { type IntentFacts, type RunState, type StepName, toRunState } from './run-state.ts';
import type { Conclusion, StepContext } from './step-context.ts';
import { stepTable } from './step-table.ts';

/**
 * The moments around a step at which a process may die. Tests enumerate them from here and from the table of steps; nothing
 * else listens.
 */
export const stepMoments = [
  'beforeIntent',
  'afterIntent',
  'afterRequest',
  'afterOutcome',
  'beforeSettling',
  'afterSettling',
] as const;
export type StepMoment = (typeof stepMoments)[number];
export type StepProbe = (step: StepName, moment: StepMoment) => void;

export interface ExecutorOptions {
  readonly calls: RestoreCalls;
  readonly intents: IntentsCatalog;
  readonly maker: Maker;
  /** Service time of the tenant. */
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Whether the start was taken back, as on disk now. */
  readonly isCancelled: () => Promise<boolean>;
  /** Runs alone among all calls for the same plan: a cancel comes wholly before the intent to activate, or wholly after it. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Ids of all sessions of the tenant that some plan calls its own, as on disk now. */
  readonly linkedSessions: () => Promise<readonly string[]>;
  /** Waits in real time before something is read a second time. Rejects when the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /**
   * Called when something was written: whoever waits longer with each failure begins with the short waits again. A verification is none,
   * since it is made anew after each failure.
   */
  readonly onProgress?: () => void;
  readonly probe?: StepProbe;
}

/** What a run is about. */
export interface Run {
  readonly planId: string;
  readonly tenantId: TenantId;
  readonly plan: RunPlan;
}

/**
 * Takes the steps of a run one after the other until none is left. All it knows it reads from disk before each step, so it
 * may be stopped anywhere, in any way, and called again.
 *
 * @returns the state of the run when no step is left: every part is activated, failed or discarded
 * @throws GraphError where the service can't be asked right now, or what it did is not known: call again later. An unknown outcome is
 *   settled then, by reading; so that the service has had a moment, and nothing is sent over and over
 * @throws AppFailure where the catalog can't be written
 */
export async function execute(run: Run, options: ExecutorOptions, signal: AbortSignal): Promise<RunState> {
  const { intents, onProgress = () => {}, probe = () => {} } = options;
  const context = (state: RunState): StepContext => ({
    ...run,
    calls: options.calls,
    maker: options.maker,
    linkedSessions: options.linkedSessions,
    pause: milliseconds => options.pause(milliseconds, signal),
    state,
    signal,
  });
  const now = (): UtcSeconds => options.now(run.tenantId);

  // Verifications of an earlier process don't count: others may have changed the draft since.
  const verifiedSince = (await intents.list(run.planId)).reduce(
    (last, intent) => Math.max(last, intent.seq, ...intent.outcomes.map(outcome => outcome.seq)),
    0,
  );
  for (;;) {
    signal.throwIfAborted();
    const state = toRunState(run.plan, await intents.list(run.planId));

    if (state.open !== undefined) {
      const { open } = state;
      probe(open.step, 'beforeSettling');
      const conclusion = await stepTable[open.step].settle(context(state), open);
      await intents.conclude(
        { intent: open.seq, outcome: conclusion.outcome, at: now(), facts: toJson(conclusion.facts) },
        together(run, open.step, conclusion, now()),
      );
      if (conclusion.outcome === 'done' && stepTable[open.step].writes) onProgress();
      probe(open.step, 'afterSettling');
      continue;
    }

    const step = nextStep(state, { cancelled: await options.isCancelled(), verifiedSince });
    if (step === undefined) return state;
    const row = stepTable[step.step];
    const prepared = (await row.prepare?.(context(state))) ?? {};
    probe(step.step, 'beforeIntent');
    const append = (): Promise<number> =>
      intents.append({
        planId: run.planId,
        tenantId: run.tenantId,
        step: step.step,
        about: about(step),
        at: now(),
        facts: toJson({ ...factsOf(run, step), ...prepared }),
      });
    const intent =
      step.step === 'activate'
        ? await options.alone(async () => ((await options.isCancelled()) ? undefined : await append()))
        : await append();
    if (intent === undefined) continue;
    probe(step.step, 'afterIntent');
    try {
      const conclusion = await row.request(context(state), step);
      probe(step.step, 'afterRequest');
      await intents.conclude(
        { intent, outcome: conclusion.outcome, at: now(), facts: toJson(conclusion.facts) },
        together(run, step.step, conclusion, now()),
      );
      if (conclusion.outcome === 'done' && row.writes) onProgress();
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const isOpen = error.outcome === 'unknown';
      await intents.conclude(
        { intent, outcome: isOpen ? 'unknown' : 'undone', at: now(), facts: requestIdOf(error) },
        row.writes
          ? { audit: [audit(run, step.step, now(), { outcome: error.outcome, code: error.code }, error.requestId)] }
          : {},
      );
      if (isOpen) probe(step.step, 'afterOutcome');
      throw error;
    }
    probe(step.step, 'afterOutcome');
  }
}

function factsOf(run: Run, step: Step): IntentFacts {
  if (step.step === 'sweep') return { run: run.plan.run, part: -1 };
  return { run: run.plan.run, part: step.part, ...(step.step === 'add' ? { chunk: step.chunk } : {}) };
}

function about(step: Step): string {
  if (step.step === 'sweep') return 'run';
  return step.step === 'add' ? `part ${step.part}, chunk ${step.chunk}` : `part ${step.part}`;
}

/** What goes to disk in one transaction with an outcome: the session that is ours from now on, and the audit of the write. */
function together(run: Run, step: StepName, { outcome, facts, link }: Conclusion, at: UtcSeconds): Together {
  return {
    ...(link === undefined ? {} : { link }),
    ...(step === 'discard' && outcome !== 'undone' && facts.activated !== true && facts.sessionId !== undefined
      ? { unlink: { planId: run.planId, sessionId: facts.sessionId } }
      : {}),
    ...(stepTable[step].writes ? { audit: [audit(run, step, at, { outcome, ...facts }, facts.requestId)] } : {}),
  };
}

function audit(run: Run, step: StepName, at: UtcSeconds, after: object, requestId: string | undefined): AuditEntry {
  return {
    at,
    tenantId: run.tenantId,
    who: run.plan.startedBy.username,
    what: `restoreSession.${step}`,
    target: `plan ${run.planId}`,
    after: toJson(after),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function requestIdOf({ requestId, code }: GraphError): Json {
  return requestId === undefined ? { refusal: { code, message: '' } } : { requestId, refusal: { code, message: '' } };
}

/** Facts as JSON keeps them: without what is undefined. */
function toJson(facts: object): Json {
  return JSON.parse(JSON.stringify(facts)) as Json;
}
