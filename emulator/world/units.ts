/** The protection units of a made-up tenant, each computed from its number when asked. */
import { days, minutes } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { fraction, guid, hash, mix } from '../seeded-random.ts';
import type { UnitHistory } from './history.ts';
import type { Organisation } from './organisations.ts';
import { personOf, sharePointHostOf, siteOf } from './people-and-sites.ts';

export type UnitKind = 'site' | 'drive' | 'mailbox';

export interface UnitError {
  readonly code: string;
  readonly message: string;
}

interface UnitPerson {
  readonly id: string;
  readonly displayName?: string;
  readonly email?: string;
}

interface UnitAuthor {
  readonly application?: UnitPerson;
  readonly user?: UnitPerson;
}

export interface Unit {
  readonly id: string;
  readonly kind: UnitKind;
  readonly status: string;
  readonly protectionSources: string;
  readonly policyId?: string;
  readonly error?: UnitError;
  readonly createdAt: Ticks;
  readonly lastModifiedAt: Ticks;
  readonly offboardRequestedAt?: Ticks;
  /** Sites. */
  readonly siteId?: string;
  readonly siteName?: string;
  readonly siteWebUrl?: string;
  /** Drives and mailboxes. */
  readonly directoryObjectId?: string;
  readonly displayName?: string;
  readonly email?: string;
  /** Under a hold, which can't be seen from outside: it can't be restored in place. */
  readonly isHeld: boolean;
  /** The site or owner is gone for good: no restore finds it. */
  readonly isGone: boolean;
  /** Its restores, and its next protection, fail for a reason that nobody tells. */
  readonly isTroubled?: boolean;
  /** A mailbox whose owner has no room left for backups. */
  readonly isOverQuota?: boolean;
  /** Added by an id that nothing in the directory has. */
  readonly isUnresolved?: boolean;
  readonly createdBy?: UnitAuthor;
  readonly lastModifiedBy?: UnitAuthor;
  /** Absent when the service never made a point of it. */
  readonly history?: UnitHistory;
}

/** How well a customer's protection is doing: shares of its units, of 1. */
export interface Health {
  /** Newly added: protection was asked for, no point yet. */
  readonly withoutPoints: number;
  /** Protection failed. */
  readonly failing: number;
  /** Taken out of its policy; the old points are left. */
  readonly removed: number;
  /** Protected for less than three weeks. */
  readonly recent: number;
}

/** The first customers take these in turn. */
export const healths: readonly Health[] = [
  { withoutPoints: 0.01, failing: 0, removed: 0.005, recent: 0.05 },
  { withoutPoints: 0.03, failing: 0.05, removed: 0.03, recent: 0.1 },
  { withoutPoints: 0.05, failing: 0.01, removed: 0.01, recent: 0.3 },
];

export interface UnitPolicy {
  readonly id: string;
  readonly kind: UnitKind;
  readonly retention: Ticks;
}

/** What the units of a tenant are computed from. */
export interface UnitSource {
  readonly seed: number;
  readonly tenantId: string;
  readonly organisation: Organisation;
  readonly count: number;
  /** Of each kind at least one, when there are units of it. */
  readonly policies: readonly UnitPolicy[];
  readonly health: Health;
  /** When the world began: histories reach back from here. */
  readonly worldStart: Ticks;
}

/** How many of the units are of each kind; each person has a drive and a mailbox. */
export const countsOf = (count: number): Readonly<Record<UnitKind, number>> => {
  const people = Math.floor(count * 0.35);
  return { site: count - 2 * people, drive: people, mailbox: people };
};

/** Kind of the unit with this number and its number among its kind. Sites come first, then drives, then mailboxes. */
export const kindOf = (count: number, number: number): { kind: UnitKind; place: number } => {
  const { site, drive } = countsOf(count);
  if (number < site) return { kind: 'site', place: number };
  if (number < site + drive) return { kind: 'drive', place: number - site };
  return { kind: 'mailbox', place: number - site - drive };
};

export const unitIdOf = (source: Pick<UnitSource, 'seed' | 'tenantId'>, number: number): string =>
  guid(source.seed, source.tenantId, 'unit', number);

/** The documented errors of a unit, by code. */
export const unitErrors = {
  ProtectionUnitNotFound:
    "Requested Protection Unit either doesn't exist, is deleted, or can't be found. Please recheck the Protection Unit ID and try again.",
  UnknownError: 'Unknown error occurred. Please try again. If the issue persists, please contact support.',
  QuotaExceeded: 'You have exceeded the backup quota.',
  InvalidArtifactId: "Protection Unit to remove wasn't found.",
} as const;

export const unitError = (code: keyof typeof unitErrors): UnitError => ({ code, message: unitErrors[code] });

const failures: Readonly<Record<UnitKind, UnitError>> = {
  site: unitError('ProtectionUnitNotFound'),
  drive: unitError('UnknownError'),
  mailbox: unitError('QuotaExceeded'),
};

