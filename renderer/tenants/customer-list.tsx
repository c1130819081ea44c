import { Button, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AppFailure } from '../../shared/contract/errors.ts';
import { keys, useClient, useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import type { Added } from './added-tenants.ts';
import { SignInAgain } from './sign-in-again.tsx';
import { TenantList, TenantListRow } from './tenant-list.tsx';
import { matchesText } from '../ui/text-match.ts';
import { useAddTenant } from './use-add-tenant.ts';

const useStyles = makeStyles({
  button: { whiteSpace: 'nowrap', flexShrink: 0 },
  // Not a command that can't be given: a fact to be read.
  there: {
    color: tokens.colorNeutralForeground3,
    ':hover': { color: tokens.colorNeutralForeground3 },
    cursor: 'default',
  },
});

interface CustomerListProps {
  /** Whose customers; absent where nobody is signed in. */
  readonly accountId: string | undefined;
  readonly onAdded: (answer: Added) => void;
}

/** The GDAP customers of an account's partner, to be added one by one. */
export function CustomerList({ accountId, onAdded }: CustomerListProps) {
  const styles = useStyles();
  const client = useClient();
  const isOffline = useIsOffline();
  const [text, setText] = useState('');
  const customers = useQuery({
    queryKey: [...keys.customers, accountId ?? 'nobody'],
    queryFn: ({ signal }) => {
      if (accountId === undefined) throw new AppFailure({ code: 'SIGNED_OUT' });
      return client.tenants.listCustomers({ accountId }, { signal });
    },
    enabled: !isOffline,
    staleTime: 0,
  });
  const { add, asked, dismiss, error, isAdding, stop } = useAddTenant(accountId, onAdded);
  if (isOffline) return <EmptyState meaning={offlineReasons.addTenant} />;
  if (customers.error !== null)
    return (
      <ErrorBar
        error={customers.error}
        actions={
          <>
            <SignInAgain />
            <Button size="small" onClick={() => void customers.refetch()}>
              Try again
            </Button>
          </>
        }
      />
    );
  if (customers.data === undefined) return <SkeletonLines lines={6} label="Asking for your customers" />;
  if (customers.data.length === 0)
    return (
      <EmptyState meaning="Your home tenant has no GDAP customers. A customer can also be added by its domain or tenant id." />
    );
  const shown = customers.data.filter(customer => matchesText(text, customer.displayName, customer.tenantId));
  return (
    <>
      <Input
        value={text}
        onChange={(_, data) => setText(data.value)}
        placeholder="Filter customers"
        aria-label="Filter customers"
      />
      {error !== undefined && <ErrorBar error={error} onDismiss={dismiss} />}
      {shown.length === 0 ? (
        <EmptyState meaning="No customer matches." />
      ) : (
        <TenantList label="Customers">
          {shown.map(({ added, displayName, tenantId }) => (
            <TenantListRow key={tenantId} name={displayName} title={`${displayName}, ${tenantId}`}>
              {/* The same button before and after, so that the focus stays where it was. */}
              <CommandButton
                size="small"
                className={mergeClasses(styles.button, added && styles.there)}
                appearance={added ? 'transparent' : 'secondary'}
                aria-label={added ? `${displayName} is in the console` : `Add ${displayName}`}
                disabledReason={
                  added
                    ? 'It is in the console already.'
                    : isAdding && asked !== tenantId
                      ? 'Another tenant is being added.'
                      : undefined
                }
                running={isAdding && asked === tenantId ? { label: 'Stop', onStop: stop } : undefined}
                onClick={() => add(tenantId)}
              >
                {added ? 'In the console' : 'Add'}
              </CommandButton>
            </TenantListRow>
          ))}
        </TenantList>
      )}
    </>
  );
}
