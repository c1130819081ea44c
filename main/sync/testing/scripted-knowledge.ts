import { initialTraits, type Answer, type Question, unitsAsked } from '../../../shared/domain/knowledge/index.ts';
import {
  afterRound,
  nextRound,
  startAsking,
  type Asking,
  type Reply,
  type Round,
  type Want,
} from '../../../shared/domain/planner/index.ts';
import { AppFailure } from '../../../shared/contract/errors.ts';
import type { AskerParts } from '../asker.ts';

type Knowledge = AskerParts['catalog']['knowledge'];

/** The catalog's knowledge, as thin as it can be: a unit is known once any answer spoke of it. The planner is the real one. */
export class ScriptedKnowledge implements Knowledge {
  readonly known = new Set<string>();
  readonly replies: { readonly question: Question | undefined; readonly reply: Reply }[] = [];
  readonly wants: readonly Want[];
  begun = 0;
  ended = 0;
  /** So many calls of `nextRound` from now on fail as if the worker had died. */
  deaths = 0;
  #asking: Asking = startAsking([]);
  #round: Round | undefined;
  #got: Reply[] = [];

  constructor(unitIds: readonly string[]) {
    this.wants = unitIds.map(unitId => ({ unitId, kind: 'any' }));
  }

  beginAsking = async () => {
    this.#asking = startAsking(this.wants);
    this.#round = undefined;
    return { asking: `asking ${++this.begun}` };
  };

  nextRound = async (_: string, now: number) => {
    if (this.deaths > 0) {
      this.deaths -= 1;
      throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' });
    }
    if (this.#round !== undefined) this.#asking = afterRound(this.#round, this.#got);
    this.#got = [];
    this.#round = nextRound(
      this.#asking,
      ({ unitId }) => ({ verdict: { certainty: 'notAsked' }, settled: this.known.has(unitId), emptyFrom: now }),
      initialTraits,
      now,
    );
    this.#asking = this.#round.asking;
    const unsettled = this.#asking.standings.filter(({ state }) => state === 'failed' || state === 'unanswered').length;
    return {
      questions: this.#round.questions.map(({ question }) => question),
      unitsDone: this.known.size,
      unitsTotal: this.wants.length,
      unsettled,
    };
  };

  reply: Knowledge['reply'] = async (_, replies) => {
    for (const { question, reply } of replies) {
      this.#got[question] = reply;
      this.replies.push({ question: this.#round?.questions[question]?.question, reply });
      if (reply !== 'failed') this.#learn(reply);
    }
  };

  apply: Knowledge['apply'] = async ({ answers }) => {
    for (const answer of answers) this.#learn(answer);
    return { units: answers.length };
  };

  traits = async () => initialTraits;

  endAsking = async () => {
    this.ended += 1;
  };

  #learn(answer: Answer): void {
    const told = new Set([...answer.noResultUnitIds, ...answer.points.map(({ unitId }) => unitId)]);
    for (const unitId of unitsAsked(answer.question)) if (told.has(unitId)) this.known.add(unitId);
  }
}