type Fate = 'withoutPoints' | 'failing' | 'removed' | 'recent' | 'settled';

/** A share of a few units may come to none: from twenty units on, one is without points for certain, and stays so. */
const isStuck = ({ count }: UnitSource, number: number): boolean => count >= 20 && number === Math.floor(count * 0.37);

const fateOf = (source: UnitSource, number: number, roll: number): Fate => {
  const { health } = source;
  if (isStuck(source, number)) return 'withoutPoints';
  let bound = 0;
  for (const fate of ['withoutPoints', 'failing', 'removed', 'recent'] as const) {
    bound += health[fate];
    if (roll < bound) return fate;
  }
  return 'settled';
};

const namesOf = (source: UnitSource, kind: UnitKind, place: number): Partial<Unit> => {
  const { seed, tenantId, organisation } = source;
  const key = hash(seed, tenantId);
  if (kind === 'site') {
    const site = siteOf(organisation, key, place);
    const host = sharePointHostOf(organisation);
    const collection = guid(seed, tenantId, 'site', place);
    return {
      siteId: `${host},${collection},${guid(seed, tenantId, 'web', place)}`,
      siteName: site.name,
      siteWebUrl: `https://${host}/sites/${site.path}`,
    };
  }
  return { directoryObjectId: guid(seed, tenantId, 'person', place), ...personOf(organisation, key, place) };
};

/** A unit that waits for protection, and when it gets it. */
interface Waiting {
  readonly number: number;
  readonly at: Ticks;
}

const waitedFor = (draw: (salt: number) => number): Ticks => minutes(5 + Math.floor(draw(3) * 40));
const drawOf =
  (key: number) =>
  (salt: number): number =>
    fraction(mix(key, salt));
const keyOfUnit = ({ seed, tenantId }: UnitSource, number: number): number => hash(seed, tenantId, 'unit', number);

/**
 * The units that wait for protection as the world begins, and when each gets it: 46 to 60 minutes after it was asked for.
 * The one that every tenant of twenty units has for certain is stuck and not among them: it waits until somebody asks again.
 */
export function* waitingUnits(source: UnitSource): Generator<Waiting> {
  for (let number = 0; number < source.count; number += 1) {
    if (isStuck(source, number)) continue;
    const draw = drawOf(keyOfUnit(source, number));
    if (fateOf(source, number, draw(2)) !== 'withoutPoints') continue;
    yield { number, at: source.worldStart - waitedFor(draw) + minutes(46) + Math.floor(draw(8) * minutes(14)) };
  }
}

/** The unit with this number, from 0 to `count` − 1. */
export const unitOf = (source: UnitSource, number: number): Unit => {
  const { seed, tenantId, worldStart } = source;
  const { kind, place } = kindOf(source.count, number);
  const key = keyOfUnit(source, number);
  const draw = drawOf(key);
  const policies = source.policies.filter(policy => policy.kind === kind);
  const policy = policies[mix(key, 1) % Math.max(policies.length, 1)];
  const fate = fateOf(source, number, draw(2));
  const protectedFor =
    fate === 'withoutPoints'
      ? waitedFor(draw)
      : fate === 'recent'
        ? days(3) + Math.floor(draw(3) * days(16))
        : days(21) + Math.floor(draw(3) * days(400));
  const createdAt = worldStart - protectedFor;
  const endedAt = worldStart - days(1) - Math.floor(draw(4) * Math.min(days(60), protectedFor - days(2)));
  const hasEnded = fate === 'failing' || fate === 'removed';
  const lastModifiedAt = hasEnded ? endedAt : createdAt + minutes(30);
  const status = {
    withoutPoints: 'protectRequested',
    failing: 'unprotected',
    removed: 'unprotected',
    recent: 'protected',
    settled: 'protected',
  }[fate];
  const bySource = draw(7);
  const sources = kind === 'site' || bySource < 0.6 ? 'manual' : bySource < 0.9 ? 'dynamicRule' : 'manual,dynamicRule';
  return {
    id: unitIdOf(source, number),
    kind,
    status,
    protectionSources: fate === 'removed' ? 'none' : sources,
    ...(policy !== undefined && fate !== 'removed' ? { policyId: policy.id } : {}),
    ...(fate === 'failing' ? { error: failures[kind] } : {}),
    createdAt,
    lastModifiedAt,
    ...namesOf(source, kind, place),
    isHeld: draw(5) < 0.02,
    isGone: draw(6) < 0.004,
    ...(fate === 'withoutPoints' || policy === undefined
      ? {}
      : {
          history: {
            key,
            tenantKey: hash(seed, tenantId),
            isMailbox: kind === 'mailbox',
            retention: policy.retention,
            from: createdAt + minutes(45),
            ...(hasEnded ? { until: endedAt } : {}),
          },
        }),
  };
};
