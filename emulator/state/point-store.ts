/** The restore points of one tenant: computed from the units' histories, joined by those put in place by hand. */
import type { Ticks } from '../instant.ts';
import { allPoints, findHistoryPoint, isTold, toldPoints } from '../world/history.ts';
import type { PointIds } from '../world/point-ids.ts';
import type { Journal } from './journal.ts';
import type { StoredUnit, UnitStore } from './unit-store.ts';

export interface Point {
  readonly id: string;
  readonly unitId: string;
  readonly at: Ticks;
  readonly expiresAt: Ticks;
  readonly visibleAt: Ticks;
  readonly isFast: boolean;
}

interface PointQuestion {
  /** Both ends included. */
  readonly from: Ticks;
  readonly to: Ticks;
  readonly now: Ticks;
  readonly newestFirst: boolean;
  readonly fastOnly: boolean;
  readonly limit: number;
}

export interface PointStore {
  /** Points that the service tells of now, in the order asked. */
  listTold(unit: StoredUnit, question: PointQuestion): readonly Point[];
  /** Any point that this tenant ever had, told of or not. */
  find(id: string): Point | undefined;
  /** The whole truth about a unit in `from` ≤ time < `to`, oldest first. */
  listAll(unit: StoredUnit, from: Ticks, to: Ticks): readonly Point[];
  put(point: Point): void;
}

export const createPointStore = (
  tenantId: string,
  tenantNumber: number,
  units: UnitStore,
  ids: PointIds,
  journal: Journal,
): PointStore => {
  const keptAs = `point ${tenantId}`;
  const placed = new Map<string, Point>(journal.read<Point>(keptAs));
  const byUnit = new Map<string, Point[]>();
  const file = (point: Point): void => {
    const others = (byUnit.get(point.unitId) ?? []).filter(other => other.id !== point.id);
    byUnit.set(
      point.unitId,
      [...others, point].sort((a, b) => a.at - b.at),
    );
  };
  for (const point of placed.values()) file(point);

  const idOf = (unit: StoredUnit, slot: number, ordinal: number): string =>
    ids.toId({ tenantNumber, unitNumber: unit.number, slot, ordinal });

  return {
    listTold: (unit, { from, to, now, newestFirst, fastOnly, limit }) => {
      const found: Point[] = (byUnit.get(unit.id) ?? []).filter(
        point => point.at >= from && point.at <= to && isTold(point, now) && (!fastOnly || point.isFast),
      );
      if (unit.history !== undefined) {
        let count = 0;
        for (const point of toldPoints(unit.history, { from, to, now, newestFirst, fastOnly })) {
          const { at, expiresAt, visibleAt, isFast } = point;
          found.push({ id: idOf(unit, point.slot, point.ordinal), unitId: unit.id, at, expiresAt, visibleAt, isFast });
          count += 1;
          if (count === limit) break;
        }
      }
      return found.sort((a, b) => (newestFirst ? b.at - a.at : a.at - b.at)).slice(0, limit);
    },
    find: id => {
      const known = placed.get(id);
      if (known !== undefined) return known;
      const place = ids.findPlace(id);
      if (place === undefined || place.tenantNumber !== tenantNumber) return undefined;
      const unit = units.at(place.unitNumber);
      const point = unit?.history && findHistoryPoint(unit.history, place.slot, place.ordinal);
      if (unit === undefined || point === undefined) return undefined;
      const { at, expiresAt, visibleAt, isFast } = point;
      return { id, unitId: unit.id, at, expiresAt, visibleAt, isFast };
    },
    listAll: (unit, from, to) => {
      const found: Point[] = (byUnit.get(unit.id) ?? []).filter(point => point.at >= from && point.at < to);
      if (unit.history !== undefined) {
        for (const { slot, ordinal, at, expiresAt, visibleAt, isFast } of allPoints(unit.history, from, to)) {
          found.push({ id: idOf(unit, slot, ordinal), unitId: unit.id, at, expiresAt, visibleAt, isFast });
        }
      }
      return found.sort((a, b) => a.at - b.at);
    },
    put: point => {
      placed.set(point.id, point);
      file(point);
      journal.put(keptAs, point.id, point);
    },
  };
};
