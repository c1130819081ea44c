import { z } from 'zod';
import type { TenantId } from '../../shared/domain/protection-unit.ts';
import { clientFaults, toClientFault } from './graph-error.ts';
import type { AccessToken } from './token-source.ts';

const claimsOfToken = z.object({ tid: z.string() });

/**
 * Refuses a token that isn't surely the tenant's: both what the sign-in library reports and what the token says itself must be the
 * tenant meant. The library is known to hand out another tenant's token from its cache; one wrong read would mix customers.
 *
 * @throws GraphError `clientWrongTenant`; it names tenants, never the token
 */
export function checkTokenTenant(meant: TenantId, { token, tenantId }: AccessToken): void {
  const own = findTokenTenant(token);
  if (isSameTenant(meant, tenantId) && own !== undefined && isSameTenant(meant, own)) return;
  throw toClientFault(
    clientFaults.wrongTenant,
    `The sign-in gave a token of tenant ${own ?? 'unknown'} (reported as ${tenantId}) for tenant ${meant}. Nothing was sent.`,
  );
}

/** The `tid` claim of a token, or `undefined` where it can't be read: then the token is not used. */
function findTokenTenant(token: string): string | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    return claimsOfToken.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data?.tid;
  } catch {
    return undefined;
  }
}

function isSameTenant(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
