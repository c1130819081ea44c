import type { Certainty, Point } from '../../shared/contract/certainty.ts';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import { DAY } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { pointsOf } from './fake-world.ts';
import type { FakeUnit } from './fake-world.ts';

export interface FakePlan {
  plan: Plan;
  units: FakeUnit[];
  choices: Map<string, Point>;
  /** Units that "make certain" has settled. */
  settled: Set<string>;
}

/** The newest point before a time as this world claims it: exact where asked about, else "at least", or not asked. */
export function newestBefore(
  unit: FakeUnit,
  incidentAt: UtcSeconds,
  now: UtcSeconds,
  fastOnly: boolean,
  isSettled: boolean,
): Certainty {
  if (unit.lastPointAt === undefined)
    return unit.headAskedAt === undefined && !isSettled ? { is: 'notAsked' } : { is: 'none' };
  const points = pointsOf(unit, incidentAt - 40 * DAY, incidentAt, now).filter(point => !fastOnly || point.fast);
  const truth = points.at(-1);
  if (isSettled) return truth === undefined ? { is: 'none' } : { is: 'exact', point: truth };
  if (unit.headAskedAt === undefined) return { is: 'notAsked' };
  const holding = unit.known.find(known => known.fromAt < incidentAt && known.toAt >= incidentAt);
  if (holding !== undefined && truth !== undefined && truth.at >= holding.fromAt) return { is: 'exact', point: truth };
  const older = points.findLast(point => unit.known.some(known => point.at >= known.fromAt && point.at < known.toAt));
  return older === undefined
    ? { is: 'notAsked' }
    : { is: 'atLeast', point: older, unproven: { fromAt: older.at + 1, toAt: incidentAt } };
}

/** A unit of a plan with what was found, and what will be restored. */
export function toPlanUnit(of: FakePlan, unit: FakeUnit, now: UtcSeconds): PlanUnit {
  const { incidentAt, preference } = of.plan;
  const isSettled = of.settled.has(unit.id);
  const newest: Certainty =
    incidentAt === undefined ? { is: 'notAsked' } : newestBefore(unit, incidentAt, now, false, isSettled);
  const fast =
    unit.kind === 'mailbox' || incidentAt === undefined
      ? undefined
      : newestBefore(unit, incidentAt, now, true, isSettled);
  const byHand = of.choices.get(unit.id);
  const byRule = preference === 'fast' && fast !== undefined && 'point' in fast && fast.point !== null ? fast : newest;
  const chosen = byHand ?? ('point' in byRule ? (byRule.point ?? undefined) : undefined);
  return {
    unitId: unit.id,
    kind: unit.kind,
    name: unit.name,
    address: unit.address,
    newest,
    ...(fast === undefined ? {} : { fast }),
    ...(chosen === undefined ? {} : { chosen }),
    chosenBy: byHand === undefined ? 'rule' : 'hand',
    ...(chosen === undefined || incidentAt === undefined
      ? {}
      : { loss: { seconds: incidentAt - chosen.at, upTo: byHand === undefined && byRule.is === 'atLeast' } }),
  };
}

/** The plan with its counts, as they stand now. */
export function withCounts(of: FakePlan, now: UtcSeconds): Plan {
  const rows = of.units.map(unit => toPlanUnit(of, unit, now));
  const count = (is: Certainty['is']) =>
    of.plan.incidentAt === undefined ? 0 : rows.filter(row => row.newest.is === is).length;
  const kinds = (kind: FakeUnit['kind']) => of.units.filter(unit => unit.kind === kind).length;
  return {
    ...of.plan,
    units: of.units.length,
    unitsByKind: { site: kinds('site'), drive: kinds('drive'), mailbox: kinds('mailbox') },
    certainty: {
      exact: count('exact'),
      asShown: count('asShown'),
      atLeast: count('atLeast'),
      notAsked: count('notAsked'),
      none: count('none'),
    },
    chosenByHand: of.choices.size,
    restorable: rows.filter(row => row.chosen !== undefined).length,
  };
}
