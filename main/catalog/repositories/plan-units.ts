import type { Certainty, Point } from '../../../shared/contract/certainty.ts';
import type { Plan, PlanUnit } from '../../../shared/contract/plans.ts';
import { EXPIRY_MARGIN } from '../../../shared/domain/knowledge/index.ts';
import type { UnitKind } from '../../../shared/domain/protection-unit.ts';
import type { WritableDb } from '../worker/database.ts';
import { fromJson, orNull, toJson } from './columns.ts';
import type { PlanKey } from './plans.ts';
import type { UnitLabel } from './units.ts';

interface PlanUnitRow {
  readonly unitId: string;
  readonly kind: UnitKind;
  readonly name: string;
  readonly address: string | null;
  readonly newest: string;
  readonly fast: string | null;
  readonly chosenId: string | null;
  readonly chosenAt: number | null;
  readonly chosenExpiresAt: number | null;
  readonly chosenFast: number | null;
  readonly chosenBy: 'rule' | 'hand';
  readonly lossSeconds: number | null;
  readonly lossUpTo: number | null;
  readonly refusedCode: string | null;
  readonly refusedMessage: string | null;
}

export type PlanFigures = Pick<Plan, 'units' | 'unitsByKind' | 'certainty' | 'chosenByHand' | 'refused' | 'restorable'>;
/** What a plan's units can be told apart by. */
export type PlanUnitGroup = Certainty['is'] | 'refused';

const SELECT = `SELECT unit AS unitId, kind, name, address, newest, fast, chosen_id AS chosenId, chosen_at AS chosenAt,
  chosen_expires_at AS chosenExpiresAt, chosen_fast AS chosenFast, chosen_by AS chosenBy, loss_seconds AS lossSeconds,
  loss_up_to AS lossUpTo, refused_code AS refusedCode, refused_message AS refusedMessage FROM plan_unit WHERE plan = ?1`;

const CHOSEN = `unit, kind, name, address, certainty, newest, fast, fast_at, chosen_id, chosen_at, chosen_expires_at, chosen_fast,
  chosen_by, loss_seconds, loss_up_to`;

const toPoint = (row: PlanUnitRow): Point | undefined =>
  row.chosenId === null || row.chosenAt === null || row.chosenExpiresAt === null
    ? undefined
    : { id: row.chosenId, at: row.chosenAt, expiresAt: row.chosenExpiresAt, fast: row.chosenFast === 1 };

const toPlanUnit = (row: PlanUnitRow): PlanUnit => {
  const chosen = toPoint(row);
  return {
    unitId: row.unitId,
    kind: row.kind,
    name: row.name,
    newest: fromJson(row.newest) as Certainty,
    chosenBy: row.chosenBy,
    ...(row.address === null ? {} : { address: row.address }),
    ...(row.fast === null ? {} : { fast: fromJson(row.fast) as Certainty }),
    ...(chosen === undefined ? {} : { chosen }),
    ...(row.lossSeconds === null ? {} : { loss: { seconds: row.lossSeconds, upTo: row.lossUpTo === 1 } }),
    ...(row.refusedCode === null ? {} : { refused: { code: row.refusedCode, message: row.refusedMessage ?? '' } }),
  };
};

const fastAtOf = (fast: Certainty | undefined): number | null =>
  fast !== undefined && 'point' in fast ? (fast.point?.at ?? null) : null;

