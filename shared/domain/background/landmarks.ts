import { DAY, HOUR, WEEK } from '../time.ts';
import type { UtcSeconds } from '../time.ts';

/**
 * A time before which the newest point of every unit of a tenant is asked, once, by the console itself. Of the last fortnight, in
 * which the service keeps a point every ten minutes, each day's bound; of the time before, each week's. A week's bound that was asked as a
 * day's is asked again as a week's: of sites and drives the point that was the newest then has expired since. What is known all the same
 * (mailboxes keep all) costs no question.
 */
export interface Landmark {
  readonly before: UtcSeconds;
  readonly every: 'day' | 'week';
}

const FORTNIGHT = 14 * DAY;
/** 1970-01-05, the first Monday. */
const FIRST_MONDAY = 4 * DAY;
/** New landmarks of all tenants come at midnight; each tenant asks for its own somewhere in so many hours after. */
const SPREAD = 12 * HOUR;

/** One word for a landmark, to compare by. */
export function landmarkKey({ before, every }: Landmark): string {
  return `${every} ${before}`;
}

/** What the landmarks of a tenant depend on. */
export interface LandmarkFacts {
  /** The tenant's service time. */
  readonly now: UtcSeconds;
  /** How late a point may appear, in seconds: before that, an answer about the bound proves nothing. */
  readonly settlingSeconds: number;
  /** How long the service keeps points, in seconds. */
  readonly keptSeconds: number;
  /** In [0, 1): the tenant's place in the spread, `spreadOf` its id. */
  readonly spread: number;
}

/** All landmarks that can be asked by now, the latest first: what happened lately is what incidents are about. */
export function landmarksAt({ now, settlingSeconds, keptSeconds, spread }: LandmarkFacts): readonly Landmark[] {
  const isDue = (before: UtcSeconds): boolean => before + settlingSeconds + Math.floor(spread * SPREAD) <= now;
  const landmarks: Landmark[] = [];
  const oldestDay = now - Math.min(FORTNIGHT, keptSeconds);
  for (let before = Math.floor(now / DAY) * DAY; before > oldestDay; before -= DAY)
    if (isDue(before)) landmarks.push({ before, every: 'day' });
  const newestWeek = Math.floor((now - FORTNIGHT - FIRST_MONDAY) / WEEK) * WEEK + FIRST_MONDAY;
  for (let before = newestWeek; before > now - keptSeconds; before -= WEEK)
    if (isDue(before)) landmarks.push({ before, every: 'week' });
  return landmarks;
}

/** A number in [0, 1) that is a tenant's own and always the same. */
export function spreadOf(tenantId: string): number {
  // FNV-1a, 32 bits, and a finish that lets the last characters reach all bits.
  let hash = 0x81_1c_9d_c5;
  for (const character of tenantId.toLowerCase()) {
    hash ^= character.charCodeAt(0);
    hash = Math.imul(hash, 0x01_00_01_93) >>> 0;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
