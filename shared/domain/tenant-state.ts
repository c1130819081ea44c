import { type ControllerFacts, holders, isControlLost, isTakeoverCancelled, takeover } from './control.ts';
import type { UnitKind } from './protection-unit.ts';
import { disableReasonInWords, serviceStatusWords, type ServiceStatusFacts } from './service-lock.ts';
import { DAY, MINUTE, type UtcSeconds } from './time.ts';

/** How a tenant stands, worst first. */
export const tenantLevels = ['critical', 'atRisk', 'watch', 'protected'] as const;
export type TenantLevel = (typeof tenantLevels)[number];

/** The facts that decide. Structural: a tenant of the contract's list of all fits. */
export interface TenantFacts {
  readonly service?: (ServiceStatusFacts & { readonly gracePeriodUntilAt?: UtcSeconds | undefined }) | undefined;
  readonly controller: ControllerFacts;
  /** The last change of the controller that a look noticed. */
  readonly controllerChange?:
    | { readonly from: ControllerFacts; readonly to: ControllerFacts; readonly noticedAt: UtcSeconds }
    | undefined;
  /** When the units were read last, whole. */
  readonly syncedAt?: UtcSeconds | undefined;
  readonly kinds: readonly KindFacts[];
  /** Restore sessions that have begun and not ended. */
  readonly running: readonly { readonly counts: { readonly total: number; readonly failed: number } }[];
  /** What the last readiness check found missing. */
  readonly notReady?:
    | {
        readonly checkedAt: UtcSeconds;
        readonly items: readonly { readonly check: string; readonly fact?: string | undefined }[];
      }
    | undefined;
}

/** The units of one kind. */
export interface KindFacts {
  readonly kind: UnitKind;
  readonly units: number;
  readonly protected: number;
  readonly inError: number;
  /** Surely without any point, though protected for over an hour. */
  readonly withoutPoint: { readonly units: number; readonly sinceAt?: UtcSeconds | undefined };
  readonly notAsked: number;
  /** Newest point over an hour old when the service was asked for it. */
  readonly late: { readonly units: number; readonly oldestAt?: UtcSeconds | undefined };
  /** The oldest newest point of those protected, and when it was last shown to be the newest. */
  readonly stalest?: { readonly at: UtcSeconds; readonly askedAt?: UtcSeconds | undefined } | undefined;
}

/** How a console writes days, moments, lengths of time and counts. */
export interface Say {
  /** `20 Nov` */
  readonly date: (at: UtcSeconds) => string;
  /** `Fri 20 Nov 18:20` */
  readonly moment: (at: UtcSeconds) => string;
  /** `22 min` */
  readonly duration: (seconds: number) => string;
  /** `1,284` */
  readonly count: (value: number) => string;
}

export interface TenantState {
  readonly level: TenantLevel;
  readonly reason: string;
  /** What follows, or the next fact; never the reason again. Empty where there is none. */
  readonly consequence: string;
}

/** Something that speaks against a tenant being safe. */
interface Finding {
  readonly level: Exclude<TenantLevel, 'protected'>;
  readonly reason: string;
  readonly consequence?: string;
  /** The finding as a second line under a worse one. */
  readonly asWell?: string;
}

/** Data older than this says little of today. */
export const OLD_AFTER = DAY;
/** A unit without a new point for this long is more than late. */
const LOST_AFTER = DAY;
/** How long a lost control is the first thing to say of a tenant; later it is how things are. */
const CHANGE_SAID_FOR = 7 * DAY;
/** Data younger than this needs no word of its age. */
export const FRESH_FOR = 15 * MINUTE;
/** An answer younger than this still says which point is the newest. */
const CURRENT_FOR = 10 * MINUTE;

/**
 * The state of a tenant with its reason: the one rule that the list of all tenants and notifications go by. Pure.
 *
 * @param now service time of the tenant
 */
export function tenantState(facts: TenantFacts, now: UtcSeconds, say: Say): TenantState {
  const [worst, ...others] = [
    ...ofService(facts, say),
    ...ofUnits(facts, now, say),
    ...ofRestores(facts, say),
    ...ofAccess(facts, now, say),
    ...ofController(facts, now, say),
    ...ofAge(facts, now, say),
    // The sort is stable: of equals the first of the list above is said.
  ].toSorted((a, b) => tenantLevels.indexOf(a.level) - tenantLevels.indexOf(b.level));
  if (worst === undefined) return safe(facts, now, say);
  const next = others.find(({ asWell }) => asWell !== undefined)?.asWell;
  return { level: worst.level, reason: worst.reason, consequence: worst.consequence ?? next ?? '' };
}

