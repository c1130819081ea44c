import { describe, expect, it } from 'vitest';
import { isCodeChallenge, matchesCodeChallenge } from './pkce.ts';

// The pair of RFC 7636, appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

describe('PKCE', () => {
  it('accepts the verifier that the challenge was made from', () => {
    expect(matchesCodeChallenge(VERIFIER, CHALLENGE)).toBe(true);
  });

  it.each([`${VERIFIER}a`, VERIFIER.toLowerCase(), CHALLENGE, '', 'short', 'a'.repeat(129)])(
    'refuses the verifier %j',
    verifier => {
      expect(matchesCodeChallenge(verifier, CHALLENGE)).toBe(false);
    },
  );

  it.each(['', 'a', `${CHALLENGE}=`, CHALLENGE.slice(1), `${CHALLENGE.slice(1)}+`])(
    'takes %j for no challenge',
    challenge => {
      expect(isCodeChallenge(challenge)).toBe(false);
    },
  );
});
