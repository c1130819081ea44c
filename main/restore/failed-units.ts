import type { Plan } from '../../shared/contract/plans.ts';
import type { UnitId } from '../../shared/domain/protection-unit.ts';
import type { Catalog } from '../catalog/index.ts';
import type { SessionReader } from './session-reader.ts';

export interface FailedUnitsOptions {
  readonly catalog: {
    readonly plans: Pick<Catalog['plans'], 'list' | 'listUnits' | 'units' | 'sessionsOf'>;
    readonly sessions: Pick<Catalog['sessions'], 'artifactsComplete' | 'listArtifacts'>;
  };
  readonly reader: Pick<SessionReader, 'readSession' | 'readArtifacts'>;
}

/** Units of a plan that may be tried again. */
export interface Retriable {
  /** With the service's code. */
  readonly failed: ReadonlyMap<UnitId, string>;
  /** Retries of the plan that restored the other failed ones, or are restoring them; none where no unit was left out for it. */
  readonly retriedIn: readonly Plan[];
}

const PAGE = 200;

/** Which units of a plan failed, and which of them no retry has taken care of. */
export class FailedUnits {
  readonly #catalog: FailedUnitsOptions['catalog'];
  readonly #reader: FailedUnitsOptions['reader'];

  constructor({ catalog, reader }: FailedUnitsOptions) {
    this.#catalog = catalog;
    this.#reader = reader;
  }

  /**
   * The failed units of a plan that are still to be restored: not those that a retry of it, or a retry of a retry, was sent with and
   * did not fail as well. Sent and not heard of yet counts as being restored: nothing is restored twice for want of an answer.
   *
   * @throws GraphError where the catalog does not know what became of a session, and the service can't be asked
   */
  async retriable(plan: Plan): Promise<Retriable> {
    const failed = await this.#of(plan);
    const retriedIn: Plan[] = [];
    for (const retry of failed.size === 0 ? [] : await this.#retriesOf(plan)) {
      const failedAgain = await this.#of(retry);
      const taken = await this.#sentWith(retry, [...failed.keys()]);
      const done = taken.filter(unitId => !failedAgain.has(unitId));
      for (const unitId of done) failed.delete(unitId);
      if (done.length > 0) retriedIn.push(retry);
    }
    return { failed, retriedIn };
  }

  /** Sent retries of the plan, and of its retries. */
  async #retriesOf({ id, tenantId }: Plan): Promise<Plan[]> {
    // Which time is asked about does not matter here: only origins and statuses are looked at.
    const plans = await this.#catalog.plans.list({ tenantId, now: 0 });
    const origins = new Set([id]);
    const retries: Plan[] = [];
    // A retry is made after what it retries, so that the oldest first meets each origin before its retries.
    for (const plan of plans.toReversed()) {
      if (plan.retryOf === undefined || !origins.has(plan.retryOf)) continue;
      origins.add(plan.id);
      if (plan.status !== 'draft') retries.push(plan);
    }
    return retries;
  }

  /** Those of the units that the plan was sent with: it holds a point for them. */
  async #sentWith({ id }: Plan, unitIds: readonly UnitId[]): Promise<UnitId[]> {
    const sent: UnitId[] = [];
    for (let from = 0; from < unitIds.length; from += PAGE)
      for (const { unitId, chosen } of await this.#catalog.plans.units(id, unitIds.slice(from, from + PAGE)))
        if (chosen !== undefined) sent.push(unitId);
    return sent;
  }

  /** Refused at the start, or failed in their session; each with the service's code. */
  async #of({ id: planId, tenantId }: Plan): Promise<Map<UnitId, string>> {
    const failed = new Map<UnitId, string>();
    for (let offset = 0; ; offset += PAGE) {
      const window = { offset, limit: PAGE };
      const { rows } = await this.#catalog.plans.listUnits({ planId, only: 'refused', window });
      for (const { unitId, refused } of rows) if (refused !== undefined) failed.set(unitId, refused.code);
      if (rows.length < PAGE) break;
    }
    for (const { sessionId, kind } of await this.#catalog.plans.sessionsOf(planId)) {
      // A cache that was filled anew has the sessions and not what became of each unit: no word of a failure is no success.
      if (!(await this.#catalog.sessions.artifactsComplete(tenantId, sessionId))) {
        await this.#reader.readSession(tenantId, sessionId);
        await this.#reader.readArtifacts(tenantId, { id: sessionId, kind, planId });
      }
      for (let offset = 0; ; offset += PAGE) {
        const window = { offset, limit: PAGE };
        const { rows } = await this.#catalog.sessions.listArtifacts({ tenantId, sessionId, only: 'failed', window });
        for (const { unitId, error } of rows) if (unitId !== undefined) failed.set(unitId, error?.code ?? 'unknown');
        if (rows.length < PAGE) break;
      }
    }
    return failed;
  }
}
