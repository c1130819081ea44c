import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { keys, useClient } from '../store/index.ts';

/** The sets of scopes that a sign-in to one tenant can ask for. */
export type SignInScopes = 'read' | 'restore' | 'policies' | 'directory' | 'control';

/** A sign-in at home, or to one tenant for a set of scopes. Both open the system browser; cancelling closes the prompt. */
export function useSignIn(onSignedIn?: () => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  const cancelling = useRef<AbortController | undefined>(undefined);
  const signIn = useMutation({
    mutationFn: (to: { tenantId: string; scopes: SignInScopes } | { username?: string }) => {
      cancelling.current = new AbortController();
      const { signal } = cancelling.current;
      return 'tenantId' in to ? client.account.signInToTenant(to, { signal }) : client.account.signIn(to, { signal });
    },
    onSuccess: state => {
      queryClient.setQueryData(keys.account, state);
      onSignedIn?.();
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.account }),
        queryClient.invalidateQueries({ queryKey: keys.tenants }),
      ]),
  });
  return {
    isSigningIn: signIn.isPending,
    error: signIn.error ?? undefined,
    /** @param username whom the browser offers first */
    signIn: (username?: string) => signIn.mutate(username === undefined ? {} : { username }),
    signInToTenant: (tenantId: string, scopes: SignInScopes) => signIn.mutate({ tenantId, scopes }),
    cancel: () => cancelling.current?.abort(),
  };
}