/** `plan_unit` of `work`: one row a unit of a plan. */
export const planUnitsRepository = (db: WritableDb) => {
  const one = db.read<[PlanKey, string], PlanUnitRow>(`${SELECT} AND unit = ?2`);
  const window = db.read<[PlanKey, string | null, number, number], PlanUnitRow>(
    `${SELECT} AND (?2 IS NULL OR certainty = ?2 OR (?2 = 'refused' AND refused_code IS NOT NULL)) ORDER BY name COLLATE NOCASE, unit LIMIT ?3 OFFSET ?4`,
  );
  const total = db.read<[PlanKey, string | null], { total: number }>(
    `SELECT count(*) AS total FROM plan_unit
     WHERE plan = ?1 AND (?2 IS NULL OR certainty = ?2 OR (?2 = 'refused' AND refused_code IS NOT NULL))`,
  );
  const ids = db.read<[PlanKey, string, number], { unit: string }>(
    'SELECT unit FROM plan_unit WHERE plan = ? AND unit > ? ORDER BY unit LIMIT ?',
  );
  const insert = db.write<[PlanKey, string]>(
    `INSERT OR IGNORE INTO plan_unit (plan, unit, kind, name, address, certainty, newest, chosen_by)
     SELECT ?1, w.value ->> 'unitId', w.value ->> 'kind', w.value ->> 'name', w.value ->> 'address', 'notAsked', '{"is":"notAsked"}', 'rule'
     FROM json_each(?2) w`,
  );
  const keep = db.write<[PlanKey, PlanKey, string]>(
    `INSERT OR IGNORE INTO plan_unit (plan, ${CHOSEN}, refused_code, refused_message)
     SELECT ?1, ${CHOSEN}, refused_code, refused_message FROM plan_unit WHERE plan = ?2 AND unit IN (SELECT value FROM json_each(?3))`,
  );
  const copy = db.write<[PlanKey, PlanKey, string]>(
    `INSERT OR REPLACE INTO plan_unit (plan, ${CHOSEN})
     SELECT ?1, ${CHOSEN} FROM plan_unit WHERE plan = ?2 AND unit IN (SELECT value FROM json_each(?3))`,
  );
  const put = db.write<
    [
      string,
      string,
      string | null,
      number | null,
      string | null,
      number | null,
      number | null,
      number | null,
      string,
      number | null,
      number | null,
      string | null,
      string | null,
      PlanKey,
      string,
    ]
  >(`UPDATE plan_unit SET certainty = ?, newest = ?, fast = ?, fast_at = ?, chosen_id = ?, chosen_at = ?, chosen_expires_at = ?,
     chosen_fast = ?, chosen_by = ?, loss_seconds = ?, loss_up_to = ?,
     refused_code = ?, refused_message = ? WHERE plan = ? AND unit = ?`);
  const refuse = db.write<[string, string, PlanKey, string]>(
    'UPDATE plan_unit SET refused_code = ?, refused_message = ? WHERE plan = ? AND unit = ?',
  );
  const remove = db.write<[PlanKey, string]>('DELETE FROM plan_unit WHERE plan = ? AND unit = ?');
  const removeSome = db.write<[PlanKey, number]>(
    'DELETE FROM plan_unit WHERE plan = ?1 AND unit IN (SELECT unit FROM plan_unit WHERE plan = ?1 LIMIT ?2)',
  );
  const figures = db.read<[PlanKey, number], Record<string, number>>(`
    SELECT count(*) AS units, count(*) FILTER (WHERE kind = 'site') AS site, count(*) FILTER (WHERE kind = 'drive') AS drive,
      count(*) FILTER (WHERE kind = 'mailbox') AS mailbox, count(*) FILTER (WHERE certainty = 'exact') AS exact,
      count(*) FILTER (WHERE certainty = 'asShown') AS asShown, count(*) FILTER (WHERE certainty = 'atLeast') AS atLeast, count(*) FILTER (WHERE certainty = 'notAsked') AS notAsked,
      count(*) FILTER (WHERE certainty = 'none') AS none, count(refused_code) AS refused, count(*) FILTER (WHERE chosen_by = 'hand') AS byHand,
      count(*) FILTER (WHERE chosen_id IS NOT NULL AND chosen_expires_at > ?2) AS restorable
    FROM plan_unit WHERE plan = ?1`);
  const losses = db.read<
    [PlanKey, number | null],
    { kind: UnitKind; seconds: number; upTo: number; fastSeconds: number | null }
  >(`
    SELECT kind, loss_seconds AS seconds, coalesce(loss_up_to, 0) AS upTo, ?2 - fast_at AS fastSeconds FROM plan_unit
    WHERE plan = ?1 AND loss_seconds IS NOT NULL ORDER BY loss_seconds, unit`);
  const expiring = db.read<[PlanKey, number, number], PlanUnitRow>(
    `${SELECT} AND chosen_expires_at <= ?2 ORDER BY chosen_expires_at, unit LIMIT ?3`,
  );
  const expiringTotal = db.read<[PlanKey, number], { total: number }>(
    'SELECT count(*) AS total FROM plan_unit WHERE plan = ? AND chosen_expires_at <= ?',
  );

  return {
    /**
     * Adds units about which nothing is chosen yet, with their labels, so that the plan stays readable without the cache; those that are
     * there stay as they are.
     */
    add: (plan: PlanKey, units: readonly UnitLabel[]) => {
      insert.run(plan, JSON.stringify(units));
    },
    /** Adds units with all that was chosen for them in another plan; those that it does not hold are passed over. */
    copy: (to: PlanKey, from: PlanKey, unitIds: readonly string[]) => {
      copy.run(to, from, JSON.stringify(unitIds));
    },
    /** Adds units as they stand in another set of rows of the same plan, with what the service refused of them. */
    keep: (to: PlanKey, from: PlanKey, unitIds: readonly string[]) => {
      keep.run(to, from, JSON.stringify(unitIds));
    },
    put: (plan: PlanKey, row: PlanUnit) => {
      put.run(
        row.newest.is,
        toJson(row.newest),
        row.fast === undefined ? null : toJson(row.fast),
        fastAtOf(row.fast),
        orNull(row.chosen?.id),
        orNull(row.chosen?.at),
        orNull(row.chosen?.expiresAt),
        row.chosen === undefined ? null : Number(row.chosen.fast),
        row.chosenBy,
        orNull(row.loss?.seconds),
        row.loss === undefined ? null : Number(row.loss.upTo),
        orNull(row.refused?.code),
        orNull(row.refused?.message),
        plan,
        row.unitId,
      );
    },
    /** Says why the service did not take the unit. */
    refuse: (plan: PlanKey, refusal: { readonly unitId: string; readonly code: string; readonly message: string }) => {
      refuse.run(refusal.code, refusal.message, plan, refusal.unitId);
    },
    find: (plan: PlanKey, unitId: string): PlanUnit | undefined => {
      const row = one.get(plan, unitId);
      return row === undefined ? undefined : toPlanUnit(row);
    },
    ids: (plan: PlanKey, after: string, limit: number): string[] => ids.all(plan, after, limit).map(row => row.unit),
    list: (
      plan: PlanKey,
      only: PlanUnitGroup | undefined,
      part: { readonly offset: number; readonly limit: number },
    ) => ({
      total: total.get(plan, orNull(only))?.total ?? 0,
      rows: window.all(plan, orNull(only), part.limit, part.offset).map(toPlanUnit),
    }),
    /** @param now a point that expires within the margin after it no longer counts as living */
    figures: (plan: PlanKey, now: number, hasIncident: boolean): PlanFigures => {
      const row = figures.get(plan, now + EXPIRY_MARGIN) ?? {};
      const count = (name: string): number => row[name] ?? 0;
      const certain = (name: PlanUnitGroup): number => (hasIncident ? count(name) : 0);
      return {
        units: count('units'),
        unitsByKind: { site: count('site'), drive: count('drive'), mailbox: count('mailbox') },
        certainty: {
          exact: certain('exact'),
          asShown: certain('asShown'),
          atLeast: certain('atLeast'),
          notAsked: certain('notAsked'),
          none: certain('none'),
        },
        chosenByHand: count('byHand'),
        refused: count('refused'),
        restorable: count('restorable'),
      };
    },
    losses: (plan: PlanKey, incidentAt: number | undefined) => losses.all(plan, orNull(incidentAt)),
    expiring: (plan: PlanKey, before: number, limit: number) => ({
      total: expiringTotal.get(plan, before)?.total ?? 0,
      rows: expiring.all(plan, before, limit).map(toPlanUnit),
    }),
    remove: (plan: PlanKey, unitId: string) => {
      remove.run(plan, unitId);
    },
    /** Deletes some of the plan's rows. @returns how many; 0 once none is left */
    removeSome: (plan: PlanKey, limit: number): number => removeSome.run(plan, limit).changes,
  };
};
