import type { TenantId } from '../../shared/domain/protection-unit.ts';

/** An access token, and the tenant that the identity library says it is for. */
export interface AccessToken {
  /** The bearer token itself. Never logged, never put into an error. */
  readonly token: string;
  /** The tenant of the token, as the sign-in library reports it (`AuthenticationResult.tenantId`). */
  readonly tenantId: TenantId;
}

export interface AccessTokenOptions {
  /** The decoded claims request (JSON text) of a claims challenge; a cached token won't do then. */
  readonly claims?: string;
  /** True where Graph has just refused the cached token as invalid or expired; a cached token won't do then. */
  readonly forceRefresh?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Hands out access tokens for Graph. The Graph client asks before every request and compares both the reported tenant and
 * the token's own `tid` with the tenant meant, so a source may be wrong about a tenant without harm.
 */
export interface TokenSource {
  /**
   * @param tenantId the customer tenant, a GUID
   * @param scopes full scope names, such as `https://graph.microsoft.com/User.Read`
   * @throws whatever says that no token can be had silently; it becomes the `cause` of a `GraphError` with the code `tokenUnavailable`
   */
  accessToken(tenantId: TenantId, scopes: readonly string[], options?: AccessTokenOptions): Promise<AccessToken>;
}
