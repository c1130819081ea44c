import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { keys, useClient } from '../store/index.ts';

/** A sign-in at home, or to one tenant for a set of scopes. Both open the system browser; cancelling closes the prompt. */
export function useSignIn() {
  const client = useClient();
  const queryClient = useQueryClient();
  const cancelling = useRef<AbortController | undefined>(undefined);
  const signIn = useMutation({
    mutationFn: (to: { tenantId: string; scopes: 'read' | 'restore' } | undefined) => {
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
    signInToTenant: (tenantId: string, scopes: 'read' | 'restore') => signIn.mutate({ tenantId, scopes }),
    cancel: () => cancelling.current?.abort(),
  };
}
