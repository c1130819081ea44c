import type { Plan, PlanReview, PlanUnit } from '../../shared/contract/plans.ts';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import { type TenantId, type UnitId, type UnitKind, unitKinds } from '../../shared/domain/protection-unit.ts';
import { estimateRestore } from '../../shared/domain/restore-estimate.ts';
import { countRequests, packSessions, type RestoreItem } from '../../shared/domain/restore-packing.ts';
import { isSessionActive } from '../../shared/domain/restore-session.ts';
import { EXPIRY_MARGIN } from '../../shared/domain/knowledge/index.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import type { Catalog } from '../catalog/index.ts';
import { GraphError } from '../graph/index.ts';
import type { TenantStanding } from './plan-asking.ts';
import { median } from './plan-figures.ts';
import { isUncertain } from './plan-rule.ts';
import { EXPIRES_SOON_SECONDS, type NamedUnit, type PreflightFacts, toFindings } from './preflight.ts';
import type { SessionReader } from './session-reader.ts';

const PAGE = 200;
/** Units whose sessions are looked up at once. */
const UNITS_PAGE = 1_000;

export interface PlanReviewerOptions {
  readonly catalog: Pick<Catalog, 'plans' | 'sessions' | 'tenants'>;
  readonly standing: TenantStanding;
  readonly reader: SessionReader;
  readonly now: (tenantId: TenantId) => UtcSeconds;
}

/** What a plan holds, gathered in one pass over its units. */
export interface PlanContents {
  readonly items: readonly RestoreItem[];
  /** Names of units without a point. */
  readonly leftOut: readonly string[];
  readonly expired: readonly NamedUnit[];
  readonly expiring: { readonly units: number; readonly firstAt?: UtcSeconds };
  readonly uncertainUnits: number;
  readonly perKind: Readonly<Record<UnitKind, { units: number; restorable: number; losses: number[]; upTo: boolean }>>;
}

/** Looks at a plan and at the service as they are now, and says what a technician must know before starting. */
export class PlanReviewer {
  readonly #options: PlanReviewerOptions;

  constructor(options: PlanReviewerOptions) {
    this.#options = options;
  }