/** `2 mailboxes`, `1 site`; `3 units` where they are of several kinds. */
function unitsInWords(kinds: readonly { readonly kind: UnitKind; readonly units: number }[], say: Say): string {
  const some = kinds.filter(({ units }) => units > 0);
  const total = some.reduce((sum, { units }) => sum + units, 0);
  const [first] = some;
  const words = some.length === 1 && first !== undefined ? kindNames[first.kind] : kindNames.any;
  return `${say.count(total)} ${total === 1 ? words.one : words.many}`;
}

const kindNames: { readonly [K in UnitKind | 'any']: { readonly one: string; readonly many: string } } = {
  site: { one: 'site', many: 'sites' },
  drive: { one: 'OneDrive', many: 'OneDrives' },
  mailbox: { one: 'mailbox', many: 'mailboxes' },
  any: { one: 'unit', many: 'units' },
};

const sum = (kinds: readonly KindFacts[], of: (kind: KindFacts) => number): number =>
  kinds.reduce((total, kind) => total + of(kind), 0);

const earliest = (times: readonly (UtcSeconds | undefined)[]): UtcSeconds | undefined =>
  times.filter(at => at !== undefined).toSorted((a, b) => a - b)[0];

function ofService({ controller, service }: TenantFacts, say: Say): Finding[] {
  if (service === undefined) return [];
  const status = service.status.toLowerCase();
  const why = disableReasonInWords(service.disableReason);
  const because = why === undefined ? '' : `: ${why}`;
  const graceEnds = service.gracePeriodUntilAt;
  if (status === 'restorelocked')
    return [
      {
        level: 'critical',
        reason: `${serviceStatusWords.restorelocked.word}${because}`,
        consequence: `No restore is possible${graceEnds === undefined ? '' : `; grace period ends ${say.date(graceEnds)}`}`,
      },
    ];
  if (controller.by !== 'ours' && controller.by !== 'leaving') return [];
  switch (status) {
    case 'enabled':
      return [];
    case 'disabled':
      return [
        {
          level: 'critical',
          reason: `${serviceStatusWords.disabled.word}${because}`,
          consequence: 'No new restore points are made',
        },
      ];
    case 'protectionchangelocked':
      return [
        {
          level: 'atRisk',
          reason: `${serviceStatusWords.protectionchangelocked.word}${graceEnds === undefined ? '' : ` until ${say.date(graceEnds)}`}`,
          consequence: `Restores still work${why === undefined ? '' : `; ${why}`}`,
          asWell: 'Protection changes are locked as well',
        },
      ];
    default:
      return [
        {
          level: 'watch',
          reason: `The service answers “${service.status}”`,
          consequence: 'This version does not know that word',
        },
      ];
  }
}

/** Whether what is known of the units is of today: where others control them, they can't be read any more. */
const areUnitsReadable = ({ controller: { by } }: TenantFacts): boolean =>
  by !== 'anotherApp' && by !== 'microsoft' && by !== 'nobody';

