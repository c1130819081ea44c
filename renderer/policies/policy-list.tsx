import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { Add16Regular, ArrowSync16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { useWhyNotAsk } from '../restore/index.ts';
import { navigate, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { countKinds } from '../ui/unit-words.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { formatAgo } from '../ui/time/format.ts';
import type { AskedChange } from './policies-store.ts';
import { policyColumns } from './policy-columns.tsx';
import { policyQueries } from './policy-queries.ts';
import { RETENTION_NOTE } from './policy-words.ts';
import { useWhyNotChange } from './use-why-not-change.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  bar: { display: 'flex', alignItems: 'center', gap: '8px 12px', flexShrink: 0, flexWrap: 'wrap' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '8px 12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

interface PolicyListProps {
  readonly tenantId: string;
  readonly tenant: Tenant | undefined;
  readonly onAsk: (asked: AskedChange) => void;
}

/** All policies of a tenant with their state, units, retention and age, and the way to the units that none of them holds. */
export function PolicyList({ tenantId, tenant, onAsk }: PolicyListProps) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const whyNotRead = useWhyNotAsk('sync');
  const whyNot = useWhyNotChange(tenant);
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [activeId, setActiveId] = useState<string | undefined>(undefined);
  const list = useQuery(policyQueries.list(client, tenantId));
  const refresh = useMutation({
    mutationFn: () => client.policies.fetchList({ tenantId }),
    onSuccess: read => queryClient.setQueryData(policyQueries.list(client, tenantId).queryKey, read),
  });
  const shownNow = now - (now % 60);
  const columns = useMemo(() => policyColumns(zone, shownNow), [zone, shownNow]);
  if (list.error !== null) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined)
    return <SkeletonRows widths={columns.map(column => column.width)} rowHeight={44} label="Loading the policies" />;
  const { policies, readAt, withoutPolicy } = list.data;
  const open = (index: number) => {
    const policy = policies[index];
    if (policy !== undefined) navigate({ at: 'policies', tenantId, policyId: policy.id });
  };
  const activeIndex = policies.findIndex(({ id }) => id === activeId);
  const without = withoutPolicy.site + withoutPolicy.drive + withoutPolicy.mailbox;
  const whyNoRefresh = whyNotRead ?? (refresh.isPending ? 'The policies are being read.' : undefined);
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <h1 className={styles.title}>Policies</h1>
        <span className={styles.quiet} aria-live="polite">
          {readAt === undefined ? 'not yet read' : `read ${formatAgo(readAt, now)}`}
        </span>
        {without > 0 && (
          <Link as="button" onClick={() => navigate({ at: 'policies', tenantId, withoutPolicy: true })}>
            {countKinds({ sites: withoutPolicy.site, drives: withoutPolicy.drive, mailboxes: withoutPolicy.mailbox })}{' '}
            without a policy
          </Link>
        )}
        <span className={styles.rest} />
        <CommandButton icon={<ArrowSync16Regular />} disabledReason={whyNoRefresh} onClick={() => refresh.mutate()}>
          Read the policies now
        </CommandButton>
        <CommandButton
          appearance="primary"
          icon={<Add16Regular />}
          disabledReason={whyNot}
          onClick={() => onAsk({ is: 'create' })}
        >
          Create a policy…
        </CommandButton>
      </div>
      {refresh.error !== null && <ErrorBar error={refresh.error} onDismiss={refresh.reset} />}
      <VirtualTable
        label="Policies of the tenant; Enter opens one"
        columns={columns}
        rowCount={policies.length}
        rowAt={index => policies[index]}
        rowId={policy => policy.id}
        rowHeight={44}
        headHeight={36}
        activeIndex={activeIndex < 0 ? undefined : activeIndex}
        onActivate={index => setActiveId(policies[index]?.id)}
        onOpen={open}
        empty={
          <EmptyState
            meaning={
              readAt === undefined
                ? 'The policies of this tenant were never read. Reading them asks the service once and changes nothing.'
                : 'This tenant has no protection policy, so nothing is backed up. A policy of one workload takes sites, OneDrive accounts or mailboxes.'
            }
            action={
              readAt === undefined ? (
                <CommandButton disabledReason={whyNoRefresh} onClick={() => refresh.mutate()}>
                  Read the policies
                </CommandButton>
              ) : undefined
            }
          />
        }
        footer={
          <div className={styles.foot}>
            <span className={styles.quiet}>{RETENTION_NOTE}</span>
            <span className={styles.rest} />
            {activeIndex >= 0 && <Button onClick={() => open(activeIndex)}>Open the policy</Button>}
          </div>
        }
      />
    </div>
  );
}