  /**
   * @param changed units for which asking again found another point than the one reviewed
   * @throws AppFailure where the catalog fails; a service that can't be reached is a finding
   */
  async review(
    plan: Plan,
    options: { readonly changed?: readonly NamedUnit[]; readonly signal?: AbortSignal } = {},
  ): Promise<{ readonly review: PlanReview; readonly contents: PlanContents }> {
    const { catalog, standing, now } = this.#options;
    const { tenantId } = plan;
    const withSignal = options.signal === undefined ? {} : { signal: options.signal };
    const contents = await this.#contents(plan);
    const tenant = await standing.forRestore(tenantId, withSignal);
    const canAsk = tenant.online && !tenant.signInNeeded;
    const sessionsRead = canAsk && (await this.#readActiveSessions(tenantId, options.signal));
    const sessions = (await catalog.sessions.list(tenantId)).filter(session => isSessionActive(session.status));
    const parts = packSessions(contents.items);
    const countOf = (kind: UnitKind): number => contents.perKind[kind].restorable;
    const findings = toFindings({
      now: now(tenantId),
      online: tenant.online,
      signInNeeded: tenant.signInNeeded,
      ...(tenant.readOnly === undefined ? {} : { readOnly: tenant.readOnly }),
      destination: plan.destination ?? 'new',
      controller: tenant.controller,
      ...(tenant.service === undefined ? {} : { service: tenant.service }),
      ...(tenant.roleIds === undefined ? {} : { roleIds: tenant.roleIds }),
      ...(tenant.missingScopes === undefined ? {} : { missingScopes: tenant.missingScopes }),
      busy: await this.#ofItems(contents.items, unitIds => catalog.sessions.busyUnits(tenantId, unitIds)),
      restoredSince: await this.#restoredSince(plan, contents.items),
      ...(sessionsRead
        ? {
            activeSessions: sessions.map(({ kind, counts }) => ({
              ...(kind === undefined ? {} : { kind }),
              artifacts: counts.total - counts.succeeded - counts.failed,
            })),
          }
        : {}),
      untoldSessions: sessionsRead ? await this.#countUntold(tenantId, sessions) : 0,
      sessionsWanted: parts.length,
      artifacts: { site: countOf('site'), drive: countOf('drive'), mailbox: countOf('mailbox') },
      expiring: contents.expiring,
      expired: contents.expired,
      uncertainUnits: contents.uncertainUnits,
      leftOut: contents.leftOut,
      changed: options.changed ?? [],
    });
    const review: PlanReview = {
      plan,
      tenantName: (await catalog.tenants.get(tenantId)).displayName,
      checkedAt: now(tenantId),
      findings,
      perKind: unitKinds.filter(kind => contents.perKind[kind].units > 0).map(kind => toKindRow(kind, contents)),
      sessions: parts.length,
      requests: countRequests(parts),
      ...(sessionsRead ? { activeSessions: sessions.length } : {}),
    };
    return { review, contents };
  }

  /**
   * All sessions, and the artifacts of those that have begun and not ended: whose units are being restored.
   *
   * @returns false where the service refuses to tell: whoever does not control the tenant may not list its sessions, and the
   *   review says so by other findings
   */
  async #readActiveSessions(tenantId: TenantId, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      await this.#readSessions(tenantId, signal);
      return true;
    } catch (error) {
      if (error instanceof GraphError && error.status === 403) return false;
      throw error;
    }
  }

  async #readSessions(tenantId: TenantId, signal: AbortSignal | undefined): Promise<void> {
    const { catalog, reader } = this.#options;
    await reader.readAll(tenantId, signal);
    for (const { id, kind, planId, status } of await catalog.sessions.list(tenantId)) {
      if (!isSessionActive(status) || kind === undefined) continue;
      const session = planId === undefined ? { id, kind, status } : { id, kind, status, planId };
      await reader.readArtifacts(tenantId, session, signal);
    }
  }

  /** How many of the sessions hold an artifact, not ended yet, of which nobody says what unit it is. */
  async #countUntold(tenantId: TenantId, sessions: readonly RestoreSession[]): Promise<number> {
    let untold = 0;
    for (const { id } of sessions) if (!(await this.#tellsUnits(tenantId, id))) untold += 1;
    return untold;
  }

  async #tellsUnits(tenantId: TenantId, sessionId: string): Promise<boolean> {
    const { sessions } = this.#options.catalog;
    for (const only of ['inProgress', 'waiting'] as const)
      for (let offset = 0, isLast = false; !isLast; offset += PAGE) {
        const window = { offset, limit: PAGE };
        const { rows } = await sessions.listArtifacts({ tenantId, sessionId, only, window });
        if (rows.some(({ unitId }) => unitId === undefined)) return false;
        isLast = rows.length < PAGE;
      }
    // A session that shows no artifacts (of single files, or of a kind that this version does not know) tells nothing either.
    const { total } = await sessions.listArtifacts({ tenantId, sessionId, window: { offset: 0, limit: 1 } });
    return total > 0;
  }

  /** Units that some session restored after this plan's incident, as far as anybody has read it. */
  async #restoredSince(
    { tenantId, incidentAt }: Plan,
    items: readonly RestoreItem[],
  ): Promise<PreflightFacts['restoredSince']> {
    if (incidentAt === undefined) return [];
    const { sessions } = this.#options.catalog;
    return await this.#ofItems(items, unitIds => sessions.restoredSince(tenantId, unitIds, incidentAt));
  }

  async #ofItems<T>(items: readonly RestoreItem[], find: (unitIds: UnitId[]) => Promise<readonly T[]>): Promise<T[]> {
    const found: T[] = [];
    for (let from = 0; from < items.length; from += UNITS_PAGE)
      found.push(...(await find(items.slice(from, from + UNITS_PAGE).map(({ unitId }) => unitId))));
    return found;
  }

  async #contents(plan: Plan): Promise<PlanContents> {
    const now = this.#options.now(plan.tenantId);
    const items: RestoreItem[] = [];
    const leftOut: string[] = [];
    const expired: NamedUnit[] = [];
    let soon = 0;
    let firstAt: UtcSeconds | undefined;
    let uncertainUnits = 0;
    const perKind: Record<UnitKind, { units: number; restorable: number; losses: number[]; upTo: boolean }> = {
      site: { units: 0, restorable: 0, losses: [], upTo: false },
      drive: { units: 0, restorable: 0, losses: [], upTo: false },
      mailbox: { units: 0, restorable: 0, losses: [], upTo: false },
    };
    for await (const { unitId, kind, name, chosen, chosenBy, newest, loss } of this.#rows(plan.id)) {
      const ofKind = perKind[kind];
      ofKind.units += 1;
      if (chosen === undefined) {
        leftOut.push(name);
        continue;
      }
      items.push({ unitId, kind, restorePointId: chosen.id });
      ofKind.restorable += 1;
      if (loss !== undefined) {
        ofKind.losses.push(loss.seconds);
        ofKind.upTo ||= loss.upTo;
      }
      if (chosenBy === 'rule' && isUncertain(newest)) uncertainUnits += 1;
      if (chosen.expiresAt <= now + EXPIRY_MARGIN) expired.push({ unitId, name });
      else if (chosen.expiresAt <= now + EXPIRES_SOON_SECONDS) {
        soon += 1;
        firstAt = Math.min(firstAt ?? chosen.expiresAt, chosen.expiresAt);
      }
    }
    const expiring = firstAt === undefined ? { units: soon } : { units: soon, firstAt };
    return { items, leftOut, expired, expiring, uncertainUnits, perKind };
  }

  async *#rows(planId: string): AsyncGenerator<PlanUnit> {
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = await this.#options.catalog.plans.listUnits({ planId, window: { offset, limit: PAGE } });
      yield* rows;
      if (rows.length < PAGE) return;
    }
  }
}

function toKindRow(kind: UnitKind, contents: PlanContents): PlanReview['perKind'][number] {
  const { units, restorable, losses, upTo } = contents.perKind[kind];
  const medianSeconds = median(losses);
  const estimate = estimateRestore(kind, restorable);
  return {
    kind,
    units,
    restorable,
    ...(medianSeconds === undefined ? {} : { loss: { medianSeconds, maxSeconds: Math.max(...losses), upTo } }),
    ...(estimate === undefined ? {} : { estimate }),
  };
}
