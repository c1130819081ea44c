import { request as httpRequest } from 'node:http';
import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import type { EntraNetwork } from './entra-network.ts';
import { ERROR_PAGE, SUCCESS_PAGE } from './loopback-pages.ts';
import type { RealClock } from './real-clock.ts';
import { SignInError } from './sign-in-problem.ts';
import { ownTurn } from './turn.ts';

export interface Prompt {
  readonly msal: PublicClientApplication;
  readonly network: EntraNetwork;
  readonly clock: RealClock;
  readonly openUrl: (url: URL) => Promise<void>;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
  readonly correlationId: string;
  /** Absent at home. */
  readonly tenantId?: string;
  readonly request: {
    readonly authority: string;
    readonly scopes: readonly string[];
    readonly loginHint?: string;
    readonly claims?: string;
    readonly prompt?: string;
  };
}

type WayOut = 'cancelled' | 'timedOut' | 'noBrowser';

/**
 * One sign-in in the system browser. MSAL waits on a loopback port for ever: it notices neither a closed browser nor us. So
 * giving up sends its port what a declining browser would, and ends its requests; then the call ends and the port closes.
 *
 * @throws SignInError `cancelled`, `timedOut`, or `unexpected` where no browser could be opened; else whatever MSAL throws
 */
export async function promptInBrowser(prompt: Prompt): Promise<AuthenticationResult> {
  const requests = new AbortController();
  let wayOut: WayOut | undefined;
  let loopback: Loopback | undefined;
  let notEnded: (error: SignInError) => void = () => undefined;
  const neverEnded = new Promise<never>((_resolve, reject) => {
    notEnded = reject;
  });
  const giveUp = (why: WayOut) => {
    if (wayOut !== undefined) return;
    wayOut = why;
    requests.abort();
    // Where the port is closed already the call is ending by itself; if it isn't, it must not be waited for.
    if (loopback !== undefined) sendUserCancelled(loopback).catch(() => notEnded(toError(why, prompt)));
  };
  const onAbort = () => giveUp('cancelled');
  const stopTimer = prompt.clock.after(prompt.timeoutSeconds * 1000, () => giveUp('timedOut'));
  const stopAborting = prompt.network.abortWith(prompt.correlationId, requests.signal);
  prompt.signal?.addEventListener('abort', onAbort);
  if (prompt.signal?.aborted === true) onAbort();
  try {
    await ownTurn();
    const { scopes, ...request } = prompt.request;
    const result = await Promise.race([
      prompt.msal.acquireTokenInteractive({
        ...request,
        scopes: [...scopes],
        correlationId: prompt.correlationId,
        successTemplate: SUCCESS_PAGE,
        errorTemplate: ERROR_PAGE,
        // Returns at once: MSAL looks at its port only afterwards.
        openBrowser: address => {
          if (wayOut !== undefined) return Promise.reject(toError(wayOut, prompt));
          loopback = toLoopback(address);
          prompt.openUrl(new URL(address)).catch(() => giveUp('noBrowser'));
          return Promise.resolve();
        },
      }),
      neverEnded,
    ]);
    if (wayOut !== undefined) throw toError(wayOut, prompt);
    return result;
  } catch (error) {
    throw wayOut === undefined ? error : toError(wayOut, prompt);
  } finally {
    stopTimer();
    stopAborting();
    prompt.signal?.removeEventListener('abort', onAbort);
  }
}

function toError(wayOut: WayOut, prompt: Prompt): SignInError {
  const facts = {
    correlationId: prompt.correlationId,
    ...(prompt.tenantId !== undefined && { tenantId: prompt.tenantId }),
  };
  return new SignInError(
    wayOut === 'noBrowser' ? { ...facts, kind: 'unexpected', code: 'browser_not_opened' } : { ...facts, kind: wayOut },
  );
}

interface Loopback {
  readonly port: number;
  readonly state: string;
}

function toLoopback(authorizeAddress: string): Loopback {
  const query = new URL(authorizeAddress).searchParams;
  return { port: Number(new URL(query.get('redirect_uri') ?? '').port), state: query.get('state') ?? '' };
}

/** Not through the host's fetch: no proxy has any business between us and our own port. */
function sendUserCancelled({ port, state }: Loopback): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      response => {
        response.resume();
        response.on('end', resolve);
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(new URLSearchParams({ error: 'user_cancelled', state }).toString());
  });
}
