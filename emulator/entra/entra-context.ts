import type { Directory } from '../directory.ts';
import type { Tokens } from '../tokens.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { SignInPolicy } from './sign-in-policy.ts';

/** What the endpoints work with. */
export interface EntraContext {
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly codes: AuthorizationCodes;
  readonly policy: SignInPolicy;
  /** Real UTC seconds: sign-ins live in real time, whatever service time does. */
  now(): number;
}
