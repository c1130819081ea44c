import { z } from 'zod';
import { AppError } from './errors.ts';
import { procedure } from './procedure.ts';
import { Count, TenantId, UtcSeconds } from './values.ts';

/** Why the background sync leaves a tenant alone for now, and until when, in the tenant's service time, where that is known. */
export const BackgroundPause = z.discriminatedUnion('why', [
  /** The service slows the tenant down. */
  z.object({ why: z.literal('throttled'), untilAt: UtcSeconds }),
  /** As many questions were asked of it today as the settings allow. */
  z.object({ why: z.literal('budget'), untilAt: UtcSeconds }),
  /** No account is signed in that the tenant is worked in with; until one is. */
  z.object({ why: z.literal('account') }),
  z.object({ why: z.literal('failed'), untilAt: UtcSeconds, error: AppError }),
]);
export type BackgroundPause = z.infer<typeof BackgroundPause>;

export const TenantInBackground = z.object({
  tenantId: TenantId,
  /** It is being synced by itself right now. */
  isRunning: z.boolean(),
  /** Every unit was asked about at least once. */
  isFilled: z.boolean(),
  /** Questions about restore points on this day of its service time, by whomever. */
  questionsToday: Count,
  landmarksAsked: Count,
  pause: BackgroundPause.optional(),
  /** What its last read left out, where the rest could be read. */
  lacks: AppError.optional(),
});
export type TenantInBackground = z.infer<typeof TenantInBackground>;

export const BackgroundState = z.object({
  /** `offAtStart`: the console was started without it, whatever the settings say. */
  is: z.enum(['on', 'off', 'offAtStart', 'offline', 'signedOut']),
  questionsADay: Count,
  tenants: z.array(TenantInBackground),
});
export type BackgroundState = z.infer<typeof BackgroundState>;

/** The sync that the console does by itself. Its settings are the console's. */
export const background = {
  /** From the catalog and what is under way; asks nobody. */
  state: procedure.output(BackgroundState),
};
