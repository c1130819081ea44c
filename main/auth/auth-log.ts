/**
 * Where `main/auth` writes what happened: a fixed event name and facts that are ours (kinds, numbers, tenant and correlation
 * ids). Never a text of the server, a user's name or a token.
 */
export interface AuthLog {
  info(event: string, facts?: AuthLogFacts): void;
  warn(event: string, facts?: AuthLogFacts): void;
}

type AuthLogFacts = Readonly<Record<string, string | number | boolean | undefined>>;
