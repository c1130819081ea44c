import type { UtcSeconds } from '../../../shared/domain/time.ts';
import { formatAgo, formatClock, formatDay } from './format.ts';
import { wallAt, zoneName, zonePlace } from './zone.ts';

/** A zone that times are typed and shown in, with its words. */
export interface ShownZone {
  readonly zone: string;
  /** `Tenant, EET (Helsinki)` */
  readonly word: string;
  /** `Tenant, EET` */
  readonly short: string;
  /** Whose zone it is, said behind a time: `for the tenant`, `for you`; absent for UTC. */
  readonly whose?: string;
}

interface Zones {
  /** Absent where nobody has said it yet: the service tells none. */
  readonly tenantZone: string | undefined;
  readonly myZone: string;
  /** For the abbreviations, which change with summer time. */
  readonly at: UtcSeconds;
}

/** The zones to choose from: the tenant's, the technician's own, UTC; each once, the tenant's first. */
export function zoneChoices({ tenantZone, myZone, at }: Zones): ShownZone[] {
  const choice = (zone: string, who: string, whose?: string): ShownZone => ({
    zone,
    word:
      zonePlace(zone) === zoneName(zone, at)
        ? `${who}, ${zonePlace(zone)}`
        : `${who}, ${zoneName(zone, at)} (${zonePlace(zone)})`,
    short: `${who}, ${zoneName(zone, at)}`,
    ...(whose === undefined ? {} : { whose }),
  });
  const utc: ShownZone = { zone: 'UTC', word: 'UTC', short: 'UTC' };
  const own =
    tenantZone === undefined
      ? [choice(myZone, 'Mine', 'for you')]
      : tenantZone === myZone
        ? [choice(myZone, 'Tenant and mine', 'for you')]
        : [choice(tenantZone, 'Tenant', 'for the tenant'), choice(myZone, 'Mine', 'for you')];
  return own.some(({ zone }) => zone === 'UTC') ? own : [...own, utc];
}

/** The same moment in the zones that it was not typed in, and its age: `Fri 13:05 CET for you, 12:05:00 UTC, 2 d 19 h ago`. */
export function elsewhereInWords(
  at: UtcSeconds,
  typedZone: string,
  choices: readonly ShownZone[],
  now: UtcSeconds,
): string {
  const wall = wallAt('UTC', at);
  const utc = [wall.hour, wall.minute, wall.second].map(part => String(part).padStart(2, '0')).join(':');
  const day = formatDay(at, typedZone);
  const others = choices
    .filter(({ zone }) => zone !== typedZone)
    .map(({ zone, whose }) => {
      const otherDay = formatDay(at, zone) === day ? '' : `${formatDay(at, zone, at)} `;
      return whose === undefined
        ? `${otherDay}${utc} UTC`
        : `${otherDay}${formatClock(at, zone)} ${zoneName(zone, at)} ${whose}`;
    });
  return [...others, formatAgo(at, now)].join(', ');
}
