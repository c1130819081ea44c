import { randomBytes } from 'node:crypto';
import type { Tokens } from '../tokens.ts';

/** What a refresh token stands for: a user's sign-in to a client, good for every tenant that the user may enter. */
export interface RefreshGrant {
  readonly clientId: string;
  /** Object id. */
  readonly userId: string;
  /** Real UTC seconds; a rotated token starts anew. */
  readonly issuedAt: number;
}

/** Entra ID's 90 days without use. */
export const REFRESH_TOKEN_LIFETIME_SECONDS = 90 * 86_400;

const USE = 'refresh_token';

/** A refresh token. It carries what it stands for, signed, so it outlives a restart of the emulator. */
export const issueRefreshToken = (tokens: Tokens, grant: RefreshGrant): string =>
  tokens.sign({
    use: USE,
    client: grant.clientId,
    sub: grant.userId,
    iat: grant.issuedAt,
    // Two tokens of one second must differ, or a rotation could not be told from none.
    jti: randomBytes(24).toString('base64url'),
  });

/** What a refresh token stands for; undefined when this emulator did not make it as one. */
export const readRefreshToken = (tokens: Tokens, token: string): RefreshGrant | undefined => {
  const claims = tokens.open(token);
  if (claims?.['use'] !== USE) return undefined;
  const { client, sub, iat } = claims;
  return typeof client === 'string' && typeof sub === 'string' && typeof iat === 'number'
    ? { clientId: client, userId: sub, issuedAt: iat }
    : undefined;
};
