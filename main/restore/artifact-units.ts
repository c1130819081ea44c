import type { TenantId, UnitId, UnitKind } from '../../shared/domain/protection-unit.ts';
import { isSessionActive, toArtifactGroup } from '../../shared/domain/restore-session.ts';
import type { Catalog } from '../catalog/index.ts';
import type { FetchedArtifact } from '../graph/index.ts';
import type { RestoreCalls } from './restore-calls.ts';

/** The session that artifacts were read from. */
export interface ArtifactsSession {
  readonly id: string;
  readonly kind: UnitKind;
  /** The plan that this console started it from. */
  readonly planId?: string;
  /** Of one that runs, points that the catalog never heard of are asked for; without a status nothing is asked. */
  readonly status?: string;
}

export interface ArtifactUnitsOptions {
  readonly calls: Pick<RestoreCalls, 'unitsOfPoints'>;
  readonly catalog: Pick<Catalog, 'sessions' | 'units' | 'plans' | 'knowledge'>;
}

/** Rows looked at at once, and what one call to the catalog may name. */
const PAGE = 200;
const NAMED_AT_ONCE = 1_000;
/** Points that are asked for in one reading of a page: ten round trips. What is beyond stays untold, and the review says so. */
const ASKED_AT_MOST = 200;

type Units = Map<FetchedArtifact['id'], UnitId>;
/** Whose the artifacts of a session are, as far as it is known before any answer. */
interface KnownBefore {
  readonly by: 'point' | 'artifact';
  readonly units: ReadonlyMap<string, UnitId>;
}
/** Whose the artifacts of one page are, by the artifacts' ids. */
export type UnitsOfPage = (page: readonly FetchedArtifact[]) => Promise<Units>;

/**
 * Whose each artifact is. No documented answer names an artifact's unit: it names its restore point, and a point belongs to one
 * unit for ever.
 */
export class ArtifactUnits {
  readonly #calls: ArtifactUnitsOptions['calls'];
  readonly #catalog: ArtifactUnitsOptions['catalog'];

  constructor({ calls, catalog }: ArtifactUnitsOptions) {
    this.#calls = calls;
    this.#catalog = catalog;
  }

  /**
   * For one reading of a session, page by page: the unit of each artifact, by its id: as the answer names it after all; in a session
   * of ours by the point that the plan chose; as it was told before; by what the catalog knows of the point; and, while the session
   * runs, by asking the service for the point. An artifact of which none of these tells is left out.
   *
   * @throws AppFailure where the catalog can't be read; a service that does not tell is no failure
   */
  reading(tenantId: TenantId, session: ArtifactsSession, signal?: AbortSignal): UnitsOfPage {
    // The same for all pages, and of a large session too much to be read for each.
    let known: Promise<KnownBefore> | undefined;
    const knownBefore = (): Promise<KnownBefore> => (known ??= this.#knownBefore(tenantId, session));
    return async page => await this.#of(tenantId, session, page, knownBefore, signal);
  }

  async #of(
    tenantId: TenantId,
    session: ArtifactsSession,
    page: readonly FetchedArtifact[],
    knownBefore: () => Promise<KnownBefore>,
    signal: AbortSignal | undefined,
  ): Promise<Units> {
    const units: Units = new Map();
    for (const { id, unitId } of page) if (unitId !== undefined) units.set(id, unitId);
    const left = (): FetchedArtifact[] => page.filter(({ id }) => !units.has(id));
    if (left().length > 0) {
      const known = await knownBefore();
      if (known.by === 'point') addByPoint(units, left(), known.units);
      else
        for (const { id } of left()) {
          const unitId = known.units.get(id);
          if (unitId !== undefined) units.set(id, unitId);
        }
    }
    if (left().length > 0) addByPoint(units, left(), await this.#known(tenantId, session.kind, left()));
    if (session.status !== undefined && isSessionActive(session.status)) {
      // What has ended keeps no unit from being restored.
      const running = left().filter(({ status }) => !hasEnded(status));
      if (running.length > 0) addByPoint(units, running, await this.#asked(tenantId, running, signal));
    }
    return units;
  }

  async #knownBefore(tenantId: TenantId, { id, planId }: ArtifactsSession): Promise<KnownBefore> {
    return planId === undefined
      ? { by: 'artifact', units: await this.#toldBefore(tenantId, id) }
      : { by: 'point', units: await this.#chosenIn(planId) };
  }

  async #chosenIn(planId: string): Promise<Map<string, UnitId>> {
    const byPoint = new Map<string, UnitId>();
    for (let offset = 0; ; offset += PAGE) {
      const { rows } = await this.#catalog.plans.listUnits({ planId, window: { offset, limit: PAGE } });
      for (const { unitId, chosen } of rows) if (chosen !== undefined) byPoint.set(chosen.id, unitId);
      if (rows.length < PAGE) return byPoint;
    }
  }

  async #toldBefore(tenantId: TenantId, sessionId: string): Promise<Units> {
    const units: Units = new Map();
    for (let offset = 0; ; offset += PAGE) {
      const window = { offset, limit: PAGE };
      const { rows } = await this.#catalog.sessions.listArtifacts({ tenantId, sessionId, window });
      for (const { id, unitId } of rows) if (unitId !== undefined) units.set(id, unitId);
      if (rows.length < PAGE) return units;
    }
  }

  async #known(
    tenantId: TenantId,
    kind: UnitKind,
    artifacts: readonly FetchedArtifact[],
  ): Promise<Map<string, UnitId>> {
    const points = artifacts.flatMap(({ restorePointId: id, restorePointAt: at }) =>
      id === undefined ? [] : at === undefined ? { id } : { id, at },
    );
    const byPoint = new Map<string, UnitId>();
    for (let from = 0; from < points.length; from += NAMED_AT_ONCE) {
      const some = points.slice(from, from + NAMED_AT_ONCE);
      for (const { restorePointId, unitId } of await this.#catalog.knowledge.unitsOfPoints({
        tenantId,
        kind,
        points: some,
      }))
        byPoint.set(restorePointId, unitId);
    }
    return byPoint;
  }

  async #asked(
    tenantId: TenantId,
    artifacts: readonly FetchedArtifact[],
    signal: AbortSignal | undefined,
  ): Promise<Map<string, UnitId>> {
    const pointIds = [...new Set(artifacts.flatMap(({ restorePointId }) => restorePointId ?? []))];
    if (pointIds.length === 0) return new Map();
    const options = signal === undefined ? {} : { signal };
    const told = await this.#calls.unitsOfPoints(tenantId, pointIds.slice(0, ASKED_AT_MOST), options);
    const known = await this.#catalog.units.byIds(tenantId, [...new Set(told.values())]);
    const ids = new Set(known.map(({ id }) => id));
    // A unit that the catalog has never seen may be another name of one that it knows, so it is as good as untold.
    return new Map([...told].filter(([, unitId]) => ids.has(unitId)));
  }
}

function hasEnded(status: string): boolean {
  const group = toArtifactGroup(status);
  return group === 'succeeded' || group === 'failed';
}

function addByPoint(units: Units, artifacts: readonly FetchedArtifact[], byPoint: ReadonlyMap<string, UnitId>): void {
  for (const { id, restorePointId } of artifacts) {
    const unitId = restorePointId === undefined ? undefined : byPoint.get(restorePointId);
    if (unitId !== undefined) units.set(id, unitId);
  }
}
