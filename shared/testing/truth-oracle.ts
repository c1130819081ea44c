import { compareInstants } from '../domain/knowledge/index.ts';
import type { Certainty, KnownPoint, NewestNow, PointKind } from '../domain/knowledge/index.ts';
import { MINUTE } from '../domain/time.ts';
import type { UtcSeconds } from '../domain/time.ts';
import type { ServiceModel, Served, TruePoint } from './service-model.ts';

/** A claim to be judged: a verdict about the newest point before a time, over all ids of one owner. */
export interface ClaimMade {
  readonly verdict: Certainty;
  readonly unitIds: readonly string[];
  readonly kind: PointKind;
  readonly before: UtcSeconds;
  /** The client's idea of service time. */
  readonly now: UtcSeconds;
}

/**
 * Judges what is claimed by the whole truth: for each claim all points of the model are filtered anew. It knows nothing of proofs.
 */
export class TruthOracle {
  readonly #service: ServiceModel;
  /** When the service really looked, for each unit and asked-at: what it showed is judged by that moment. */
  readonly #looks = new Map<string, Set<UtcSeconds>>();

  constructor(service: ServiceModel) {
    this.#service = service;
  }

  noteLook({ answer, lookedAt }: Served): void {
    const { question } = answer;
    for (const unitId of question.form === 'list' ? [question.unitId] : question.unitIds) {
      const key = `${unitId} ${answer.askedAt}`;
      this.#looks.set(key, (this.#looks.get(key) ?? new Set()).add(lookedAt));
    }
  }

  /** What is wrong with a claim; `undefined`: nothing. */
  faultOf(claim: ClaimMade): string | undefined {
    const { verdict, unitIds, kind, before } = claim;
    const truth = unitIds
      .flatMap(unitId => this.#service.truth(unitId, kind, before))
      .toSorted((a, b) => compareInstants(b, a));
    const [newest] = truth;
    switch (verdict.certainty) {
      case 'exact':
        if (newest === undefined || compareInstants(newest, verdict.point) !== 0) return 'exact is not the truth';
        return verdict.holdsUntil <= claim.now ? 'exact holds no longer' : undefined;
      case 'none':
        return newest === undefined ? undefined : 'none is not the truth';
      case 'atLeast': {
        // The truth holds only points before the time: the incident, say.
        if (!isAmong(verdict.point, truth)) return 'at least names a point that is not there, or not before the time';
        if (newest === undefined || compareInstants(newest, verdict.point) < 0)
          return 'at least is newer than the truth';
        const { from, to } = verdict.unproven;
        const isNamed = newest.at >= from && newest.at < to;
        return compareInstants(newest, verdict.point) === 0 || isNamed
          ? undefined
          : 'the truth lies outside the unproven stretch';
      }
      case 'shownAt':
        if (verdict.point !== undefined && !isAmong(verdict.point, truth))
          return 'shown names a point that is not there';
        return this.#wasShown(unitIds, kind, before, verdict.askedAt, verdict.point) ? undefined : 'this was not shown';
      case 'notAsked':
        return undefined;
    }
  }

  /** What is wrong with what a view would say of the newest point of all. */
  faultOfNow(said: NewestNow, unitId: string, kind: PointKind, now: UtcSeconds): string | undefined {
    switch (said.state) {
      case 'current':
        if (now - said.askedAt >= 10 * MINUTE) return 'called current too long';
        return this.#wasShown([unitId], kind, Infinity, said.askedAt, said.point)
          ? undefined
          : 'this was not shown as current';
      case 'orNewer': {
        const isThere = isAmong(said.point, this.#service.truth(unitId, kind, Infinity));
        return isThere ? undefined : '"or newer" names a point that is not there';
      }
      case 'noneAt': {
        const shown = this.#wasShown([unitId], kind, Infinity, said.askedAt, undefined);
        const isProven = this.#service.truth(unitId, kind, said.askedAt).length === 0;
        return shown || isProven ? undefined : 'none at that time, but there was one';
      }
      case 'notAsked':
        return undefined;
    }
  }

  /** Whether the service, at one of the moments asked at, showed this point (or none) as the newest before a time. */
  #wasShown(
    unitIds: readonly string[],
    kind: PointKind,
    before: UtcSeconds,
    askedAt: UtcSeconds,
    point: KnownPoint | undefined,
  ): boolean {
    return unitIds.some(unitId =>
      [...(this.#looks.get(`${unitId} ${askedAt}`) ?? [])].some(lookedAt => {
        const [shown] = this.#service.visible(unitId, kind, before, lookedAt);
        if (shown === undefined || point === undefined) return shown === point;
        return compareInstants(shown, point) === 0;
      }),
    );
  }
}

function isAmong(point: KnownPoint, truth: readonly TruePoint[]): boolean {
  return truth.some(one => one.id === point.id && compareInstants(one, point) === 0);
}
