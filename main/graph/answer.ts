import type { UtcSeconds } from '../../shared/domain/time.ts';

/** What every answer says about itself, besides its value. */
export interface AnswerFacts {
  readonly status: number;
  /** Graph's `request-id`; goes into the audit. */
  readonly requestId?: string;
  /** The id that this client gave the request. */
  readonly clientRequestId: string;
  /**
   * The answer's `Date` header: service time, whole seconds. With the round trip it gives "asked at" (`toAskedAt` in the shared domain).
   * Missing only where the service sent none: such an answer proves nothing.
   */
  readonly serviceAt?: UtcSeconds;
  /** Where a create or an action says that its result lives (`Content-Location`), as it came. */
  readonly contentLocation?: string;
  /** From sending to the answer's last byte, in seconds of service time, not rounded; waiting and retries are not in it. */
  readonly roundTripSeconds: number;
  /** The host's clock when the answer was there. */
  readonly receivedAt: UtcSeconds;
}

export interface Answer<T> extends AnswerFacts {
  readonly value: T;
}

/** Seconds to add to the host's clock to get service time, as this answer shows it. */
export function toClockOffset(facts: AnswerFacts): number | undefined {
  return facts.serviceAt === undefined ? undefined : facts.serviceAt - facts.receivedAt;
}
