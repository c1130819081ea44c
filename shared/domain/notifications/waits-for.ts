/** What keeps a restore from going on. Structural: an error of the contract fits. */
interface Problem {
  readonly code: string;
  readonly graphCode?: string | undefined;
}

const words: { readonly [code: string]: string } = {
  SIGNED_OUT: 'a sign-in',
  SESSION_EXPIRED: 'a sign-in',
  ACCOUNT_NOT_CHOSEN: 'somebody to choose the account for it',
  APP_SIGN_IN_NEEDED: 'a sign-in to the tenant’s own application',
  OTHER_ACCOUNT_SIGNED_IN: 'a sign-in as the account that works in the tenant',
  INTERACTION_REQUIRED: 'a sign-in to the tenant',
  CONSENT_MISSING: 'an administrator’s consent',
  CONDITIONAL_ACCESS: 'a sign-in that the tenant’s conditional access lets through',
  NO_GDAP_ACCESS: 'a GDAP relationship that reaches the tenant',
  APP_UNKNOWN_IN_TENANT: 'an administrator’s consent',
  WRONG_TENANT_TOKEN: 'a sign-in to the tenant',
  SESSION_NOT_FOUND: 'a session that the service does not show any more',
  WORK_UNREADABLE: 'the file of plans, which can’t be read',
  UNEXPECTED: 'somebody to look at it: something unforeseen went wrong',
};

/**
 * What a restore that does not go on waits for, in words that follow "waits for".
 *
 * @returns `undefined` where it goes on by itself: without a network, throttled, the catalog being started anew
 */
export function waitsForInWords({ code, graphCode }: Problem): string | undefined {
  if (code === 'GRAPH_REFUSED')
    return `what the service refuses${graphCode === undefined ? '' : ` (${graphCode})`}; it is tried again by itself`;
  return words[code];
}
