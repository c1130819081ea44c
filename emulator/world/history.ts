/**
 * The restore points of a unit, as a pure function of its history and of time: nothing is stored, any stretch can be
 * computed at once.
 *
 * Time is cut into slots of ten minutes that begin at a moment of the unit's own. A slot holds no point (a gap), one, or
 * a burst of several. One slot a week is the weekly one: its first point is kept for the retention, the others of sites
 * and drives for two weeks. Mailboxes keep all for the retention.
 */
import { days, minutes, seconds, ticksPerSecond } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { fraction, mix } from '../seeded-random.ts';

export interface UnitHistory {
  /** Everything about the unit's points follows from this number. */
  readonly key: number;
  /** Units with the same number share their wider outages. */
  readonly tenantKey: number;
  /** Mailboxes keep ten-minute points for the whole retention and have no fast ones. */
  readonly isMailbox: boolean;
  readonly retention: Ticks;
  /** First moment of protection: no point is older. */
  readonly from: Ticks;
  /** Protection ended: no point is at or after this. */
  readonly until?: Ticks;
  /** Protection was off in between: no point lies in `from` ≤ time < `to`. */
  readonly pauses?: readonly { readonly from: Ticks; readonly to: Ticks }[];
}

export interface HistoryPoint {
  readonly slot: number;
  /** Place within its slot, counted from 0 in order of time. */
  readonly ordinal: number;
  readonly at: Ticks;
  /** From here the service no longer tells of it. */
  readonly expiresAt: Ticks;
  /** From here the service tells of it. */
  readonly visibleAt: Ticks;
  readonly isFast: boolean;
}

const slotLength = minutes(10);
const slotsPerDay = 144;
const slotsPerWeek = 7 * slotsPerDay;
const shortRetention = days(14);
/** The longest that a point may stay unseen. */
export const longestDelay = minutes(60);

const salts = {
  gap: 1,
  outage: 2,
  tenantOutage: 3,
  offset: 4,
  fraction: 5,
  burst: 6,
  late: 7,
  fast: 8,
  whole: 9,
  phase: 10,
  weekly: 11,
};

/** Called for every slot of a walk, hence without the general `hash`: slot numbers fit 32 bits. */
const draw = (key: number, slot: number, salt: number): number => fraction(mix(mix(key, slot), salt));

const phaseOf = (history: UnitHistory): Ticks => Math.floor(fraction(mix(history.key, salts.phase)) * slotLength);
const weeklySlotOf = (history: UnitHistory): number => mix(history.key, salts.weekly) % slotsPerWeek;
const slotOf = (history: UnitHistory, at: Ticks): number => Math.floor((at - phaseOf(history)) / slotLength);
const startOf = (history: UnitHistory, slot: number): Ticks => slot * slotLength + phaseOf(history);

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** An outage of some hours somewhere in each block of so many days, with the given likelihood. */
const inOutage = (key: number, slot: number, salt: number, blockDays: number, likelihood: number): boolean => {
  const blockSlots = blockDays * slotsPerDay;
  const block = Math.floor(slot / blockSlots);
  if (draw(key, block, salt) >= likelihood) return false;
  const begin = Math.floor(draw(key, block, salt + 100) * (blockSlots - 60));
  const length = 4 + Math.floor(draw(key, block, salt + 200) * 44);
  const place = modulo(slot, blockSlots);
  return place >= begin && place < begin + length;
};

const isGap = (history: UnitHistory, slot: number): boolean =>
  draw(history.key, slot, salts.gap) < 0.015 ||
  inOutage(history.key, slot, salts.outage, 4, 0.2) ||
  inOutage(history.tenantKey, slot, salts.tenantOutage, 11, 0.5);

/** Offsets of the slot's points from its start, in order. */
const offsetsOf = (key: number, slot: number): readonly Ticks[] => {
  const spread = draw(key, slot, salts.offset);
  // Most points follow the slot's start within two minutes, a few come anywhere in the slot.
  const wholeSeconds = Math.floor(spread < 0.04 ? draw(key, slot, salts.offset + 100) * 540 : spread * spread * 120);
  const first = seconds(wholeSeconds) + Math.floor(draw(key, slot, salts.fraction) * ticksPerSecond);
  const burst = draw(key, slot, salts.burst);
  if (burst >= 0.015 || wholeSeconds > 480) return [first];
  if (burst < 0.005) {
    // Two in one second: the second lies between the first and the second's end.
    const left = seconds(wholeSeconds + 1) - first;
    const twin = first + 1 + Math.floor(draw(key, slot, salts.burst + 100) * (left - 1));
    return twin < seconds(wholeSeconds + 1) ? [first, twin] : [first];
  }
  const second = first + seconds(1) + Math.floor(draw(key, slot, salts.burst + 200) * seconds(40));
  const third = second + seconds(2) + Math.floor(draw(key, slot, salts.burst + 300) * seconds(40));
  return burst < 0.01 ? [first, second] : [first, second, third];
};

