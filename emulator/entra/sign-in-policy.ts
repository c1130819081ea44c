import type { Directory, DirectoryTenant, DirectoryUser, SignInRules } from '../directory.ts';
import type { Refusal } from './aadsts.ts';
import {
  blockedByConditionalAccess,
  multiFactorEnrollmentRequired,
  multiFactorRequired,
  refreshTokenExpired,
  refreshTokenRevoked,
  userNotInTenant,
} from './refusals.ts';

/** Decides whether a user may have tokens of a tenant. */
export interface SignInPolicy {
  /** Why this user gets no token there however they sign in; undefined when nothing stands against it. */
  findBar(user: DirectoryUser, tenant: DirectoryTenant): Refusal | undefined;
  /** Why this user has to sign in interactively once more. */
  findInterrupt(user: DirectoryUser, tenant: DirectoryTenant, refreshTokenIssuedAt: number): Refusal | undefined;
  /** Whether signing in interactively takes a second factor now. */
  takesSecondFactor(user: DirectoryUser, tenant: DirectoryTenant): boolean;
  /** Notes that the user signed in interactively, second factor included. */
  noteInteractiveSignIn(user: DirectoryUser, tenant: DirectoryTenant): void;
}

/** Stands in for the id of the conditional access policy, which the application hands back in `claims`. */
const policyOf = (tenant: DirectoryTenant): string => tenant.id;

/** @param now real UTC seconds */
export const createSignInPolicy = (directory: Directory, now: () => number): SignInPolicy => {
  // By the very object that holds the rules: rules set anew ask everybody anew.
  const signedInSince = new WeakMap<SignInRules, Set<string>>();
  const hasSignedIn = (user: DirectoryUser, tenant: DirectoryTenant): boolean =>
    signedInSince.get(tenant.signInRules)?.has(user.objectId) ?? false;
  const takesSecondFactor = (user: DirectoryUser, tenant: DirectoryTenant): boolean => {
    const rules = tenant.signInRules;
    return (rules.interactionRequired || rules.enrollmentRequired === true) && !hasSignedIn(user, tenant);
  };

  return {
    findBar: (user, tenant) => {
      if (!directory.mayEnter(user, tenant)) {
        const home = directory.findTenant(user.homeTenantId)?.domain ?? user.homeTenantId;
        return userNotInTenant(user.userPrincipalName, home, tenant.domain);
      }
      return tenant.signInRules.conditionalAccess ? blockedByConditionalAccess(policyOf(tenant)) : undefined;
    },
    findInterrupt: (user, tenant, issuedAt) => {
      const rules = tenant.signInRules;
      if (!hasSignedIn(user, tenant)) {
        if (rules.refreshTokensRefused === 'revoked') return refreshTokenRevoked();
        if (rules.refreshTokensRefused === 'expired') {
          return refreshTokenExpired(issuedAt, now());
        }
      }
      if (!takesSecondFactor(user, tenant)) return undefined;
      return rules.enrollmentRequired === true
        ? multiFactorEnrollmentRequired(policyOf(tenant))
        : multiFactorRequired(policyOf(tenant));
    },
    takesSecondFactor,
    noteInteractiveSignIn: (user, tenant) => {
      const users = signedInSince.get(tenant.signInRules) ?? new Set();
      users.add(user.objectId);
      signedInSince.set(tenant.signInRules, users);
    },
  };
};
