import { AppFailure } from '../../shared/contract/errors.ts';
import { type Answer, NEVER, type Question } from '../../shared/domain/knowledge/index.ts';
import {
  afterRound,
  type Asking,
  nextRound,
  type Reply,
  startAsking,
  type Want,
} from '../../shared/domain/planner/index.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { CatalogWanted, KnowledgeCatalog } from '../catalog/index.ts';
import type { GraphError } from '../graph/index.ts';
import type { AskLanes, AskPriority, Turn } from './ask-lanes.ts';
import type { AskReporter } from './ask-progress.ts';
import { askWave, type BatchingGraph, isOutage, QUESTIONS_A_WAVE, type WaveResult } from './ask-questions.ts';
import type { ServiceClocks } from './service-clock.ts';

export interface AskerParts {
  readonly catalog: {
    readonly knowledge: Pick<
      KnowledgeCatalog,
      'beginAsking' | 'nextRound' | 'reply' | 'endAsking' | 'traits' | 'apply'
    >;
  };
  readonly graph: BatchingGraph;
  readonly clocks: Pick<ServiceClocks, 'now' | 'learn'>;
  readonly lanes: AskLanes;
  /** Told after each write of answers that somebody waits for. */
  readonly onPointsChanged: (tenantId: TenantId) => void;
  /** Told of questions that were asked without an allowance. */
  readonly onAsked: (tenantId: TenantId, questions: number) => Promise<void>;
}

/** How much may still be asked. What was taken counts as asked, whatever becomes of it. */
export interface Allowance {
  /** @returns how many of so many questions may be asked now; fewer: then no more */
  take(questions: number): Promise<number>;
}

export interface AskOf {
  readonly tenantId: TenantId;
  readonly priority: AskPriority;
  readonly signal: AbortSignal;
  readonly reporter: AskReporter;
  /** Absent: all may be asked. */
  readonly allowance?: Allowance;
}

/** What became of an ask. `isCut`: its allowance ended, or it gave way to a person; the rest is to be asked another time. */
export interface AskEnd {
  /** Units that can't be settled by asking. */
  readonly unsettled: number;
  readonly isCut: boolean;
}

/** After so many rounds in a row in which the service as a whole failed, asking ends. */
const ROUNDS_OF_OUTAGE = 2;
/** The catalog's worker may die once under an ask; what was answered is known then. */
const WORKER_DEATHS = 1;

/**
 * Puts the planner's questions to the service and the answers into the catalog, until nothing is left that asking would
 * settle. Every method throws GraphError or AppFailure; what was answered before is kept.
 */
export class Asker {
  readonly #parts: AskerParts;

  constructor(parts: AskerParts) {
    this.#parts = parts;
  }

  /** Asks what is wanted and not known. Without an allowance it goes on after those who go first, until all is asked. */
  async ask(wanted: CatalogWanted, of: AskOf): Promise<AskEnd> {
    for (let deaths = 0; ;) {
      const turn = await this.#takeTurn(of);
      try {
        const result = await this.#askInTurn(wanted, of, turn);
        if (result !== undefined) return { ...result, isCut: false };
        // Nobody waits for it: it would only keep its place from another tenant.
        if (of.allowance !== undefined) return { unsettled: 0, isCut: true };
        // A person waits for the turn: begin again after them, with what is known then.
      } catch (error) {
        if (!isWorkerDeath(error) || ++deaths > WORKER_DEATHS) throw error;
      } finally {
        turn.release();
      }
    }
  }