const delayOf = (key: number, slot: number, ordinal: number): Ticks => {
  const lateness = draw(key, slot, salts.late + ordinal * 100);
  const within = draw(key, slot, salts.late + 50 + ordinal * 100);
  if (lateness < 0.85) return minutes(1) + Math.floor(within * minutes(6));
  if (lateness < 0.97) return minutes(7) + Math.floor(within * minutes(23));
  return minutes(30) + Math.floor(within * minutes(30));
};

const pointsOfSlot = (history: UnitHistory, slot: number): readonly HistoryPoint[] => {
  if (isGap(history, slot)) return [];
  const { key } = history;
  const begin = startOf(history, slot);
  const isWeekly = modulo(slot, slotsPerWeek) === weeklySlotOf(history);
  const isDaily = modulo(slot, slotsPerDay) === weeklySlotOf(history) % slotsPerDay;
  const isFastSlot = !history.isMailbox && isDaily && draw(key, slot, salts.fast) < 0.85;
  const onWholeMinute = draw(key, slot, salts.whole) < 0.06;
  return offsetsOf(key, slot).flatMap((offset, ordinal) => {
    // A point on the whole minute is the next whole minute after the slot's start, without a fraction.
    const at = onWholeMinute && ordinal === 0 ? Math.ceil(begin / minutes(1)) * minutes(1) : begin + offset;
    if (onWholeMinute && ordinal > 0) return [];
    if (at < history.from || (history.until !== undefined && at >= history.until)) return [];
    if (history.pauses?.some(({ from, to }) => at >= from && at < to) === true) return [];
    const kept = history.isMailbox || (isWeekly && ordinal === 0) ? history.retention : shortRetention;
    return [
      {
        slot,
        ordinal,
        at,
        expiresAt: at + kept,
        visibleAt: at + delayOf(key, slot, ordinal),
        isFast: isFastSlot && ordinal === 0,
      },
    ];
  });
};

/** The point of this slot and place, if there is one, living or not. */
export const findHistoryPoint = (history: UnitHistory, slot: number, ordinal: number): HistoryPoint | undefined =>
  pointsOfSlot(history, slot).find(point => point.ordinal === ordinal);

/** Every point in `from` ≤ time < `to`, oldest first, whether the service tells of it or not. */
export function* allPoints(history: UnitHistory, from: Ticks, to: Ticks): Generator<HistoryPoint> {
  const first = slotOf(history, Math.max(from, history.from));
  const last = slotOf(history, Math.min(to, history.until ?? to));
  for (let slot = first; slot <= last; slot += 1) {
    for (const point of pointsOfSlot(history, slot)) if (point.at >= from && point.at < to) yield point;
  }
}

export const isTold = (point: { visibleAt: Ticks; expiresAt: Ticks }, now: Ticks): boolean =>
  point.visibleAt <= now && now < point.expiresAt;

/**
 * The points that the service tells of at `now`, from one end of the period `from` ≤ time ≤ `to` to the other, lazily.
 * Slots that can hold nothing alive are stepped over, so that a walk from any bound is short.
 */
export function* toldPoints(
  history: UnitHistory,
  walk: { from: Ticks; to: Ticks; now: Ticks; newestFirst: boolean; fastOnly: boolean },
): Generator<HistoryPoint> {
  const { now, newestFirst, fastOnly } = walk;
  if (fastOnly && history.isMailbox) return;
  const oldest = Math.max(walk.from, history.from, now - history.retention - slotLength);
  const newest = Math.min(walk.to, now, history.until ?? now);
  const first = slotOf(history, oldest);
  const last = slotOf(history, newest);
  // Below this slot nothing but weekly points is left of sites and drives.
  const denseFrom = history.isMailbox ? first : slotOf(history, now - shortRetention);
  const weekly = weeklySlotOf(history);
  const strideOf = (slot: number): { every: number; at: number } => {
    if (slot < denseFrom) return { every: slotsPerWeek, at: weekly };
    return fastOnly ? { every: slotsPerDay, at: weekly % slotsPerDay } : { every: 1, at: 0 };
  };
  const direction = newestFirst ? -1 : 1;
  let slot = newestFirst ? last : first;
  while (slot >= first && slot <= last) {
    const { every, at } = strideOf(slot);
    const offBy = modulo(slot - at, every);
    if (offBy !== 0) {
      // To the next slot of this stride, but never past the border between sparse and dense.
      const next = newestFirst ? slot - offBy : slot + every - offBy;
      if (newestFirst && slot >= denseFrom && next < denseFrom) slot = denseFrom - 1;
      else if (!newestFirst && slot < denseFrom && next > denseFrom) slot = denseFrom;
      else slot = next;
      continue;
    }
    const points = pointsOfSlot(history, slot);
    for (const point of newestFirst ? points.toReversed() : points) {
      if (point.at < walk.from || point.at > walk.to || !isTold(point, now)) continue;
      if (!fastOnly || point.isFast) yield point;
    }
    slot += direction;
  }
}
