import type { AppError } from '../../shared/contract/errors.ts';
import type { Plan } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { hasSessionEnded } from '../../shared/domain/restore-session.ts';
import { HOUR, MINUTE, type UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import { isNotFound } from './draft-reading.ts';
import type { RestoreCalls } from './restore-calls.ts';
import type { SessionReader } from './session-reader.ts';

export interface PlanFollowerOptions {
  readonly calls: Pick<RestoreCalls, 'listSessions'>;
  readonly catalog: {
    readonly plans: Pick<Catalog['plans'], 'get' | 'change' | 'sessionsOf'>;
    readonly sessions: Pick<Catalog['sessions'], 'find' | 'setNextAskAt'>;
  };
  readonly reader: Pick<SessionReader, 'readSession' | 'readArtifacts'>;
  readonly now: (tenantId: TenantId) => UtcSeconds;
  /** Real milliseconds between two looks at a running session. */
  readonly pollMs: number;
  readonly onPlanChanged: (plan: { readonly id: string; readonly tenantId: TenantId }) => void;
  readonly onSessionsChanged: (tenantId: TenantId) => void;
  readonly onEnded: (plan: Plan) => void;
}

/** The plan that is followed, and who hears of it. */
export interface Followed {
  readonly planId: string;
  readonly tenantId: TenantId;
  readonly signal: AbortSignal;
  /** Waits in real time, or until somebody hurries it. */
  readonly nap: (milliseconds: number) => Promise<void>;
  /** Called after each look at all sessions: with what is not as it should be, where something is. */
  readonly onLooked: (problem: AppError | undefined) => void;
}

/** The service fills in where a restore went up to some 15 minutes late; after this long nobody waits for it any more. */
const PLACES_LATE_SECONDS = 30 * MINUTE;
/**
 * A session that the service does not know is asked about for this long before it counts as gone. The service removes sessions a year
 * after their end; one that is missing earlier is most likely missing only where it was looked for.
 */
const MISSING_SECONDS = HOUR;

/** How one session stands: `missing` where it ran when it was last read, and the service does not know it now. */
type Standing =
  | { readonly is: 'running' | 'missing' }
  | { readonly is: 'ended'; readonly endedAt: UtcSeconds | undefined; readonly allPlacesKnown: boolean };

/** Follows the sessions of a running plan until each has ended. */
export class PlanFollower {
  readonly #options: PlanFollowerOptions;

  constructor(options: PlanFollowerOptions) {
    this.#options = options;
  }

  /**
   * Follows the plan's sessions until each has ended, then a little longer for the places that the service fills in late.
   *
   * @throws GraphError where the service can't be asked: call again later
   */
  async follow({ planId, tenantId, signal, nap, onLooked }: Followed): Promise<void> {
    const { catalog, now, pollMs } = this.#options;
    const missingSince = new Map<string, UtcSeconds>();
    for (;;) {
      signal.throwIfAborted();
      const { standings, problem } = await this.#lookAtAll({ planId, tenantId, signal }, missingSince);
      onLooked(problem);
      const ended = standings.filter(standing => standing.is === 'ended');
      if (ended.length < standings.length) this.#options.onPlanChanged({ id: planId, tenantId });
      else {
        const plan = await catalog.plans.get(planId, now(tenantId));
        if (plan.status === 'running') await this.#end(plan, toEnd(ended.map(({ endedAt }) => endedAt)));
        else if (ended.every(({ allPlacesKnown }) => allPlacesKnown)) return;
        else if (now(tenantId) > (plan.endedAt ?? 0) + PLACES_LATE_SECONDS) return;
      }
      await nap(pollMs);
    }
  }

  /**
   * Looks once at the sessions that the plan has so far, while the others still wait to be drafted or activated: it may be hours until
   * the service takes more of them.
   *
   * @throws GraphError where the service can't be asked
   */
  async glance(plan: Pick<Followed, 'planId' | 'tenantId' | 'signal'>): Promise<void> {
    const { standings } = await this.#lookAtAll(plan, new Map());
    if (standings.length > 0) this.#options.onPlanChanged({ id: plan.planId, tenantId: plan.tenantId });
  }

  async #lookAtAll(
    { planId, tenantId, signal }: Pick<Followed, 'planId' | 'tenantId' | 'signal'>,
    missingSince: Map<string, UtcSeconds>,
  ): Promise<{ readonly standings: readonly Standing[]; readonly problem: AppError | undefined }> {
    const standings: Standing[] = [];
    let problem: AppError | undefined;
    for (const { sessionId, kind } of await this.#options.catalog.plans.sessionsOf(planId)) {
      signal.throwIfAborted();
      const standing = await this.#look(tenantId, { id: sessionId, kind, planId }, missingSince, signal);
      if (standing.is === 'missing') problem ??= { code: 'SESSION_NOT_FOUND', sessionId };
      standings.push(standing);
    }
    this.#options.onSessionsChanged(tenantId);
    return { standings, problem };
  }

  async #look(
    tenantId: TenantId,
    session: { readonly id: string; readonly kind: NonNullable<RestoreSession['kind']>; readonly planId: string },
    missingSince: Map<string, UtcSeconds>,
    signal: AbortSignal,
  ): Promise<Standing> {
    const { catalog, reader, now, pollMs } = this.#options;
    const read = await reader.readSession(tenantId, session.id, signal).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (read === undefined) return await this.#lookForMissing(tenantId, session.id, missingSince, signal);
    missingSince.delete(session.id);
    const { allPlacesKnown } = await reader.readArtifacts(tenantId, session, signal);
    const hasEnded = hasSessionEnded(read.status);
    const next = hasEnded ? undefined : now(tenantId) + Math.max(1, Math.round(pollMs / 1000));
    await catalog.sessions.setNextAskAt(tenantId, session.id, next);
    return hasEnded ? { is: 'ended', endedAt: read.endedAt, allPlacesKnown } : { is: 'running' };
  }

  /** A session that has ended may be gone; one that ran when it was last read is asked about again, and looked for in the list. */
  async #lookForMissing(
    tenantId: TenantId,
    sessionId: string,
    missingSince: Map<string, UtcSeconds>,
    signal: AbortSignal,
  ): Promise<Standing> {
    const { catalog, now } = this.#options;
    const known = await catalog.sessions.find(tenantId, sessionId);
    if (known === undefined || !hasSessionEnded(known.status)) {
      const since = missingSince.get(sessionId) ?? now(tenantId);
      missingSince.set(sessionId, since);
      if (now(tenantId) <= since + MISSING_SECONDS || (await this.#isListed(tenantId, sessionId, signal)))
        return { is: 'missing' };
    }
    await catalog.sessions.setNextAskAt(tenantId, sessionId, undefined);
    return { is: 'ended', endedAt: known?.endedAt, allPlacesKnown: true };
  }

  async #isListed(tenantId: TenantId, sessionId: string, signal: AbortSignal): Promise<boolean> {
    for await (const { id } of this.#options.calls.listSessions(tenantId, { signal }))
      if (id === sessionId) return true;
    return false;
  }

  async #end({ id, tenantId }: Plan, endedAt: UtcSeconds | undefined): Promise<void> {
    const { catalog, now } = this.#options;
    const savedAt = now(tenantId);
    await catalog.plans.change(id, { status: 'done', only: 'running', endedAt: endedAt ?? savedAt, savedAt });
    this.#options.onPlanChanged({ id, tenantId });
    this.#options.onEnded(await catalog.plans.get(id, savedAt));
  }
}

/**
 * When a restore ended: when the last of its sessions did, by the service's word. The console may hear of it much later.
 *
 * @returns `undefined` where some session does not say, or there is none
 */
function toEnd(ends: readonly (UtcSeconds | undefined)[]): UtcSeconds | undefined {
  const known = ends.filter(at => at !== undefined);
  return known.length === ends.length && known.length > 0 ? Math.max(...known) : undefined;
}