  /**
   * Asks even what is known: nothing that the catalog says counts, only what this asking hears.
   *
   * @throws AppFailure GRAPH_UNREADABLE where the service says nothing of a unit
   */
  async recheck(wants: readonly Want[], of: AskOf): Promise<void> {
    const turn = await this.#takeTurn(of);
    try {
      const health = new RoundHealth();
      let asking = startAsking(wants);
      for (;;) {
        const now = this.#now(of);
        const traits = await this.#parts.catalog.knowledge.traits(of.tenantId);
        const round = nextRound(asking, knowingNothing, traits, now);
        asking = round.asking;
        const questions = round.questions.map(({ question }) => question);
        of.reporter.round(questions, countDone(asking), countUnits(wants));
        if (questions.length === 0) break;
        const replies = await this.#askRound(questions, of, health, async heard => {
          const answers = heard.flatMap(({ reply }) => (reply === 'failed' ? [] : [reply]));
          await this.#parts.catalog.knowledge.apply({ tenantId: of.tenantId, answers, now: this.#now(of) });
        });
        asking = afterRound(round, replies);
        health.endRound();
      }
      if (asking.standings.some(({ state }) => state === 'failed')) health.throwFirst();
      if (asking.standings.some(({ state }) => state === 'failed' || state === 'unanswered'))
        throw new AppFailure({ code: 'GRAPH_UNREADABLE' });
    } finally {
      turn.release();
    }
  }

  async #takeTurn({ tenantId, priority, signal }: AskOf): Promise<Turn> {
    try {
      return await this.#parts.lanes.take(tenantId, priority, signal);
    } catch (error) {
      throw signal.aborted ? new AppFailure({ code: 'ABORTED' }, { cause: error }) : error;
    }
  }

  /** @returns `undefined` where the turn was given up, or the allowance has ended */
  async #askInTurn(wanted: CatalogWanted, of: AskOf, turn: Turn): Promise<{ unsettled: number } | undefined> {
    const { knowledge } = this.#parts.catalog;
    const { asking } = await knowledge.beginAsking({ tenantId: of.tenantId, wanted, now: this.#now(of) });
    try {
      const health = new RoundHealth();
      for (;;) {
        const round = await knowledge.nextRound(asking, this.#now(of));
        of.reporter.round(round.questions, round.unitsDone, round.unitsTotal);
        if (round.questions.length === 0) {
          if (!health.heardAnything) health.throwFirst();
          return { unsettled: round.unsettled };
        }
        const mayGoOn = () => !turn.isWantedMore();
        const replies = await this.#askRound(
          round.questions,
          of,
          health,
          async heard => knowledge.reply(asking, heard, this.#now(of)),
          mayGoOn,
        );
        if (replies.length < round.questions.length) return undefined;
        health.endRound();
        if (!mayGoOn()) return undefined;
      }
    } finally {
      await this.#endAsking(asking);
    }
  }

  /**
   * Asks a round in waves, and writes what each brought.
   *
   * @returns a reply for each question; fewer where `mayGoOn` said no between two waves
   */
  async #askRound(
    questions: readonly Question[],
    of: AskOf,
    health: RoundHealth,
    write: (heard: { question: number; reply: Reply }[]) => Promise<void>,
    mayGoOn: () => boolean = () => true,
  ): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (let first = 0; first < questions.length; first += QUESTIONS_A_WAVE) {
      if (first > 0 && !mayGoOn()) break;
      const wanted = questions.slice(first, first + QUESTIONS_A_WAVE);
      const granted = of.allowance === undefined ? wanted.length : await of.allowance.take(wanted.length);
      if (granted === 0) break;
      const wave = wanted.slice(0, granted);
      const result = await askWave(this.#parts, of.tenantId, wave, of.signal);
      of.reporter.asked(wave);
      if (of.allowance === undefined) await this.#parts.onAsked(of.tenantId, wave.length);
      const heard = result.replies.flatMap((reply, index) =>
        reply === undefined ? [] : [{ question: first + index, reply }],
      );
      if (heard.some(({ reply }) => reply !== 'failed')) {
        await write(heard);
        // What nobody waits for is told of at its end: views need not follow every wave.
        if (of.priority !== 'background') this.#parts.onPointsChanged(of.tenantId);
      } else if (heard.length > 0) await write(heard);
      health.note(
        result,
        heard.flatMap(({ reply }) => (reply === 'failed' ? [] : [reply])),
      );
      if (result.final !== undefined) throw result.final;
      replies.push(...result.replies.map(reply => reply ?? 'failed'));
      if (granted < wanted.length) break;
    }
    return replies;
  }

  /** The asking is of no more use; where the worker died it is gone already. */
  async #endAsking(asking: string): Promise<void> {
    try {
      await this.#parts.catalog.knowledge.endAsking(asking);
    } catch (error) {
      if (!isWorkerDeath(error)) throw error;
    }
  }

  #now({ tenantId }: AskOf): number {
    return this.#parts.clocks.now(tenantId);
  }
}

/** Whether rounds bring anything at all. One that is refused may be one unit's fault, which the planner finds out; an outage is not. */
class RoundHealth {
  #first: GraphError | undefined;
  #outage: GraphError | undefined;
  #heardInRound = false;
  #outages = 0;
  heardAnything = false;

  note({ failure }: WaveResult, answers: readonly Answer[]): void {
    this.#first ??= failure;
    if (failure !== undefined && isOutage(failure)) this.#outage ??= failure;
    if (answers.length > 0) this.heardAnything = this.#heardInRound = true;
  }

  /** @throws GraphError where the service as a whole failed in several rounds, one after another */
  endRound(): void {
    this.#outages = this.#heardInRound || this.#outage === undefined ? 0 : this.#outages + 1;
    if (this.#outage !== undefined && this.#outages >= ROUNDS_OF_OUTAGE) throw this.#outage;
    this.#outage = undefined;
    this.#heardInRound = false;
  }

  throwFirst(): void {
    if (this.#first !== undefined) throw this.#first;
  }
}

/** As if nothing were known of any want. */
function knowingNothing(want: Want) {
  const emptyFrom = want.before ?? NEVER;
  return { verdict: { certainty: 'notAsked' }, settled: false, emptyFrom } as const;
}

function countUnits(wants: readonly Want[]): number {
  return new Set(wants.map(({ unitId }) => unitId)).size;
}

function countDone({ wants, standings }: Asking): number {
  const isOpen = (index: number) => ['open', 'listed'].includes(standings[index]?.state ?? 'open');
  return countUnits(wants) - countUnits(wants.filter((_, index) => isOpen(index)));
}

function isWorkerDeath(error: unknown): boolean {
  return error instanceof AppFailure && error.error.code === 'CATALOG_UNAVAILABLE';
}
