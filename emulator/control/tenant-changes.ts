/** What a change of a tenant makes of its settings, its sign-in rules and its entry in the directory. */
import type { z } from 'zod';
import type { DirectoryTenant, KnownApp, SignInRules, TenantChange } from '../directory.ts';
import type { Ticks } from '../instant.ts';
import type { TenantSettings } from '../state/tenant-settings.ts';
import { defined } from './defined.ts';
import type { tenantChange } from './shapes.ts';

type AskedChange = z.output<typeof tenantChange>;

export const settingsAfter = (before: TenantSettings, change: AskedChange, now: Ticks): TenantSettings => {
  const { controlPassesAt, throttle, serviceStatus, ...plain } = before;
  const asked = typeof change.serviceStatus === 'string' ? { status: change.serviceStatus } : change.serviceStatus;
  // What is said of the service ends what went on by itself.
  const { gracePeriodAt, restoreAllowedTillAt, curedAt, ...status } = serviceStatus;
  const grace = asked?.gracePeriodDateTime === undefined ? gracePeriodAt : (asked.gracePeriodDateTime ?? undefined);
  const till =
    asked?.restoreAllowedTillDateTime === undefined
      ? restoreAllowedTillAt
      : (asked.restoreAllowedTillDateTime ?? undefined);
  const passes =
    change.controlPassesDateTime === undefined ? controlPassesAt : (change.controlPassesDateTime ?? undefined);
  const limit = change.throttle === undefined ? throttle : (change.throttle ?? undefined);
  return {
    ...plain,
    controller: change.controller ?? before.controller,
    latencyMs: change.latencyMs ?? before.latencyMs,
    searchCap: change.searchCap ?? before.searchCap,
    artifactFailures: change.artifactFailures ?? before.artifactFailures,
    pageSize: change.pageSize ?? before.pageSize,
    ...defined({
      billing: change.billing ?? before.billing,
      policyLimit: change.policyLimit ?? before.policyLimit,
      policyUnitLimit: change.policyUnitLimit ?? before.policyUnitLimit,
      workloadUnitLimit: change.workloadUnitLimit ?? before.workloadUnitLimit,
    }),
    serviceStatus: {
      ...status,
      status: asked?.status ?? status.status,
      disableReason: asked?.disableReason ?? status.disableReason,
      ...(grace === undefined ? {} : { gracePeriodAt: grace }),
      ...(till === undefined ? {} : { restoreAllowedTillAt: till }),
      ...(curedAt === undefined || asked !== undefined ? {} : { curedAt }),
      lastModifiedAt: asked === undefined ? status.lastModifiedAt : now,
    },
    ...(passes === undefined ? {} : { controlPassesAt: passes }),
    ...(limit === undefined ? {} : { throttle: limit }),
  };
};

const rulesAfter = (before: SignInRules, change: NonNullable<AskedChange['signInRules']>): SignInRules => {
  const { refreshTokensRefused, throttledForSeconds, ...plain } = before;
  const refused =
    change.refreshTokensRefused === undefined ? refreshTokensRefused : (change.refreshTokensRefused ?? undefined);
  const throttled =
    change.throttledForSeconds === undefined ? throttledForSeconds : (change.throttledForSeconds ?? undefined);
  const { refreshTokensRefused: _refused, throttledForSeconds: _throttled, ...switches } = change;
  return {
    ...plain,
    ...defined(switches),
    ...(refused === undefined ? {} : { refreshTokensRefused: refused }),
    ...(throttled === undefined ? {} : { throttledForSeconds: throttled }),
  };
};

const ownApplicationOf = (asked: AskedChange['ownApplication']): KnownApp | undefined =>
  asked === null || asked === undefined
    ? undefined
    : { clientId: asked.clientId, displayName: asked.displayName ?? 'Restore console of this organisation' };

export const directoryChange = (before: DirectoryTenant, change: AskedChange): TenantChange => ({
  ...defined({
    displayName: change.displayName ?? before.displayName,
    domain: change.domain ?? before.domain,
    consentedScopes: change.consentedScopes ?? before.consentedScopes,
    consentedRoles: change.consentedRoles ?? before.consentedRoles,
    tokenLifetimeSeconds: change.tokenLifetimeSeconds ?? before.tokenLifetimeSeconds,
  }),
  ...(change.ownApplication === undefined ? {} : { ownApplication: ownApplicationOf(change.ownApplication) }),
  // A new object only when the rules change: whoever signed in since then stays signed in.
  signInRules:
    change.signInRules === undefined ? before.signInRules : rulesAfter(before.signInRules, change.signInRules),
});
