import { randomBytes } from 'node:crypto';

/** What an authorization code stands for: one sign-in, not yet answered with tokens. */
interface AuthorizationGrant {
  /** The application that it was given to, and that alone may redeem it. */
  readonly clientId: string;
  /** Object id of the user who signed in. */
  readonly userId: string;
  /** Tenant signed in to; already resolved for `organizations`. */
  readonly tenantId: string;
  /** Key of the authority that was asked: the code is redeemed at the same one. */
  readonly authorityKey: string;
  readonly redirectUri: string;
  /** The `scope` of the authorize request. */
  readonly scope: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
}

/** Outcome of redeeming a code. */
type Redemption =
  | { readonly is: 'grant'; readonly grant: AuthorizationGrant }
  | { readonly is: 'unknown' | 'expired' | 'alreadyRedeemed' };

export interface AuthorizationCodes {
  /** A new code for the grant. */
  issue(grant: AuthorizationGrant): string;
  /** The grant of a code, once: whatever then becomes of the request, the code is used up. */
  redeem(code: string): Redemption;
}

/** About what Entra ID gives a code: ten minutes. */
const CODE_LIFETIME_SECONDS = 600;

interface Issued {
  readonly grant: AuthorizationGrant;
  readonly expiresAt: number;
  isRedeemed: boolean;
}

/** Codes in memory; `now` gives real UTC seconds. Old ones are dropped one lifetime after they expired. */
export const createAuthorizationCodes = (now: () => number): AuthorizationCodes => {
  const codes = new Map<string, Issued>();

  const dropOld = () => {
    for (const [code, { expiresAt }] of codes) {
      // A Map keeps the order of insertion, so the first one that is young enough ends it.
      if (expiresAt + CODE_LIFETIME_SECONDS > now()) return;
      codes.delete(code);
    }
  };

  return {
    issue(grant) {
      dropOld();
      const code = `1.${randomBytes(48).toString('base64url')}`;
      codes.set(code, { grant, expiresAt: now() + CODE_LIFETIME_SECONDS, isRedeemed: false });
      return code;
    },
    redeem(code) {
      const issued = codes.get(code);
      if (issued === undefined) return { is: 'unknown' };
      if (issued.isRedeemed) return { is: 'alreadyRedeemed' };
      if (now() >= issued.expiresAt) return { is: 'expired' };
      issued.isRedeemed = true;
      return { is: 'grant', grant: issued.grant };
    },
  };
};