function ofUnits(facts: TenantFacts, now: UtcSeconds, say: Say): Finding[] {
  const { kinds, syncedAt } = facts;
  if (!areUnitsReadable(facts)) return [];
  const findings: Finding[] = [];
  const late = kinds.map(({ kind, late: { units } }) => ({ kind, units }));
  const lateUnits = sum(kinds, kind => kind.late.units);
  const oldestAt = earliest(kinds.map(kind => kind.late.oldestAt));
  if (lateUnits > 0 && oldestAt !== undefined)
    findings.push({
      // Judged at the reading: that the data has aged since is a finding of its own.
      level: Math.min(syncedAt ?? now, now) - oldestAt > LOST_AFTER ? 'critical' : 'atRisk',
      reason:
        lateUnits === 1
          ? `${unitsInWords(late, say)} has no point since ${say.moment(oldestAt)}`
          : `${unitsInWords(late, say)} have no new point, the longest since ${say.moment(oldestAt)}`,
      asWell: `${unitsInWords(late, say)} ${lateUnits === 1 ? 'has' : 'have'} no new point as well`,
    });
  const bare = kinds.map(({ kind, withoutPoint: { units } }) => ({ kind, units }));
  const bareUnits = sum(kinds, kind => kind.withoutPoint.units);
  if (bareUnits > 0) {
    const sinceAt = earliest(kinds.map(kind => kind.withoutPoint.sinceAt));
    const added = bareUnits === 1 ? 'it was added' : 'they were added, the first on';
    findings.push({
      level: 'atRisk',
      reason: `${unitsInWords(bare, say)} ${bareUnits === 1 ? 'has' : 'have'} no point${
        sinceAt === undefined ? '' : ` since ${added} ${say.date(sinceAt)}`
      }`,
      consequence: 'First points normally show within 60 min',
      asWell: `${unitsInWords(bare, say)} ${bareUnits === 1 ? 'has' : 'have'} no point at all`,
    });
  }
  const failing = kinds.map(({ kind, inError }) => ({ kind, units: inError }));
  const failingUnits = sum(kinds, kind => kind.inError);
  if (failingUnits > 0)
    findings.push({
      level: 'atRisk',
      reason: `${unitsInWords(failing, say)} ${failingUnits === 1 ? 'is' : 'are'} in error`,
      asWell: `${unitsInWords(failing, say)} ${failingUnits === 1 ? 'is' : 'are'} in error as well`,
    });
  const units = sum(kinds, kind => kind.units);
  const notAsked = sum(kinds, kind => kind.notAsked);
  if (notAsked > 0)
    findings.push({
      level: 'watch',
      reason: `${countUnits(notAsked, say)} not yet asked for ${notAsked === 1 ? 'its' : 'their'} newest point`,
      consequence: `${say.count(units - notAsked)} of ${say.count(units)} units asked`,
      asWell: `${countUnits(notAsked, say)} not yet asked`,
    });
  const missing = units - sum(kinds, kind => kind.protected);
  if (missing > 0)
    findings.push({
      level: 'watch',
      reason: `${countUnits(missing, say)} of ${say.count(units)} not protected`,
      consequence: 'Being added, being removed, or removed by hand',
      asWell: `${countUnits(missing, say)} not protected`,
    });
  return findings;
}

const countUnits = (units: number, say: Say): string => `${say.count(units)} ${units === 1 ? 'unit' : 'units'}`;

function ofRestores({ running }: TenantFacts, say: Say): Finding[] {
  const failed = running.reduce((total, { counts }) => total + counts.failed, 0);
  if (failed === 0) return [];
  const whole = running.reduce((total, { counts }) => total + (counts.failed > 0 ? counts.total : 0), 0);
  return [
    {
      level: 'critical',
      reason: `${say.count(failed)} of ${say.count(whole)} artifacts failed in a running restore`,
      consequence: 'They can be retried alone once it has ended',
      asWell: `${say.count(failed)} artifacts failed in a running restore`,
    },
  ];
}

const whyNoAccess: { readonly [fact: string]: string } = {
  AADSTS50020: 'no GDAP relationship reaches it',
  AADSTS65001: 'nobody has consented',
  AADSTS700016: 'Backstop’s app is not known there',
};

const consents: { readonly [check: string]: string } = {
  consentControl: 'reading who controls it',
  consentConfiguration: 'reading policies and units',
  consentSearch: 'searching restore points',
  consentRestoreRead: 'reading restores',
  consentRestoreWrite: 'starting restores',
};

function ofAccess({ notReady, syncedAt }: TenantFacts, now: UtcSeconds, say: Say): Finding[] {
  // A sync after the check came through: what the check found is mended, or was asked with another account.
  if (notReady === undefined) return [];
  const signIn = notReady.items.find(({ check }) => check === 'signIn');
  if (signIn !== undefined) {
    if (syncedAt !== undefined && syncedAt > notReady.checkedAt) return [];
    const why = signIn.fact === undefined ? undefined : (whyNoAccess[signIn.fact] ?? signIn.fact);
    return [
      {
        level: 'atRisk',
        reason: `No access on ${say.date(notReady.checkedAt)}${why === undefined ? '' : `: ${why}`}`,
        consequence:
          syncedAt === undefined
            ? 'Nothing of it could be read yet'
            : `Everything shown is ${say.duration(now - syncedAt)} old`,
      },
    ];
  }
  const missing = notReady.items.flatMap(({ check }) => consents[check] ?? []);
  const [first] = missing;
  if (first === undefined) return [];
  return [
    {
      level: 'atRisk',
      reason: `Consent is missing for ${first}${missing.length === 1 ? '' : `, and ${say.count(missing.length - 1)} more`}`,
      consequence: 'An administrator of the tenant has to give it',
      asWell: `Consent is missing for ${first}`,
    },
  ];
}

