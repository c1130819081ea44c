import type { Plan, PlanOutlook } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { formatPart } from '../ui/number.ts';
import { formatDate, formatDatedMoment } from '../ui/time/format.ts';
import { readTypedTime, toTypedTime } from '../ui/time/typed-time.ts';
import type { TypedTime } from '../ui/time/typed-time.ts';

/** How the typed incident stands to the plan: only an instant of the past is ever saved. */
export type IncidentState =
  | { readonly is: 'empty' }
  | { readonly is: 'unreadable' }
  | { readonly is: 'future'; readonly at: UtcSeconds }
  | { readonly is: 'unsaved'; readonly at: UtcSeconds }
  | { readonly is: 'saved'; readonly at: UtcSeconds };

/** What stands in the fields: as typed, else the plan's own incident in the zone that it was typed in, else nothing yet. */
export function incidentFields(typed: TypedTime | undefined, plan: Plan, zone: string): TypedTime {
  if (typed !== undefined) return typed;
  if (plan.incidentAt === undefined) return { date: '', time: '', zone };
  return toTypedTime(plan.incidentAt, plan.timeZone ?? zone);
}

/** @param now the tenant's service time, by which "in the future" is judged */
export function incidentState(fields: TypedTime, plan: Plan, now: UtcSeconds): IncidentState {
  const read = readTypedTime(fields);
  if (read.is === 'empty') return { is: 'empty' };
  if (read.is !== 'ok') return { is: 'unreadable' };
  if (read.at > now) return { is: 'future', at: read.at };
  return { is: read.at === plan.incidentAt && fields.zone === plan.timeZone ? 'saved' : 'unsaved', at: read.at };
}

/** What to say of an incident time that has not come yet: with the day, since the day may be what is wrong. */
export function futureInWords(now: UtcSeconds, zone: string): string {
  return `This lies in the future: by the service’s clock it is ${formatDatedMoment(now, zone)}.`;
}

/**
 * That the incident lies before the protection of the plan's units began, of all of them or of some. A hint, and no proof: a unit that
 * was removed and added again may still have older points.
 */
export function beforeProtectionInWords(
  { plan, protection }: Pick<PlanOutlook, 'plan' | 'protection'>,
  zone: string,
): string | undefined {
  const { incidentAt, units } = plan;
  if (protection === undefined || incidentAt === undefined || protection.unitsAfterIncident === 0) return undefined;
  return incidentAt <= protection.beganAt
    ? `This time lies before protection began: the first of the units came under it on ${formatDate(protection.beganAt, zone)}. A point before that is not to be expected.`
    : `${formatPart(protection.unitsAfterIncident, units)} units came under protection only after this time. A point before it is not to be expected of them.`;
}

/** Why the second step can't be left while the fields stand as they do; absent where the plan holds what is typed. */
export function whyNotSaved(state: IncidentState): string | undefined {
  switch (state.is) {
    case 'saved':
      return undefined;
    case 'empty':
      return 'Say first when the incident was.';
    case 'unreadable':
      return 'Correct the incident time first.';
    case 'future':
      return 'The incident time lies in the future. Correct it first.';
    case 'unsaved':
      return 'The points before this time are being looked up.';
  }
}
