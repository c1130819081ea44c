import { createHash, timingSafeEqual } from 'node:crypto';

const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** Whether `challenge` can be the S256 challenge of a verifier (RFC 7636, 4.2): 32 bytes as base64url. */
export const isCodeChallenge = (challenge: string): boolean => S256_CHALLENGE.test(challenge);

/** Whether `verifier` is the one that `challenge` was made from (RFC 7636, 4.6, S256). */
export const matchesCodeChallenge = (verifier: string, challenge: string): boolean => {
  if (!VERIFIER.test(verifier) || !isCodeChallenge(challenge)) return false;
  const hashed = createHash('sha256').update(verifier, 'ascii').digest();
  return timingSafeEqual(hashed, Buffer.from(challenge, 'base64url'));
};
