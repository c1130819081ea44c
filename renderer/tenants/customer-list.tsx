import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys, useClient, useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { offlineReasons } from '../ui/offline-reason.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { matchesText } from './text-match.ts';
import { useAddTenant } from './use-add-tenant.ts';
import type { Added } from './use-add-tenant.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    overflowY: 'auto',
    maxHeight: '280px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '6px 12px',
    minHeight: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  name: { flexGrow: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** The partner's GDAP customers, to be added one by one. */
export function CustomerList({ onAdded }: { onAdded: (answer: Added) => void }) {
  const styles = useStyles();
  const client = useClient();
  const isOffline = useIsOffline();
  const [text, setText] = useState('');
  const customers = useQuery({
    queryKey: keys.customers,
    queryFn: ({ signal }) => client.tenants.listCustomers(undefined, { signal }),
    enabled: !isOffline,
    staleTime: 0,
  });
  const { add, stop } = useAddTenant(onAdded);
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
      {add.error !== null && <ErrorBar error={add.error} onDismiss={add.reset} />}
      <ul className={styles.list} aria-label="Customers">
        {shown.map(customer => {
          const isAdding = add.isPending && add.variables === customer.tenantId;
          return (
            <li key={customer.tenantId} className={styles.row}>
              <span className={styles.name} title={customer.tenantId}>
                {customer.displayName}
              </span>
              {customer.added ? (
                <span className={styles.text}>in the console</span>
              ) : (
                <CommandButton
                  size="small"
                  aria-label={`Add ${customer.displayName}`}
                  disabledReason={add.isPending ? 'Another tenant is being added.' : undefined}
                  running={isAdding ? { label: 'Stop', onStop: stop } : undefined}
                  onClick={() => add.mutate(customer.tenantId)}
                >
                  Add
                </CommandButton>
              )}
            </li>
          );
        })}
        {shown.length === 0 && <li className={styles.row}>No customer matches.</li>}
      </ul>
    </>
  );
}
