/** Protection units on their way: asked for something, and what becomes of it when the time has come. */
import { days } from '../instant.ts';
import type { Ticks } from '../instant.ts';
import { hash } from '../seeded-random.ts';
import { durationOf } from '../state/machines/duration.ts';
import { isRequested, unitSteps } from '../state/machines/unit-machine.ts';
import type { RequestedStatus } from '../state/machines/unit-machine.ts';
import type { IdentitySet } from '../state/session-store.ts';
import type { Tenant } from '../state/tenant.ts';
import type { StoredUnit, UnitChange } from '../state/unit-store.ts';
import type { UnitHistory } from '../world/history.ts';
import type { Policy } from '../world/policies.ts';
import { unitError } from '../world/units.ts';
import type { UnitError, UnitKind } from '../world/units.ts';

/** A tenant whose service works, at a moment, for somebody. */
export interface Workplace {
  readonly seed: number;
  readonly newId: () => string;
  readonly tenant: Tenant;
  readonly now: Ticks;
  readonly by: IdentitySet;
}

export type Source = 'manual' | 'dynamicRule';

export const sourcesOf = (unit: Pick<StoredUnit, 'protectionSources'>): readonly string[] =>
  unit.protectionSources.split(',').map(source => source.trim());

const withSource = (unit: StoredUnit, source: Source): string => {
  const held = new Set(sourcesOf(unit));
  return (['manual', 'dynamicRule'] as const).filter(name => name === source || held.has(name)).join(',');
};

/** Backups stop at once; the points stay for their retention. */
const pausedHistory = (unit: StoredUnit, now: Ticks): Pick<UnitChange, 'history'> =>
  unit.history === undefined || unit.history.until !== undefined ? {} : { history: { ...unit.history, until: now } };

const retentionOf = (policy: Policy | undefined): Ticks => {
  const lengths = (policy?.retentionSettings ?? []).map(({ period }) => {
    const [, count = '0', letter = 'D'] = /^P(\d+)([YMWD])$/.exec(period) ?? [];
    return days(Number(count) * ({ Y: 365, M: 30, W: 7, D: 1 }[letter] ?? 1));
  });
  return Math.max(days(14), ...lengths);
};

/** Points begin with protection, or go on after a pause. */
const runningHistory = ({ tenant, seed }: Workplace, unit: StoredUnit, at: Ticks): UnitHistory => {
  const { history } = unit;
  if (history === undefined) {
    const policy = unit.policyId === undefined ? undefined : tenant.policies.find(unit.policyId);
    return {
      key: hash(seed, tenant.id, unit.id),
      tenantKey: hash(seed, tenant.id),
      isMailbox: unit.kind === 'mailbox',
      retention: retentionOf(policy),
      from: at,
    };
  }
  const { until, ...rest } = history;
  return until === undefined ? history : { ...rest, pauses: [...(rest.pauses ?? []), { from: until, to: at }] };
};

/** Asks for a status; what follows comes by itself. The caller has judged that the move is allowed. */
export const requestStatus = (
  place: Workplace,
  unit: StoredUnit,
  status: RequestedStatus,
  more: UnitChange = {},
): StoredUnit => {
  const { tenant, now, seed, by } = place;
  const stops = status === 'unprotectRequested' || status === 'removeRequested';
  tenant.units.put(unit.id, unit.kind, {
    status,
    error: null,
    lastModifiedAt: now,
    lastModifiedBy: by,
    ...(stops ? pausedHistory(unit, now) : {}),
    ...more,
  });
  tenant.agenda.plan('unit', unit.id, now + durationOf(unitSteps[status].takes, seed, unit.id, status, now));
  return tenant.units.find(unit.id) ?? unit;
};

/** Why protection fails, if it does. What is gone for good, or was never there, can't be protected. */
const protectionError = ({ tenant }: Workplace, unit: StoredUnit): UnitError | undefined => {
  const resource = unit.siteId ?? unit.directoryObjectId;
  const isLost =
    unit.isUnresolved === true && resource !== undefined && tenant.resources.find(unit.kind, resource) === undefined;
  if (unit.isGone || isLost) return unitError('ProtectionUnitNotFound');
  if (unit.isOverQuota === true) return unitError('QuotaExceeded');
  return unit.isTroubled === true ? unitError('UnknownError') : undefined;
};

