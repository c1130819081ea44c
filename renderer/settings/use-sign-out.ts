import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keys, useClient } from '../store/index.ts';

/** Forgets one account and its tokens of every tenant. Other accounts, catalog and plans stay. */
export function useSignOut() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (accountId: string) => client.account.signOut({ accountId }),
    onSuccess: state => queryClient.setQueryData(keys.account, state),
  });
}
