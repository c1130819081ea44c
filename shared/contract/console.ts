import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Controller } from './controller.ts';
import { AppError } from './errors.ts';
import { NotificationPlace } from './notifications.ts';
import { procedure } from './procedure.ts';
import { Count, PlanId, TenantId, TimeZone, UtcSeconds } from './values.ts';

/** A clock to go on from: at the moment of the answer it showed `now`, and it runs `rate` seconds a real second (1 but in the demo). */
export const Clock = z.object({ now: UtcSeconds, rate: z.number().positive() });
export type Clock = z.infer<typeof Clock>;

export const ConsoleState = z.object({
  version: z.string(),
  /** Which profile is open: the demo tenants, or the technician's own. */
  profile: z.enum(['demo', 'own']),
  profilePath: z.string(),
  /** The host's clock; a tenant's service clock stands in its overview. */
  clock: Clock,
  /** False in the loopback host, which is for the demo alone. */
  canSwitchProfile: z.boolean(),
  /** False where sign-in is kept in memory and ends with the console. */
  remembersSignIn: z.boolean(),
  /** What the console met when it started, each to be told once: a catalog set aside, an unreadable sign-in cache. */
  notices: z.array(
    z.discriminatedUnion('code', [
      z.object({ code: z.literal('CACHE_SET_ASIDE'), setAsidePath: z.string() }),
      z.object({ code: z.literal('WORK_UNREADABLE'), workPath: z.string(), copyPath: z.string().optional() }),
      z.object({ code: z.literal('SIGN_IN_CACHE_SET_ASIDE') }),
      z.object({ code: z.literal('SIGN_IN_NOT_REMEMBERED') }),
    ]),
  ),
});
export type ConsoleState = z.infer<typeof ConsoleState>;

export const Connectivity = z.discriminatedUnion('state', [
  z.object({ state: z.literal('online') }),
  z.object({ state: z.literal('offline'), sinceAt: UtcSeconds, nextTryAt: UtcSeconds.optional() }),
]);
export type Connectivity = z.infer<typeof Connectivity>;

/** What is being asked of a tenant right now, for the status bar and the button that started it. */
export const AskProgress = z.object({
  tenantId: TenantId,
  /** Names this ask; given by `sync.*` and `plans.makeCertain` in their own first answer. */
  askId: z.string(),
  purpose: z.enum(['units', 'heads', 'incident', 'window']),
  unitsDone: Count,
  unitsTotal: Count,
  questions: Count,
  /** True where the console asks by itself, and nobody waits. */
  inBackground: z.boolean().optional(),
  throttledUntil: UtcSeconds.optional(),
});
export type AskProgress = z.infer<typeof AskProgress>;

/** What changed. Events name what to read again; they carry state only where a read would be wasteful. */
export const ConsoleEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connectivityChanged'), connectivity: Connectivity }),
  z.object({ type: z.literal('accountChanged') }),
  z.object({ type: z.literal('tenantsChanged'), tenantId: TenantId.optional() }),
  /** A look found somebody else in control than the look before, and not by this console's doing. */
  z.object({
    type: z.literal('controllerChanged'),
    tenantId: TenantId,
    from: Controller,
    to: Controller,
    noticedAt: UtcSeconds,
  }),
  /** Nothing of the tenant is known any more; what was read of it before is no data, also where it is added again. */
  z.object({ type: z.literal('tenantForgotten'), tenantId: TenantId }),
  z.object({ type: z.literal('unitsChanged'), tenantId: TenantId }),
  z.object({ type: z.literal('pointsChanged'), tenantId: TenantId }),
  z.object({ type: z.literal('sessionsChanged'), tenantId: TenantId }),
  z.object({ type: z.literal('planChanged'), tenantId: TenantId, planId: PlanId }),
  /** A tenant's policies, their rules or jobs were read again. */
  z.object({ type: z.literal('policiesChanged'), tenantId: TenantId }),
  /** How far a change of policies is that is being sent; `policies.change` has the rest. */
  z.object({
    type: z.literal('policyChangeProgressed'),
    tenantId: TenantId,
    changeId: z.guid(),
    requestsDone: Count,
    requests: Count,
  }),
  /** The list of recent notifications changed, or one was clicked that a page has to follow. */
  z.object({ type: z.literal('notificationsChanged') }),
  /** A notification that pages show themselves, where the host has no way to. */
  z.object({
    type: z.literal('notificationRaised'),
    id: z.string(),
    title: z.string(),
    body: z.string(),
    opens: NotificationPlace,
  }),
  /** What `background.state` says has changed; told at most once a second. */
  z.object({ type: z.literal('backgroundChanged') }),
  /** What is known of the tenant's gaps in protection was read or reckoned again. */
  z.object({ type: z.literal('gapsChanged'), tenantId: TenantId }),
  /** How far a reading for gaps is: users and sites read so far, policies looked into. */
  z.object({
    type: z.literal('gapsReading'),
    tenantId: TenantId,
    users: Count,
    sites: Count,
    policies: Count,
    ended: z.boolean(),
  }),
  z.object({ type: z.literal('askProgressed'), progress: AskProgress }),
  z.object({ type: z.literal('askEnded'), tenantId: TenantId, askId: z.string(), error: AppError.optional() }),
]);
export type ConsoleEvent = z.infer<typeof ConsoleEvent>;

/** What the console does by itself in every tenant while it is open, online and signed in. */
export const BackgroundSettings = z.object({
  on: z.boolean(),
  /** Questions about restore points that may be asked of a tenant on one day, by whomever; a technician's are never refused. */
  questionsADay: z.int().min(100).max(100_000),
  /** Whether the newest points before each day of two weeks and each week beyond are asked for, once each. */
  landmarks: z.boolean(),
});
export type BackgroundSettings = z.infer<typeof BackgroundSettings>;

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** The technician's own zone; absent means that of the machine. */
  timeZone: TimeZone.optional(),
  background: BackgroundSettings,
});
export type Settings = z.infer<typeof Settings>;

export const console = {
  state: procedure.output(ConsoleState),
  connectivity: procedure.output(Connectivity),
  /** Tries the network at once, without waiting for the next try. */
  tryNow: procedure.output(Connectivity),
  /** Every change from the moment of the call on. Ends when the caller aborts or the bridge closes. */
  events: procedure.output(eventIterator(ConsoleEvent)),
  settings: procedure.output(Settings),
  changeSettings: procedure.input(Settings.partial()).output(Settings),
  /** Closes this profile and opens the demo tenants in one of their own; the window loads anew. Fails with NOT_IN_THIS_HOST. */
  openDemo: procedure.output(z.void()),
  /** The way back from `openDemo`. */
  closeDemo: procedure.output(z.void()),
};