function ofController(
  { controller, controllerChange: change, service }: TenantFacts,
  now: UtcSeconds,
  say: Say,
): Finding[] {
  if (change !== undefined && now - change.noticedAt < CHANGE_SAID_FOR && isControlLost(change))
    return [
      {
        level: 'atRisk',
        reason: `Control passed from Backstop to ${holders[change.to.by]}`,
        consequence: `Noticed on ${say.date(change.noticedAt)}; ask the customer whether it is meant`,
      },
    ];
  if (change !== undefined && now - change.noticedAt < CHANGE_SAID_FOR && isTakeoverCancelled(change))
    return [
      {
        level: 'watch',
        reason: `Backstop’s takeover was cancelled: ${holders[change.to.by]} keeps control`,
        consequence: `Noticed on ${say.date(change.noticedAt)}; ask the customer whether it is meant`,
      },
    ];
  switch (controller.by) {
    case 'ours':
      return [];
    case 'leaving':
      return [
        {
          level: 'atRisk',
          reason: `Control passes to another app${controller.untilAt === undefined ? '' : ` on ${say.date(controller.untilAt)}`}`,
          consequence: 'Until then restores work as before',
          asWell: 'Control passes to another app',
        },
      ];
    case 'pending':
      return [
        {
          level: 'watch',
          reason: `Read-only until control passes to Backstop${controller.fromAt === undefined ? '' : ` ${say.date(controller.fromAt)}`}`,
          consequence: 'Until then nothing can be restored from here',
        },
      ];
    case 'anotherApp':
      return [
        {
          level: 'watch',
          reason: 'Another app controls Backup Storage here',
          consequence: takeover.anotherApp,
        },
      ];
    case 'microsoft':
      return [
        {
          level: 'watch',
          reason: 'Microsoft’s own tool controls Backup Storage here',
          consequence: takeover.anotherApp,
        },
      ];
    case 'nobody':
      return [{ level: 'watch', reason: 'Nobody controls Backup Storage here', consequence: takeover.nobody }];
    case 'unknown':
      return service === undefined
        ? [{ level: 'watch', reason: 'Not yet read', consequence: 'Sync it, or look at its readiness' }]
        : [
            {
              level: 'watch',
              reason: 'Who controls Backup Storage here can’t be told',
              consequence: 'What the service answers does not say it; look at its readiness',
            },
          ];
  }
}

function ofAge(facts: TenantFacts, now: UtcSeconds, say: Say): Finding[] {
  const { controller, syncedAt } = facts;
  if (controller.by !== 'ours' && controller.by !== 'leaving') return [];
  if (syncedAt === undefined)
    return [{ level: 'watch', reason: 'Not yet read', consequence: 'Its units are unknown until the first sync' }];
  const age = now - syncedAt;
  if (age <= OLD_AFTER) return [];
  return [
    {
      level: 'atRisk',
      reason: `Not synced for ${say.duration(age)}`,
      consequence: 'Everything shown is as old as that',
      asWell: `Everything shown is ${say.duration(age)} old`,
    },
  ];
}

function safe({ kinds, syncedAt }: TenantFacts, now: UtcSeconds, say: Say): TenantState {
  const units = sum(kinds, kind => kind.units);
  const stalest = kinds.flatMap(kind => kind.stalest ?? []).toSorted((a, b) => a.at - b.at)[0];
  const isCertain = stalest?.askedAt !== undefined && now - stalest.askedAt < CURRENT_FOR;
  const age = syncedAt === undefined ? 0 : now - syncedAt;
  return {
    level: 'protected',
    reason:
      units === 0
        ? 'No unit is under a protection policy'
        : isCertain
          ? `Every unit has a newest point at most ${say.duration(now - stalest.at)} old`
          : 'Every unit is protected and has a point',
    consequence: age < FRESH_FOR ? '' : `As of ${say.duration(age)} ago`,
  };
}
