import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { keys, useClient } from '../store/index.ts';

/** The sets of scopes that a sign-in to one tenant can ask for. */
export type SignInScopes = 'read' | 'restore' | 'policies' | 'directory';

/** A sign-in at home, or to one tenant for a set of scopes. Both open the system browser; cancelling closes the prompt. */
export function useSignIn() {
  const client = useClient();
  const queryClient = useQueryClient();
  const cancelling = useRef<AbortController | undefined>(undefined);
  const signIn = useMutation({
    mutationFn: (to: { tenantId: string; scopes: SignInScopes } | undefined) => {
      cancelling.current = new AbortController();
      const { signal } = cancelling.current;
      return to === undefined
        ? client.account.signIn(undefined, { signal })
        : client.account.signInToTenant(to, { signal });
    },
    onSuccess: state => queryClient.setQueryData(keys.account, state),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.account }),
        queryClient.invalidateQueries({ queryKey: keys.tenants }),
      ]),
  });
  return {
    isSigningIn: signIn.isPending,
    error: signIn.error ?? undefined,
    signIn: () => signIn.mutate(undefined),
    signInToTenant: (tenantId: string, scopes: SignInScopes) => signIn.mutate({ tenantId, scopes }),
    cancel: () => cancelling.current?.abort(),
  };
}
