import { z } from 'zod';
import { AccountId, TenantAccess } from './account.ts';
import { Clock } from './console.ts';
import { Controller } from './controller.ts';
import { procedure } from './procedure.ts';
import { RestoreSession } from './sessions.ts';
import { Count, Seconds, TenantId, TimeZone, UnitKind, UtcSeconds } from './values.ts';

export { Controller } from './controller.ts';

/** An application that registered to control Backup Storage in a tenant. */
export const ServiceApp = z.object({
  id: z.string(),
  /** `serviceAppStatus`, or the service's own new word. */
  status: z.string(),
  /** Whether it is this console's own. */
  isOurs: z.boolean(),
  name: z.string().optional(),
  registeredAt: UtcSeconds.optional(),
  /** When control passes to it. */
  effectiveAt: UtcSeconds.optional(),
});
export type ServiceApp = z.infer<typeof ServiceApp>;

export const ServiceState = z.object({
  /** `backupServiceStatus`, or the service's own new word. */
  status: z.string(),
  disableReason: z.string().optional(),
  gracePeriodUntilAt: UtcSeconds.optional(),
  restoreAllowedUntilAt: UtcSeconds.optional(),
  /** Every service app that could be read; absent where they could not. */
  apps: z.array(ServiceApp).optional(),
  askedAt: UtcSeconds,
});
export type ServiceState = z.infer<typeof ServiceState>;

/** One line of the readiness check: what was looked at, how it stands, and the fact behind it. The renderer words cause and next step. */
export const ReadinessItem = z.object({
  check: z.enum([
    'signIn',
    'consentControl',
    'consentConfiguration',
    'consentSearch',
    'consentRestoreRead',
    'consentRestoreWrite',
    'role',
    'controller',
    'serviceStatus',
    'billing',
  ]),
  result: z.enum(['ok', 'warning', 'failed', 'notChecked']),
  /** A code (`AADSTS65001`, a Graph code, a service status, a controller) that the words are chosen by. */
  fact: z.string().optional(),
  /** The scope, role or app concerned. */
  subject: z.string().optional(),
});
export type ReadinessItem = z.infer<typeof ReadinessItem>;
export const Readiness = z.object({ tenantId: TenantId, checkedAt: UtcSeconds, items: z.array(ReadinessItem) });
export type Readiness = z.infer<typeof Readiness>;

export const Tenant = z.object({
  id: TenantId,
  displayName: z.string(),
  domain: z.string(),
  /** Index into the renderer's palette of tenant colours; identity only, never state. */
  colour: z.int().min(0).max(7),
  /** The customer's zone, asked of the technician; the service tells none. */
  timeZone: TimeZone.optional(),
  addedAt: UtcSeconds,
  /** When the units were read last; absent before the first sync. */
  syncedAt: UtcSeconds.optional(),
  service: ServiceState.optional(),
  controller: Controller,
  /** The last change of the controller that a look noticed; the service tells nobody. */
  controllerChange: z.object({ from: Controller, to: Controller, noticedAt: UtcSeconds }).optional(),
  protectedUnits: Count,
  units: Count,
  runningSessions: Count,
  /** Present where a technician has set the tenant read-only: every write to it is refused with TENANT_READ_ONLY. */
  readOnly: z.object({ sinceAt: UtcSeconds, by: z.string() }).optional(),
  /** Who works in the tenant, and as which application. */
  access: TenantAccess.optional(),
});
export type Tenant = z.infer<typeof Tenant>;

/** The units of one kind in one tenant, as the catalog knows them. */
export const KindStanding = z.object({
  kind: UnitKind,
  units: Count,
  protected: Count,
  inError: Count,
  /** Surely without any point, of the units that have been protected for over an hour; the longest protected of them since `sinceAt`. */
  withoutPoint: z.object({ units: Count, sinceAt: UtcSeconds.optional() }),
  /** Newest point not yet asked for. */
  notAsked: Count,
  /** Units whose newest point was over an hour old when the service was asked for it; the oldest of these points. */
  late: z.object({ units: Count, oldestAt: UtcSeconds.optional() }),
  /** The oldest newest point of those protected, and when it was last shown to be its unit's newest. */
  stalest: z.object({ at: UtcSeconds, askedAt: UtcSeconds.optional() }).optional(),
});
export type KindStanding = z.infer<typeof KindStanding>;

