import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, useClient } from '../store/index.ts';

/** Forgets the account and every tenant's tokens. Catalog and plans stay. */
export function useSignOut() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.account.signOut(),
    onSuccess: state => queryClient.setQueryData(keys.account, state),
  });
}
