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

export const notifications = {
  settings: procedure.output(NotificationSettings),
  changeSettings: procedure.input(NotificationSettings).output(NotificationSettings),
  list: procedure.output(Notifications),
  markSeen: procedure.output(Notifications),
  /** Shows one through the system. Fails with NOT_IN_THIS_HOST where pages show them themselves. */
  test: procedure.output(ShownNotification),
  /** Where the notification leads that was clicked and not yet followed; nothing the second time. */
  takeClicked: procedure.output(NotificationPlace.nullable()),
};
