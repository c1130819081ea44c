import { useQuery } from '@tanstack/react-query';
import { useClient } from './console-client.tsx';
import { queries } from './queries.ts';

/** Whether nobody is signed in, so that nothing is asked. A sign-in to one tenant leaves the account as it is; until it is known, somebody is. */
export function useIsSignedOut(): boolean {
  const account = useQuery(queries.account(useClient())).data;
  if (account === undefined || account.state === 'signedIn') return false;
  return account.state === 'signedOut' || account.tenantId === undefined;
}
