/**
 * The address the browser posts the answer to, when it is one the emulator accepts: `http://localhost`, with any port
 * and no path. Entra ID ignores the port of a registered `http://localhost` (RFC 8252, 7.3); every other address would
 * have to be registered, and the emulator's app registers none, so that a code can never leave this machine.
 *
 * `http://127.0.0.1` is another address to Entra ID, and it has no support for `[::1]`.
 */
export const loopbackRedirectUri = (asked: string): URL | undefined => {
  const url = URL.parse(asked);
  if (url === null) return undefined;
  const bare = `http://localhost${url.port === '' ? '' : `:${url.port}`}`;
  // Compared as text too, so that credentials, queries, fragments and odd spellings never slip through the parser.
  return asked === bare || asked === `${bare}/` ? url : undefined;
};
