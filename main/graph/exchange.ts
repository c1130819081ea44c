import type { MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import type { TenantId } from '../../shared/domain/protection-unit.ts';

/** One HTTP request on its way through the library's middleware: what the middleware needs, and what it found out. */
export class Exchange implements MiddlewareOptions {
  readonly tenantId: TenantId;
  readonly address: URL;
  readonly scopes: readonly string[];
  readonly signal: AbortSignal | undefined;
  readonly claims: string | undefined;
  readonly forceRefresh: boolean;

  /** True once anything may have left: from then on a write's outcome can be unknown. */
  hasLeft = false;
  /** Called just before the request leaves. */
  onLeaving: () => void = () => {};
  /** What ended the exchange, as it was thrown: the library replaces it by an error of its own, without its cause. */
  failure: unknown;

  constructor(facts: {
    readonly tenantId: TenantId;
    readonly address: URL;
    readonly scopes: readonly string[];
    readonly signal: AbortSignal | undefined;
    readonly claims: string | undefined;
    readonly forceRefresh: boolean;
  }) {
    this.tenantId = facts.tenantId;
    this.address = facts.address;
    this.scopes = facts.scopes;
    this.signal = facts.signal;
    this.claims = facts.claims;
    this.forceRefresh = facts.forceRefresh;
  }
}
