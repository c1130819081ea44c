import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Directory, DirectoryUser } from '../directory.ts';
import type { Tokens } from '../tokens.ts';

/** Who signed in last in this browser: what `prompt=none` answers from. Nothing else skips the account page. */
const COOKIE = 'emulator_signed_in';
const USE = 'session';

export const rememberUser = (c: Context, tokens: Tokens, user: DirectoryUser): void => {
  setCookie(c, COOKIE, tokens.sign({ use: USE, sub: user.objectId }), { path: '/', httpOnly: true, sameSite: 'Lax' });
};

export const findRememberedUser = (c: Context, tokens: Tokens, directory: Directory): DirectoryUser | undefined => {
  const claims = tokens.open(getCookie(c, COOKIE) ?? '');
  const sub = claims?.['use'] === USE ? claims['sub'] : undefined;
  return typeof sub === 'string' ? directory.findUser(sub) : undefined;
};

export const forgetUser = (c: Context): void => {
  deleteCookie(c, COOKIE, { path: '/' });
};
