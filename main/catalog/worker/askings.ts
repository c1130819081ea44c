import { randomUUID } from 'node:crypto';
import type { Assessment, Question, ServiceTraits } from '../../../shared/domain/knowledge/index.ts';
import {
  afterRound,
  afterWindowRound,
  boundOfWant,
  nextRound,
  nextWindowRound,
  startAsking,
} from '../../../shared/domain/planner/index.ts';
import type {
  Asking,
  Reply,
  Round,
  Want,
  WantState,
  WindowAsking,
  WindowRound,
} from '../../../shared/domain/planner/index.ts';
import { AppFailure } from '../../../shared/contract/errors.ts';
import type { UtcSeconds } from '../../../shared/domain/time.ts';
import type { AskingRound } from '../api/knowledge.ts';
import type { UnitId } from '../repositories/units.ts';
import type { Sliced } from './slices.ts';

/** A want, and the key and kind of its unit. */
export interface KeyedWant extends Pick<UnitId, 'key' | 'kind'> {
  readonly want: Want;
}

/** What an asking needs of the catalog: what is known now of each want, in their order. */
export type View = (wants: readonly KeyedWant[], now: UtcSeconds) => Sliced<Assessment[]>;

interface Pending {
  readonly questions: readonly Question[];
  readonly replies: Map<number, Reply>;
}

/** One asking under way: the planner's value, and the replies to its round so far. */
interface Under {
  readonly tenantId: string;
  pending: Pending | undefined;
  /** Takes down the replies of the round before, and plans the next. */
  plan(
    replies: readonly Reply[] | undefined,
    traits: ServiceTraits,
    now: UtcSeconds,
  ): Sliced<{ questions: readonly Question[]; result: AskingRound }>;
}

/** Judged beforehand, in slices: the planner itself looks at all wants in one go. */
export function* viewOf(wants: readonly KeyedWant[], view: View, now: UtcSeconds): Sliced<(want: Want) => Assessment> {
  const assessments = yield* view(wants, now);
  const verdicts = new Map(wants.map(({ want }, index) => [want, assessments[index]]));
  return want =>
    verdicts.get(want) ?? {
      verdict: { certainty: 'notAsked' },
      settled: false,
      emptyFrom: boundOfWant(want),
    };
}

const isOpen = (state: WantState | undefined): boolean => state === 'open' || state === 'listed';

const figures = (asking: Asking): Omit<AskingRound, 'questions'> => {
  const all = new Set<string>();
  const open = new Set<string>();
  const unsettled = new Set<string>();
  for (const [index, want] of asking.wants.entries()) {
    all.add(want.unitId);
    const state = asking.standings[index]?.state;
    if (isOpen(state)) open.add(want.unitId);
    if (state === 'unanswered' || state === 'failed') unsettled.add(want.unitId);
  }
  return { unitsDone: all.size - open.size, unitsTotal: all.size, unsettled: unsettled.size };
};

const wantsUnder = (tenantId: string, wants: readonly KeyedWant[], view: View): Under => {
  let asking = startAsking(wants.map(({ want }) => want));
  let round: Round | undefined;
  return {
    tenantId,
    pending: undefined,
    *plan(replies, traits, now) {
      if (round !== undefined && replies !== undefined) asking = afterRound(round, replies);
      // The planner asks about no others.
      const open = wants.filter((_, index) => isOpen(asking.standings[index]?.state));
      const judged = yield* viewOf(open, view, now);
      round = nextRound(asking, judged, traits, now);
      asking = round.asking;
      const questions = round.questions.map(planned => planned.question);
      return { questions, result: { questions, ...figures(asking) } };
    },
  };
};

const windowUnder = (tenantId: string, start: WindowAsking): Under => {
  let asking = start;
  let round: WindowRound | undefined;
  return {
    tenantId,
    pending: undefined,
    *plan(replies, traits) {
      yield;
      if (round !== undefined && replies !== undefined) asking = afterWindowRound(round, replies);
      round = nextWindowRound(asking, traits);
      asking = round.asking;
      const questions = round.questions.map(planned => planned.question);
      const isDone = questions.length === 0;
      return { questions, result: { questions, unitsDone: isDone ? 1 : 0, unitsTotal: 1, unsettled: 0 } };
    },
  };
};

/**
 * The askings under way in this worker. Nothing of them is on disk: what was answered is known, and an asking that is lost is
 * begun again.
 */
export const askings = () => {
  const all = new Map<string, Under>();
  const add = (under: Under): string => {
    const id = randomUUID();
    all.set(id, under);
    return id;
  };
  /** @throws AppFailure CATALOG_UNAVAILABLE where it was lost with an earlier worker, or ended */
  const find = (id: string): Under => {
    const under = all.get(id);
    if (under === undefined) throw new AppFailure({ code: 'CATALOG_UNAVAILABLE' });
    return under;
  };
  return {
    beginWants: (tenantId: string, wants: readonly KeyedWant[], view: View): string =>
      add(wantsUnder(tenantId, wants, view)),
    beginWindow: (tenantId: string, asking: WindowAsking): string => add(windowUnder(tenantId, asking)),
    tenantOf: (id: string): string => find(id).tenantId,
    *next(id: string, traits: ServiceTraits, now: UtcSeconds): Sliced<AskingRound> {
      const under = find(id);
      const { pending } = under;
      const replies = pending?.questions.map((_, index): Reply => pending.replies.get(index) ?? 'failed');
      under.pending = undefined;
      const { questions, result } = yield* under.plan(replies, traits, now);
      under.pending = { questions, replies: new Map() };
      return result;
    },
    /** Takes down replies to the round. */
    reply: (id: string, replies: readonly { readonly question: number; readonly reply: Reply }[]): void => {
      const { pending } = find(id);
      for (const { question, reply } of replies) {
        if (pending?.questions[question] !== undefined) pending.replies.set(question, reply);
      }
    },
    end: (id: string): void => {
      all.delete(id);
    },
    endAllOf: (tenantId: string): void => {
      for (const [id, under] of all) if (under.tenantId === tenantId) all.delete(id);
    },
  };
};
export type Askings = ReturnType<typeof askings>;
