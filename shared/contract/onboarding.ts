import { z } from 'zod';
import { AppError } from './errors.ts';
import { procedure } from './procedure.ts';
import { Controller, ServiceState } from './tenants.ts';
import { Count, TenantId, UtcSeconds } from './values.ts';

/** How the last `enable` sent from this console ended, and who was to pay. */
export const LastEnable = z.object({
  at: UtcSeconds,
  ownerTenantId: TenantId,
  outcome: z.enum(['done', 'refused', 'notDone', 'unknown']),
  /** Graph's code of a refusal. */
  code: z.string().optional(),
});
export type LastEnable = z.infer<typeof LastEnable>;

/** How Backup Storage stands in a tenant: whether it is on, who controls it, which apps are registered. */
export const ServiceStanding = z.object({
  tenantId: TenantId,
  /** The application id of this console: what billing and consent name. */
  clientId: z.string(),
  /** Absent before the service was first asked; its `askedAt` says how old this is. */
  service: ServiceState.optional(),
  controller: Controller,
  lastEnable: LastEnable.optional(),
  /** What of the last `fetchStanding` could not be read, and why. Empty in what is told from the catalog. */
  unread: z.array(z.object({ part: z.enum(['status', 'apps']), error: AppError })),
});
export type ServiceStanding = z.infer<typeof ServiceStanding>;

/** A change of control, as it is asked for. */
export const ServiceAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('register') }),
  /** `effectiveAt`: 7 to 30 days ahead; absent: at once, where nobody controls. */
  z.object({ type: z.literal('activate'), effectiveAt: UtcSeconds.optional() }),
  /** Graph's `deactivate` of an app that waits for control. */
  z.object({ type: z.literal('cancelTakeover') }),
  /** `ownerTenantId`: the tenant that the app is registered in; it pays. */
  z.object({ type: z.literal('enable'), ownerTenantId: TenantId }),
  z.object({ type: z.literal('unregister') }),
]);
export type ServiceAction = z.infer<typeof ServiceAction>;

/** What follows from an action, one consequence each. The renderer has the words. */
export const ServiceEffect = z.discriminatedUnion('effect', [
  z.object({ effect: z.literal('becomesRegistered') }),
  z.object({ effect: z.literal('controlAtOnce') }),
  /** From then on; until then read-only, and whoever `from` is pays and controls. */
  z.object({ effect: z.literal('controlPasses'), at: UtcSeconds, from: Controller }),
  z.object({ effect: z.literal('noWayBackToMicrosoft') }),
  z.object({ effect: z.literal('notYetEnabled') }),
  z.object({ effect: z.literal('takeoverCancelled'), stays: Controller }),
  z.object({ effect: z.literal('ownerPays'), ownerTenantId: TenantId }),
  z.object({ effect: z.literal('protectionAllowed') }),
  /** After invalid billing the lock ends a day or two after a healthy profile was told; policies stay inactive. */
  z.object({ effect: z.literal('lockEndsLater') }),
  z.object({ effect: z.literal('nothingNew') }),
  z.object({ effect: z.literal('noLongerRegistered') }),
  /** No reading, no change, no restore from here. `protectedUnits`: absent where its units were never read. */
  z.object({ effect: z.literal('accessEnds'), protectedUnits: Count.optional() }),
  z.object({ effect: z.literal('costGoesOn'), graceUntil: UtcSeconds, until: UtcSeconds }),
  z.object({ effect: z.literal('dataOffboarded'), from: UtcSeconds }),
]);
export type ServiceEffect = z.infer<typeof ServiceEffect>;

const severity = z.enum(['stop', 'warning']);
/** What stands in the way of an action, or should be known before it. `stop` rules it out. */
export const ServiceProblem = z.discriminatedUnion('code', [
  z.object({ code: z.literal('TENANT_READ_ONLY'), severity, sinceAt: UtcSeconds, by: z.string() }),
  z.object({ code: z.literal('SIGN_IN_NEEDED'), severity }),
  z.object({ code: z.literal('CONSENT_MISSING'), severity, scopes: z.array(z.string()) }),
  z.object({ code: z.literal('OFFLINE'), severity }),
  /** `why`: an `ActionBar` of `shared/domain/onboarding.ts`. */
  z.object({ code: z.literal('NOT_NOW'), severity, why: z.string(), at: UtcSeconds.optional() }),
  z.object({ code: z.literal('TAKEOVER_TOO_SOON'), severity, from: UtcSeconds }),
  z.object({ code: z.literal('TAKEOVER_TOO_LATE'), severity, until: UtcSeconds }),
  z.object({ code: z.literal('TAKEOVER_NEEDS_DATE'), severity }),
  z.object({ code: z.literal('OWNER_IS_CUSTOMER'), severity }),
  z.object({ code: z.literal('RESTORES_RUNNING'), severity, sessions: Count }),
  z.object({ code: z.literal('ANOTHER_TAKES_OVER'), severity, at: UtcSeconds.optional() }),
]);
export type ServiceProblem = z.infer<typeof ServiceProblem>;

export const PreparedAction = z.object({
  id: z.guid(),
  tenantId: TenantId,
  tenantName: z.string(),
  preparedAt: UtcSeconds,
  action: ServiceAction,
  effects: z.array(ServiceEffect),
  problems: z.array(ServiceProblem),
  canSend: z.boolean(),
  needsTypedName: z.boolean(),
});
export type PreparedAction = z.infer<typeof PreparedAction>;

/**
 * What came of an action. `done`: the service took it, or reading shows it done. `notDone`: its answer was lost, and reading shows that
 * nothing came of it. `unknown`: its answer was lost, and reading does not tell.
 */
export const SentAction = z.object({
  change: PreparedAction,
  outcome: z.enum(['done', 'refused', 'notDone', 'unknown']),
  /** True where reading told it, as no answer had come. */
  foundByReading: z.boolean(),
  requestId: z.string().optional(),
  /** Why it was refused, in the service's own terms. */
  refusal: z.object({ status: z.int(), code: z.string(), message: z.string() }).optional(),
  /** Read again after it. */
  standing: ServiceStanding,
});
export type SentAction = z.infer<typeof SentAction>;

const ofTenant = z.object({ tenantId: TenantId });

export const onboarding = {
  /** What is known, from the catalog alone. */
  standing: procedure.input(ofTenant).output(ServiceStanding),
  /** Asks the service now. What could not be read stands in `unread`; only where nobody is signed in or the tenant is gone it fails. */
  fetchStanding: procedure.input(ofTenant).output(ServiceStanding),
  /** Works out what an action will do, from a fresh look at the service. Sends nothing. Fails with the sign-in errors, ABORTED. */
  prepare: procedure.input(ofTenant.extend({ action: ServiceAction })).output(PreparedAction),
  /**
   * Sends a prepared action once and reads the service again; a second call waits for the first. Fails with CHANGE_NOT_FOUND, CHANGE_BLOCKED,
   * NAME_MISMATCH, TENANT_READ_ONLY, SIGNED_OUT before anything is sent, and with the errors of sign-in and network where nothing was done.
   */
  send: procedure.input(z.object({ actionId: z.guid(), typedName: z.string().optional() })).output(SentAction),
};
