import { z } from 'zod';
import { UtcSeconds } from './values.ts';

/**
 * Who controls Backup Storage in a tenant, as far as this console can see. `pending`: ours, from `fromAt` on, read-only until
 * then. `leaving`: ours until `untilAt`, another app takes over.
 */
export const Controller = z.discriminatedUnion('by', [
  z.object({ by: z.literal('ours') }),
  z.object({ by: z.literal('pending'), fromAt: UtcSeconds.optional() }),
  z.object({ by: z.literal('leaving'), untilAt: UtcSeconds.optional() }),
  z.object({ by: z.literal('anotherApp') }),
  z.object({ by: z.literal('microsoft') }),
  z.object({ by: z.literal('nobody') }),
  z.object({ by: z.literal('unknown') }),
]);
export type Controller = z.infer<typeof Controller>;
