import { describe, expect, it } from 'vitest';
import { loopbackRedirectUri } from './redirect-uri.ts';

describe('loopbackRedirectUri', () => {
  it.each(['http://localhost:53211', 'http://localhost:53211/', 'http://localhost'])('accepts %s', uri => {
    expect(loopbackRedirectUri(uri)?.hostname).toBe('localhost');
  });

  it.each([
    'https://localhost:53211',
    'http://127.0.0.1:53211',
    'http://[::1]:53211',
    'http://localhost:53211/callback',
    'http://localhost:53211?to=elsewhere',
    'http://localhost:53211#fragment',
    'http://localhost.attacker.example:80',
    'http://localhost@attacker.example',
    'http://user@localhost:53211',
    'http:\\\\localhost:53211',
    'HTTP://LOCALHOST:53211',
    'http://localhost:99999',
    ' http://localhost:53211',
    'javascript:alert(1)',
    'attacker.example',
    '',
  ])('refuses %j', uri => {
    expect(loopbackRedirectUri(uri)).toBeUndefined();
  });
});
