import { useIsOffline, useIsSignedOut } from '../store/index.ts';
import { offlineReasons, signedOutReasons } from '../ui/offline-reason.ts';

/** Why the service can't be asked now, in a sentence; absent where it can. `sync` is for units and sessions, `ask` for points, `gaps` for the directory. */
export function useWhyNotAsk(what: 'ask' | 'sync' | 'gaps'): string | undefined {
  const isOffline = useIsOffline();
  const isSignedOut = useIsSignedOut();
  return isOffline ? offlineReasons[what] : isSignedOut ? signedOutReasons[what] : undefined;
}
