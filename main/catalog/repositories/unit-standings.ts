import type { KindStanding } from '../../../shared/contract/tenants.ts';
import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import { HOUR } from '../../../shared/domain/time.ts';
import type { WritableDb } from '../worker/database.ts';
import type { TenantKey } from './tenants.ts';

/** A newest point older than this when it was asked for is late: six intervals were missed, and points show within an hour. */
const LATE_AFTER = HOUR;
/** First points normally show within this time of a unit's protection. */
const FIRST_POINT_WITHIN = HOUR;

interface StandingRow {
  readonly tenant: TenantKey;
  readonly kind: UnitKind;
  readonly units: number;
  readonly protected: number;
  readonly inError: number;
  readonly withoutPoint: number;
  readonly withoutPointSinceAt: number | null;
  readonly notAsked: number;
  readonly late: number;
  readonly lateOldestAt: number | null;
  readonly stalestAt: number | null;
  readonly stalestAskedAt: number | null;
}

const IS_LATE = `u.status = 'protected' AND u.newest_asked_at - u.newest_at > ${LATE_AFTER}`;
const IS_WITHOUT_POINT = `u.status = 'protected' AND u.newest_at IS NULL AND u.newest_none = 1
  AND coalesce(u.protected_since_at, 0) <= w.value ->> 1 - ${FIRST_POINT_WITHIN}`;

/**
 * Across all tenants that are named, each with its now: who asks says so. Exported so that a test can hold the plan. Of units that share
 * the oldest newest point one fresh answer is enough: the others can only be newer.
 */
export const standingsQuery = `
  SELECT g.*, (SELECT max(s.newest_asked_at) FROM unit s
      WHERE s.tenant = g.tenant AND s.kind = g.kind AND s.newest_at = g.stalestAt
        AND s.status = 'protected' AND s.gone_at IS NULL) AS stalestAskedAt
  FROM (
    SELECT u.tenant, u.kind, count(*) AS units, count(*) FILTER (WHERE u.status = 'protected') AS protected,
      count(*) FILTER (WHERE u.error_code IS NOT NULL) AS inError,
      count(*) FILTER (WHERE ${IS_WITHOUT_POINT}) AS withoutPoint,
      min(u.protected_since_at) FILTER (WHERE ${IS_WITHOUT_POINT}) AS withoutPointSinceAt,
      count(*) FILTER (WHERE u.newest_at IS NULL AND u.newest_none = 0) AS notAsked,
      count(*) FILTER (WHERE ${IS_LATE}) AS late, min(u.newest_at) FILTER (WHERE ${IS_LATE}) AS lateOldestAt,
      min(u.newest_at) FILTER (WHERE u.status = 'protected') AS stalestAt
    FROM json_each(?1) w CROSS JOIN unit u INDEXED BY unit_standing ON u.tenant = w.value ->> 0 AND u.gone_at IS NULL
    GROUP BY u.tenant, u.kind
  ) g`;

const toStanding = (row: StandingRow): KindStanding => ({
  kind: row.kind,
  units: row.units,
  protected: row.protected,
  inError: row.inError,
  withoutPoint: {
    units: row.withoutPoint,
    ...(row.withoutPointSinceAt === null ? {} : { sinceAt: row.withoutPointSinceAt }),
  },
  notAsked: row.notAsked,
  late: { units: row.late, ...(row.lateOldestAt === null ? {} : { oldestAt: row.lateOldestAt }) },
  ...(row.stalestAt === null
    ? {}
    : {
        stalest: {
          at: row.stalestAt,
          ...(row.stalestAskedAt === null ? {} : { askedAt: row.stalestAskedAt }),
        },
      }),
});

interface TroubledRow {
  readonly key: number;
  readonly isLate: number;
  readonly isWithoutPoint: number;
}

/** The units of one tenant that the standings count as late, without a point or in error, one by one. */
const troubledQuery = `
  SELECT u.key, ${IS_LATE} AS isLate, ${IS_WITHOUT_POINT} AS isWithoutPoint
  FROM json_each(?1) w CROSS JOIN unit u INDEXED BY unit_standing ON u.tenant = w.value ->> 0 AND u.gone_at IS NULL
  WHERE u.key > ?2 AND (u.error_code IS NOT NULL OR ${IS_LATE} OR ${IS_WITHOUT_POINT}) ORDER BY u.key LIMIT ?3`;

/** How the units of tenants stand, counted from `unit` of the cache. */
export const unitStandingsRepository = (db: WritableDb) => {
  const standings = db.read<[string], StandingRow>(standingsQuery);
  const troubled = db.read<[string, number, number], TroubledRow>(troubledQuery);
  return {
    /** By tenant and kind, kinds without units left out. `nows`: each tenant's service time. */
    of: (nows: readonly (readonly [tenant: TenantKey, now: number])[]): Map<TenantKey, KindStanding[]> => {
      const byTenant = new Map<TenantKey, KindStanding[]>();
      for (const row of standings.all(JSON.stringify(nows))) {
        const known = byTenant.get(row.tenant);
        if (known === undefined) byTenant.set(row.tenant, [toStanding(row)]);
        else known.push(toStanding(row));
      }
      return byTenant;
    },
    /** Keys of units in trouble, `limit` after `after`; `now`: the tenant's service time. */
    inTrouble: (tenant: TenantKey, now: number, after: number, limit: number) =>
      troubled.all(JSON.stringify([[tenant, now]]), after, limit).map(({ key, isLate, isWithoutPoint }) => ({
        key,
        isLate: isLate === 1,
        isWithoutPoint: isWithoutPoint === 1,
      })),
  };
};
