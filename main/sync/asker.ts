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
  /** Told after each write of answers. */
  readonly onPointsChanged: (tenantId: TenantId) => void;
}

export interface AskOf {
  readonly tenantId: TenantId;
  readonly priority: AskPriority;
  readonly signal: AbortSignal;
  readonly reporter: AskReporter;
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

  /** Asks what is wanted and not known. @returns how many units can't be settled by asking */
  async ask(wanted: CatalogWanted, of: AskOf): Promise<{ readonly unsettled: number }> {
    for (let deaths = 0; ;) {
      const turn = await this.#takeTurn(of);
      try {
        const result = await this.#askInTurn(wanted, of, turn);
        if (result !== undefined) return result;
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

  /** @returns `undefined` where the turn was given up to a person */
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
      const wave = questions.slice(first, first + QUESTIONS_A_WAVE);
      const result = await askWave(this.#parts, of.tenantId, wave, of.signal);
      of.reporter.asked(wave);
      const heard = result.replies.flatMap((reply, index) =>
        reply === undefined ? [] : [{ question: first + index, reply }],
      );
      if (heard.some(({ reply }) => reply !== 'failed')) {
        await write(heard);
        this.#parts.onPointsChanged(of.tenantId);
      } else if (heard.length > 0) await write(heard);
      health.note(
        result,
        heard.flatMap(({ reply }) => (reply === 'failed' ? [] : [reply])),
      );
      if (result.final !== undefined) throw result.final;
      replies.push(...result.replies.map(reply => reply ?? 'failed'));
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