const arrival = (place: Workplace, unit: StoredUnit, status: RequestedStatus): UnitChange => {
  switch (status) {
    case 'protectRequested': {
      const error = protectionError(place, unit);
      if (error !== undefined) return { status: 'unprotected', error };
      return { status: 'protected', error: null, isUnresolved: false, history: runningHistory(place, unit, place.now) };
    }
    case 'removeRequested':
      return {
        status: 'unprotected',
        policyId: null,
        protectionSources: 'none',
        ...(unit.isGone ? { error: unitError('InvalidArtifactId') } : {}),
      };
    case 'offboardRequested':
      return { status: 'offboarded', history: false };
    default:
      return { status: 'unprotected' };
  }
};

export const settleUnit = (place: Workplace, id: string): void => {
  const unit = place.tenant.units.find(id);
  if (unit === undefined || !isRequested(unit.status)) return;
  place.tenant.units.put(id, unit.kind, { ...arrival(place, unit, unit.status), lastModifiedAt: place.now });
};

/** Units of a policy, unless the tenant's settings say otherwise, and of a workload. */
const mostUnitsOfPolicy = 100_000;
const mostUnitsOfWorkload = 1_000_000;

/** How many units the policy can still take. */
export const roomIn = ({ tenant, now }: Workplace, policy: Policy): number => {
  const { policies, settings } = tenant;
  const countOf = (other: Policy): number => policies.stateOf(other, now).counts.total;
  const ofWorkload = policies
    .list()
    .filter(({ kind }) => kind === policy.kind)
    .reduce((sum, other) => sum + countOf(other), 0);
  return Math.min(
    (settings.policyUnitLimit ?? mostUnitsOfPolicy) - countOf(policy),
    (settings.workloadUnitLimit ?? mostUnitsOfWorkload) - ofWorkload,
  );
};

export const noRoom = {
  code: 'ProtectionUnitsLimitBreached',
  message: 'The policy, or the workload, has as many protection units as are allowed.',
} as const;

export type Addition =
  | { readonly added: StoredUnit }
  /** The unit is in this policy in this way already, or in another policy. */
  | { readonly present: StoredUnit };

/** Takes a site or person into a policy: as a new unit, or as the one that it had before. */
export const addToPolicy = (
  place: Workplace,
  policy: Policy,
  resourceId: string,
  source: Source = 'manual',
): Addition => {
  const { tenant, now, by } = place;
  const known = tenant.units.findByResource(policy.kind, resourceId);
  if (known?.policyId !== undefined) {
    if (known.policyId !== policy.id || sourcesOf(known).includes(source)) return { present: known };
    tenant.units.put(known.id, known.kind, { protectionSources: withSource(known, source), lastModifiedAt: now });
    return { added: tenant.units.find(known.id) ?? known };
  }
  const id = known?.id ?? place.newId();
  if (known === undefined) tenant.units.put(id, policy.kind, newUnit(place, policy.kind, resourceId));
  const change: UnitChange = {
    policyId: policy.id,
    protectionSources: source,
    status: 'unprotected',
    error: null,
    lastModifiedAt: now,
    lastModifiedBy: by,
  };
  tenant.units.put(id, policy.kind, change);
  const unit = tenant.units.find(id);
  if (unit === undefined) throw new Error(`The unit ${id} was not kept.`);
  const isIdle = policy.isInactive === true || policy.status === 'inactive';
  return { added: isIdle ? unit : requestStatus(place, unit, 'protectRequested') };
};

const newUnit = ({ tenant, now, by }: Workplace, kind: UnitKind, resourceId: string): UnitChange => {
  const resource = tenant.resources.find(kind, resourceId);
  const names =
    kind === 'site'
      ? { siteId: resourceId, siteName: resource?.displayName ?? '', siteWebUrl: resource?.address ?? '' }
      : { directoryObjectId: resourceId, displayName: resource?.displayName ?? '', email: resource?.address ?? '' };
  return {
    ...names,
    createdAt: now,
    createdBy: by,
    lastModifiedAt: now,
    lastModifiedBy: by,
    isUnresolved: resource === undefined,
    ...(resource?.isTroubled === true ? { isTroubled: true } : {}),
    ...(resource?.isOverQuota === true && kind === 'mailbox' ? { isOverQuota: true } : {}),
  };
};

/** All units of a policy that a change of the whole policy concerns. */
export const unitsOfPolicy = (tenant: Tenant, policy: Policy): readonly StoredUnit[] =>
  [...tenant.units.list(policy.kind)].filter(unit => unit.policyId === policy.id);
