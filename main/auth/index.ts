/** Sign-in: the account, and tokens that are certainly of the tenant meant. The only door to the sign-in library. */
export { createAuthService } from './create-auth-service.ts';
export type { AuthOptions, AuthService, ScopeConsent, TenantAccess, TenantToken } from './auth-service.ts';
export type { Account, AuthState, KeptSignIn, TokenStorage } from './auth-state.ts';
export type { AuthLog } from './auth-log.ts';
export type { RealClock } from './real-clock.ts';
export { needsSignIn, SignInError, WrongTenantTokenError, type SignInProblem } from './sign-in-problem.ts';
export {
  CONTROL_WRITE_SCOPES,
  DIRECTORY_SCOPES,
  ORGANIZATION_SCOPES,
  PARTNER_SCOPES,
  POLICY_WRITE_SCOPES,
  READ_SCOPES,
  RESTORE_WRITE_SCOPES,
} from './scopes.ts';
export type { TokenPerson } from './token-tenant.ts';
