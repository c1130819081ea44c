import { randomUUID } from 'node:crypto';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { type AppError, AppFailure } from '../../shared/contract/errors.ts';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { SignInError } from '../auth/index.ts';
import { asAppFailure, toAppError } from '../failures.ts';
import { clientFaults, GraphError, hasCode, type Timing } from '../graph/index.ts';
import type { Log } from '../host.ts';
import type { AskPriority } from './ask-lanes.ts';
import { AskReporter } from './ask-progress.ts';
import type { AskOf } from './asker.ts';
import type { ServiceClocks } from './service-clock.ts';
import type { TenantWork } from './tenant-work.ts';
import type { Throttling } from './throttling.ts';

export interface AskRunsParts {
  readonly work: TenantWork;
  readonly clocks: Pick<ServiceClocks, 'toServiceTime'>;
  /** Told when the network seems to have failed. */
  readonly connectivity: { suspect(): unknown };
  readonly throttling: Throttling;
  readonly timing: Pick<Timing, 'now' | 'timeScale'>;
  readonly log: Log;
  readonly emit: (event: ConsoleEvent) => void;
}

/** What every ask has around it: a name and progress that the renderer is told, an end, and failures in the contract's words. */
export class AskRuns {
  readonly #parts: AskRunsParts;

  constructor(parts: AskRunsParts) {
    this.#parts = parts;
  }

  /** @throws AppFailure, or what nobody foresaw */
  async run<T>(
    tenantId: TenantId,
    options: { readonly signal: AbortSignal | undefined; readonly priority: AskPriority },
    work: (of: AskOf) => Promise<T>,
  ): Promise<T> {
    const { emit, throttling } = this.#parts;
    const askId = randomUUID();
    const reporter = new AskReporter({
      tenantId,
      askId,
      inBackground: options.priority === 'background',
      emit,
      throttledUntil: () => this.#throttledUntil(tenantId),
    });
    const stopListening = throttling.onThrottled(throttled => {
      if (throttled.toLowerCase() === tenantId.toLowerCase()) reporter.tell();
    });
    try {
      const result = await this.#parts.work.run(tenantId, options.signal, async signal =>
        work({ tenantId, priority: options.priority, signal, reporter }),
      );
      emit({ type: 'askEnded', tenantId, askId });
      return result;
    } catch (error) {
      if (isNetworkFailure(error)) this.#parts.connectivity.suspect();
      const failure = asAppFailure(error, { tenantId, timeScale: this.#parts.timing.timeScale });
      emit({ type: 'askEnded', tenantId, askId, error: toAppError(failure) ?? this.#unforeseen(error) });
      throw failure;
    } finally {
      stopListening();
    }
  }

  #unforeseen(error: unknown): AppError {
    const errorId = randomUUID();
    this.#parts.log.error('sync.askFailed', { errorId, stack: error instanceof Error ? error.stack : typeof error });
    return { code: 'UNEXPECTED', errorId };
  }

  #throttledUntil(tenantId: TenantId): UtcSeconds | undefined {
    const { throttling, timing, clocks } = this.#parts;
    const until = throttling.findUntil(tenantId, timing.now());
    return until === undefined ? undefined : clocks.toServiceTime(tenantId, until);
  }
}

function isNetworkFailure(error: unknown): boolean {
  if (error instanceof SignInError) return error.problem.kind === 'offline';
  if (error instanceof AppFailure) return error.error.code === 'OFFLINE';
  if (!(error instanceof GraphError)) return false;
  if (hasCode(error, clientFaults.tokenUnavailable)) return isNetworkFailure(error.cause);
  return hasCode(error, clientFaults.networkLost) || hasCode(error, clientFaults.timedOut);
}
