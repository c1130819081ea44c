import type { AuthLog } from './auth-log.ts';
import { toSignInProblem } from './classify-error.ts';
import type { EntraNetwork } from './entra-network.ts';
import { HOME_AUTHORITY } from './msal-application.ts';
import type { RealClock } from './real-clock.ts';
import { SignInError } from './sign-in-problem.ts';

/** What was asked when no token came. `tenantId` is undefined at home. */
interface Asked {
  readonly tenantId: string | undefined;
  readonly scopes: readonly string[];
  readonly correlationId: string;
  /** The challenge that the request carried. */
  readonly claims?: string;
}

/** Turns whatever ended a request for a token into the one error that leaves this folder, and remembers challenges. */
export class Refusals {
  readonly #clock: RealClock;
  readonly #network: EntraNetwork;
  readonly #log: AuthLog;
  /** By tenant, what its last refusal demanded; the next prompt there answers it. */
  readonly #challenges = new Map<string, string>();

  constructor({
    clock,
    network,
    log,
  }: {
    readonly clock: RealClock;
    readonly network: EntraNetwork;
    readonly log: AuthLog;
  }) {
    this.#clock = clock;
    this.#network = network;
    this.#log = log;
  }

  toError(error: unknown, { tenantId, scopes, correlationId, claims }: Asked): SignInError {
    const failed = error instanceof SignInError ? error : this.#classify(error, { tenantId, scopes, correlationId });
    const { problem } = failed;
    if (tenantId !== undefined && (problem.kind === 'interactionRequired' || problem.kind === 'conditionalAccess')) {
      const challenge = problem.claims ?? claims;
      if (challenge !== undefined) this.#challenges.set(tenantId, challenge);
    }
    const level = problem.kind === 'wrongTenantToken' || problem.kind === 'unexpected' ? 'warn' : 'info';
    this.#log[level]('tokenRefused', { kind: problem.kind, tenantId, errorNo: problem.errorNo, correlationId });
    return failed;
  }

  challengeOf(tenantId: string): string | undefined {
    return this.#challenges.get(tenantId);
  }

  forgetChallengeOf(tenantId: string): void {
    this.#challenges.delete(tenantId);
  }

  forgetChallenges(): void {
    this.#challenges.clear();
  }

  #classify(error: unknown, { tenantId, scopes, correlationId }: Omit<Asked, 'claims'>): SignInError {
    return new SignInError(
      toSignInProblem(error, {
        ...(tenantId !== undefined && { tenantId }),
        scopes,
        correlationId,
        now: this.#clock.now(),
        retryAt: this.#network.retryAt(tenantId ?? HOME_AUTHORITY),
      }),
    );
  }
}