/** One tenant as the list of all shows it: the facts from which `shared/domain/tenant-standing` decides its state. */
export const TenantAtHome = z.object({
  tenant: Tenant,
  /** Seconds by which the tenant's service time is ahead of the host's clock. */
  clockAheadSeconds: z.int(),
  /** Kinds of which there are units. */
  kinds: z.array(KindStanding),
  /** Sessions that have begun and not ended. */
  running: z.array(RestoreSession),
  /** Users and sites of the directory that no policy protects, where it was read. */
  unprotected: z.object({ users: Count, sites: Count, readAt: UtcSeconds }).optional(),
  /** What the last readiness check found missing, by check and fact. */
  notReady: z.object({ checkedAt: UtcSeconds, items: z.array(ReadinessItem) }).optional(),
});
export type TenantAtHome = z.infer<typeof TenantAtHome>;

/** The figures of the tiles. Each is a filter of `units.list`. */
export const ProtectionOverview = z.object({
  tenant: Tenant,
  /** The tenant's service time. */
  clock: Clock,
  counts: z.object({
    units: Count,
    protected: Count,
    inError: Count,
    /** Surely without any point (`none`). */
    withoutPoint: Count,
    /** Newest point not yet asked for. */
    notAsked: Count,
    sites: Count,
    drives: Count,
    mailboxes: Count,
  }),
  /** Age of the oldest newest point over all units that have one, in seconds of service time, and whether it is only "at most". */
  oldestNewest: z.object({ ageSeconds: Seconds, certain: z.boolean() }).optional(),
});
export type ProtectionOverview = z.infer<typeof ProtectionOverview>;

/** A customer of the partner, from GDAP. */
export const Customer = z.object({ tenantId: TenantId, displayName: z.string(), added: z.boolean() });
export type Customer = z.infer<typeof Customer>;

export const tenants = {
  list: procedure.output(z.array(Tenant)),
  /** Every tenant with the facts of its state, from the catalog alone, in one answer. By display name. */
  atHome: procedure.output(z.array(TenantAtHome)),
  /** The GDAP customers of an account's partner, asked of its home tenant. Fails with the sign-in errors, OFFLINE, GRAPH_REFUSED. */
  listCustomers: procedure.input(z.object({ accountId: AccountId })).output(z.array(Customer)),
  /**
   * Adds a tenant by domain or GUID and checks its readiness. Adds nothing where the tenant does not exist (TENANT_UNKNOWN).
   * `accountId` is who works in it; one that was added already keeps its account. May be left out where one account is signed
   * in, or none; fails with ACCOUNT_NOT_CHOSEN otherwise.
   */
  add: procedure
    .input(z.object({ domainOrId: z.string().trim().min(1).max(253), accountId: AccountId.optional() }))
    .output(z.object({ tenant: Tenant, readiness: Readiness })),
  /** Checks again. */
  checkReadiness: procedure.input(z.object({ tenantId: TenantId })).output(Readiness),
  /** The last check, without asking anyone. */
  readiness: procedure.input(z.object({ tenantId: TenantId })).output(Readiness.nullable()),
  overview: procedure.input(z.object({ tenantId: TenantId })).output(ProtectionOverview),
  setTimeZone: procedure.input(z.object({ tenantId: TenantId, timeZone: TimeZone })).output(Tenant),
  /** For assessments: from then on every write to the tenant is refused with TENANT_READ_ONLY, until it is taken back. Audited. */
  setReadOnly: procedure.input(z.object({ tenantId: TenantId, readOnly: z.boolean() })).output(Tenant),
  /**
   * Gives the tenant to another account, or to another application (`clientId`; null for the shared one); what is left out stays.
   * What was known of readiness and controller is asked anew. Audited. Fails with SIGNED_OUT where the account is not signed in,
   * TENANT_BUSY while a restore of ours runs there.
   */
  setAccess: procedure
    .input(z.object({ tenantId: TenantId, accountId: AccountId.optional(), clientId: z.guid().nullable().optional() }))
    .output(Tenant),
  /** Deletes the tenant's tokens, cache, plans and their copies. The audit stays. */
  forget: procedure.input(z.object({ tenantId: TenantId, typedName: z.string() })).output(z.void()),
};
