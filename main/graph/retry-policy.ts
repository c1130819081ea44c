import { isWaitCode } from './answer-reading.ts';
import { clientFaults, type GraphError } from './graph-error.ts';
import type { GraphRequest } from './graph-request.ts';

export interface RetrySettings {
  /** How often a request is tried in all, where it fails by itself. */
  readonly attempts: number;
  /** How often it is tried in all, where the service throttles it: that passes, so patience is longer. */
  readonly throttledAttempts: number;
  /** The first wait without a Retry-After, in real seconds; doubled each time. */
  readonly baseSeconds: number;
  /** The longest wait of our own choosing; a Retry-After is honoured in full, up to a day. */
  readonly ceilingSeconds: number;
}

export const defaultRetry: RetrySettings = { attempts: 5, throttledAttempts: 12, baseSeconds: 1, ceilingSeconds: 60 };

const LONGEST_RETRY_AFTER_SECONDS = 86_400;

export interface Retry {
  /** Real seconds to wait first. */
  readonly waitSeconds: number;
  /** True where the service throttles the tenant, so that its other requests wait as well. */
  readonly isThrottled: boolean;
}

/** The tries of one request so far. */
export class RetryCount {
  readonly #settings: RetrySettings;
  readonly #random: () => number;
  #failed = 0;
  #throttled = 0;

  constructor(settings: RetrySettings, random: () => number) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Counts a failure. @returns how to go on, or `undefined` where the error is final */
  next(request: GraphRequest<unknown>, error: GraphError): Retry | undefined {
    if (!mayRepeat(request, error)) return undefined;
    // Nobody waits longer than that for an answer, and a header gone wrong must not shut a tenant for good.
    if ((error.retryAfterSeconds ?? 0) > LONGEST_RETRY_AFTER_SECONDS) return undefined;
    const isThrottled = isThrottling(error);
    const tries = isThrottled ? ++this.#throttled : ++this.#failed;
    if (tries >= (isThrottled ? this.#settings.throttledAttempts : this.#settings.attempts)) return undefined;
    return { waitSeconds: error.retryAfterSeconds ?? this.#backOff(tries), isThrottled };
  }

  /** Half of the doubled wait for sure, the other half by chance: clients that failed together don't come back together. */
  #backOff(tries: number): number {
    const { baseSeconds, ceilingSeconds } = this.#settings;
    return Math.min(ceilingSeconds, baseSeconds * 2 ** (tries - 1)) * (0.5 + this.#random() / 2);
  }
}

/** 429, or 503 with a Retry-After: both say that the tenant is to be left alone for a while. */
function isThrottling(error: GraphError): boolean {
  return error.status === 429 || (error.status === 503 && error.retryAfterSeconds !== undefined);
}

const PASSING: ReadonlySet<string> = new Set([
  clientFaults.networkLost,
  clientFaults.timedOut,
  clientFaults.partMissing,
]);

function mayRepeat(request: GraphRequest<unknown>, error: GraphError): boolean {
  if (request.effect === 'write') return error.status === 429 || isWaitCode(request, error.code);
  if (PASSING.has(error.code)) return true;
  if (error.code === clientFaults.unreadableAnswer && error.status < 300) return true;
  return error.status === 429 || error.status === 408 || (error.status >= 500 && error.status !== 501);
}
