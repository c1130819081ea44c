import { z } from 'zod';
import { Count, RestorePointId, UtcSeconds } from './values.ts';

/** A restore point as known. */
export const Point = z.object({
  id: RestorePointId,
  at: UtcSeconds,
  expiresAt: UtcSeconds,
  fast: z.boolean(),
});
export type Point = z.infer<typeof Point>;

/** `[fromAt, toAt)` */
const Stretch = z.object({ fromAt: UtcSeconds, toAt: UtcSeconds });

/**
 * "The newest point of this unit before T", with how certain that is (`shared/domain/knowledge`):
 * `exact`: nothing newer exists · `atLeast`: a newer one may lie in `unproven` · `none`: proven back to the beginning ·
 * `notAsked`: nothing is known · `asShown`: T lies so close to the asking that points may still be appearing.
 */
export const Certainty = z.discriminatedUnion('is', [
  z.object({ is: z.literal('exact'), point: Point }),
  z.object({ is: z.literal('atLeast'), point: Point, unproven: Stretch }),
  z.object({ is: z.literal('none') }),
  z.object({ is: z.literal('notAsked') }),
  z.object({ is: z.literal('asShown'), askedAt: UtcSeconds, point: Point.nullable() }),
]);
export type Certainty = z.infer<typeof Certainty>;

/**
 * "The newest point now". Certain only as of the asking: after one cadence `shown` decays to `orNewer`, and `noneShown` is
 * true of its moment alone (`fresh` says whether that was less than a cadence ago).
 */
export const HeadCertainty = z.discriminatedUnion('is', [
  z.object({ is: z.literal('shown'), point: Point, askedAt: UtcSeconds }),
  z.object({ is: z.literal('orNewer'), point: Point, askedAt: UtcSeconds.optional() }),
  z.object({ is: z.literal('noneShown'), askedAt: UtcSeconds, fresh: z.boolean() }),
  z.object({ is: z.literal('notAsked') }),
]);
export type HeadCertainty = z.infer<typeof HeadCertainty>;

/**
 * A piece of a unit's time line. `proven`: everything in it is known. `shown`: so recent that points may still be appearing;
 * known as of `askedAt`. `notAsked`: nobody has asked about the whole of it.
 */
export const Span = z.object({
  fromAt: UtcSeconds,
  toAt: UtcSeconds,
  state: z.enum(['proven', 'shown', 'notAsked']),
  points: Count,
  fastPoints: Count,
  /** `shown`: when it was asked. `proven`: when a point in it was told last; absent where it is empty (that is not kept). */
  askedAt: UtcSeconds.optional(),
  /** Questions that would prove the whole of it ("about": the answers decide); absent where it is known. */
  questions: Count.optional(),
});
export type Span = z.infer<typeof Span>;
