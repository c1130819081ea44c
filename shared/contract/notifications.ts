import { z } from 'zod';
import { notificationSorts } from '../domain/notifications/index.ts';
import { procedure } from './procedure.ts';
import { Count, PlanId, TenantId, UtcSeconds } from './values.ts';

const MinuteOfDay = z.int().min(0).max(1_439);

/** Minutes since midnight in the technician's zone, `to` excluded; over midnight where `to` comes before `from`. */
const QuietHours = z
  .object({ from: MinuteOfDay, to: MinuteOfDay })
  .refine(({ from, to }) => from !== to, { error: 'quiet hours need two different times' });

export const NotificationSettings = z.object({
  /** Which sorts are told. */
  sorts: z.record(z.enum(notificationSorts), z.boolean()),
  /** Absent: never quiet. By the clock that the status bar shows. */
  quiet: QuietHours.optional(),
  /** Whether what is critical is told in quiet hours too. */
  criticalBreaksThrough: z.boolean(),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

export const NotificationPlace = z.discriminatedUnion('at', [
  z.object({ at: z.literal('home') }),
  z.object({ at: z.literal('tenant'), tenantId: TenantId }),
  z.object({ at: z.literal('restore'), tenantId: TenantId, planId: PlanId }),
]);
export type NotificationPlace = z.infer<typeof NotificationPlace>;

/** One of the last things that happened, also where quiet hours held it back or nobody saw it. */
export const RecentNotification = z.object({
  id: z.string(),
  at: UtcSeconds,
  title: z.string(),
  body: z.string(),
  opens: NotificationPlace,
  isCritical: z.boolean(),
});
export type RecentNotification = z.infer<typeof RecentNotification>;

export const Notifications = z.object({
  /** Who shows them: the system, or an open page by its browser's own means. */
  shownBy: z.enum(['system', 'page']),
  /** Whether it is quiet now. */
  isQuiet: z.boolean(),
  /** Kept back until the quiet hours end. */
  held: Count,
  /** Came since the list was looked at last. */
  unseen: Count,
  /** Newest first. */
  recent: z.array(RecentNotification),
});
export type Notifications = z.infer<typeof Notifications>;

/**
 * What became of a notification: `unsupported`: this system has none. `refused`: it said no, with its words where it has some.
 * `unanswered`: it took it and did not say that it showed it.
 */
export const ShownNotification = z.object({
  outcome: z.enum(['shown', 'unsupported', 'refused', 'unanswered']),
  reason: z.string().optional(),
});
export type ShownNotification = z.infer<typeof ShownNotification>;

/** The service's own e-mail setting of a tenant, as last read. */
export const EmailSetting = z.object({
  /** Absent where the service does not say. */
  isEnabled: z.boolean().optional(),
  /** Members of `notificationEventsType`, or the service's own new words; none: it mails of nothing more. */
  additionalEvents: z.array(z.string()),
  /** Members of `notificationRecipientsType`. Partner apps may not change them: they keep a custom list. */
  roles: z.array(z.string()),
  recipients: z.array(z.object({ email: z.string().optional(), displayName: z.string().optional() })),
  askedAt: UtcSeconds,
});
export type EmailSetting = z.infer<typeof EmailSetting>;

/** What is to be; what is left out stays. */
export const EmailChange = z.object({
  isEnabled: z.boolean().optional(),
  /** Whether it mails of restores and changes of policies too. */
  restoreAndPolicyUpdates: z.boolean().optional(),
  /** The whole list of addresses. */
  recipients: z.array(z.string().trim().min(1).max(320)).max(1_000).optional(),
});
export type EmailChange = z.infer<typeof EmailChange>;

const problem = <const C extends string, S extends 'stop' | 'warning', F extends z.core.$ZodLooseShape>(
  code: C,
  severity: S,
  facts: F,
) => z.object({ code: z.literal(code), severity: z.literal(severity), ...facts });

export const EmailProblem = z.discriminatedUnion('code', [
  problem('NOTHING_TO_DO', 'stop', {}),
  problem('ADDRESS_INVALID', 'stop', { addresses: z.array(z.string()) }),
  /** It is on, and nobody gets a mail. */
  problem('NO_RECIPIENTS', 'warning', {}),
  /** Mails go to roles now; the service may refuse a list of addresses. */
  problem('ROLE_NOT_CUSTOM', 'warning', { roles: z.array(z.string()) }),
]);
export type EmailProblem = z.infer<typeof EmailProblem>;

export const PreparedEmailChange = z.object({
  id: z.guid(),
  tenantId: TenantId,
  before: EmailSetting,
  after: EmailSetting,
  problems: z.array(EmailProblem),
  canSend: z.boolean(),
});
export type PreparedEmailChange = z.infer<typeof PreparedEmailChange>;

export const notifications = {
  settings: procedure.output(NotificationSettings),
  changeSettings: procedure.input(NotificationSettings).output(NotificationSettings),
  list: procedure.output(Notifications),
  markSeen: procedure.output(Notifications),
  /** Shows one through the system. Fails with NOT_IN_THIS_HOST where pages show them themselves. */
  test: procedure.output(ShownNotification),
  /** Where the notification leads that was clicked and not yet followed; nothing the second time. */
  takeClicked: procedure.output(NotificationPlace.nullable()),
  /** The service's e-mail setting as last read, without asking anyone. */
  email: procedure.input(z.object({ tenantId: TenantId })).output(EmailSetting.nullable()),
  /** The same, read now. Needs a signed-in person and `BackupRestore-Control.ReadWrite.All`. */
  fetchEmail: procedure.input(z.object({ tenantId: TenantId })).output(EmailSetting),
  /** Reads the setting and works out what the change makes of it. Sends nothing. Fails with TENANT_READ_ONLY. */
  prepareEmail: procedure.input(z.object({ tenantId: TenantId, change: EmailChange })).output(PreparedEmailChange),
  /**
   * Sends a prepared change, once. Answers the setting as the service has it then. Audited. Fails with CHANGE_NOT_FOUND, CHANGE_BLOCKED,
   * TENANT_READ_ONLY, SETTING_CHANGED, OUTCOME_UNKNOWN, GRAPH_REFUSED.
   */
  sendEmail: procedure.input(z.object({ changeId: z.guid() })).output(EmailSetting),
};
