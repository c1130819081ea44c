import type { TokenSource } from '../graph/index.ts';
import type { ScopeConsent } from './auth-service.ts';
import { SignInError, type SignInProblem } from './sign-in-problem.ts';

/**
 * Which of these scopes can be had without a prompt. A token in the cache proves nothing of today, so the sign-in service is
 * asked: once for all together, and only where consent is lacking for each by itself, one after another.
 *
 * @throws SignInError when aborted
 */
export async function askConsent(
  tokens: TokenSource,
  tenantId: string,
  scopes: readonly string[],
  signal?: AbortSignal,
): Promise<readonly ScopeConsent[]> {
  const problem = await findProblem(tokens, tenantId, scopes, signal);
  if (problem === undefined) return scopes.map(scope => ({ scope, consent: 'granted' }));
  // What isn't about consent stands in the way of each scope alike.
  if (problem.kind !== 'consentMissing') return scopes.map(scope => ({ scope, consent: 'unknown', problem }));
  const answers: ScopeConsent[] = [];
  for (const scope of scopes) {
    const alone = scopes.length === 1 ? problem : await findProblem(tokens, tenantId, [scope], signal);
    if (alone === undefined) answers.push({ scope, consent: 'granted' });
    else answers.push({ scope, consent: alone.kind === 'consentMissing' ? 'missing' : 'unknown', problem: alone });
  }
  return answers;
}

async function findProblem(
  tokens: TokenSource,
  tenantId: string,
  scopes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<SignInProblem | undefined> {
  try {
    await tokens.accessToken(tenantId, scopes, { forceRefresh: true, ...(signal !== undefined && { signal }) });
    return undefined;
  } catch (error) {
    if (!(error instanceof SignInError) || signal?.aborted === true) throw error;
    return error.problem;
  }
}
