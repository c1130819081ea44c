import {
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  Button,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PolicyDetail } from '../../shared/contract/policies.ts';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { useWhyNotAsk } from '../restore/index.ts';
import { navigate, toAppError, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FilterChips } from '../ui/filter-chips.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines, SkeletonRows } from '../ui/states/skeleton.tsx';
import { JobList } from './job-list.tsx';
import type { AskedChange } from './policies-store.ts';
import { PolicyFacts } from './policy-facts.tsx';
import { policyQueries } from './policy-queries.ts';
import { unitsOfKind } from './policy-words.ts';
import { RuleList } from './rule-list.tsx';
import { UnitList } from './unit-list.tsx';
import { useWhyNotChange } from './use-why-not-change.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  head: { display: 'flex', alignItems: 'flex-end', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  text: { flexGrow: 1, minWidth: '200px' },
  crumbs: { margin: '-6px 0 -2px -8px' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
  },
  bar: { display: 'flex', alignItems: 'center', gap: '12px', flexWrap: 'wrap', flexShrink: 0 },
  rest: { flexGrow: 1 },
  below: {
    display: 'flex',
    gap: '8px',
    flexGrow: 1,
    minHeight: 0,
    minWidth: 0,
    '@media (max-width: 999px)': { flexDirection: 'column', overflowY: 'auto' },
  },
  part: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    flexGrow: 1,
    minHeight: 0,
    minWidth: 0,
    '@media (max-width: 999px)': { minHeight: '320px', flexShrink: 0 },
  },
});

type Part = 'units' | 'rules' | 'jobs';
const SELECT_FIRST = 'Select units first: with Space or the box of a row.';

interface OpenedPolicyProps {
  readonly tenantId: string;
  readonly tenant: Tenant | undefined;
  readonly policyId: string;
  readonly onAsk: (asked: AskedChange) => void;
}

/** One policy: its facts, units, rules and bulk jobs, and every change of it. */
export function OpenedPolicy({ tenantId, tenant, policyId, onAsk }: OpenedPolicyProps) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const whyNotRead = useWhyNotAsk('sync');
  const detail = useQuery(policyQueries.detail(client, tenantId, policyId));
  const refresh = useMutation({
    mutationFn: () => client.policies.fetch({ tenantId, policyId }),
    onSuccess: read => queryClient.setQueryData(policyQueries.detail(client, tenantId, policyId).queryKey, read),
  });
  // Rules and jobs are in no catalog: opening the policy reads them, once.
  const isAsked = useRef(false);
  const isUnread = detail.data !== undefined && detail.data.rules === undefined && whyNotRead === undefined;
  const { mutate: read } = refresh;
  useEffect(() => {
    if (!isUnread || isAsked.current) return;
    isAsked.current = true;
    read();
  }, [isUnread, read]);
  if (detail.error !== null)
    return toAppError(detail.error).code === 'POLICY_NOT_FOUND' ? (
      <EmptyState
        meaning="This policy is not known here any more. It was deleted, from here or elsewhere."
        action={<Button onClick={() => navigate({ at: 'policies', tenantId }, 'replace')}>See all policies</Button>}
      />
    ) : (
      <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
    );
  if (detail.data === undefined) return <SkeletonRows widths={['2fr', '1fr', '1fr']} label="Loading the policy" />;
  return (
    <div className={styles.view}>
      <Opened
        tenantId={tenantId}
        tenant={tenant}
        detail={detail.data}
        whyNoRefresh={whyNotRead ?? (refresh.isPending ? 'The policy is being read.' : undefined)}
        isReading={refresh.isPending}
        onRefresh={() => read()}
        error={refresh.error}
        onDismissError={refresh.reset}
        onAsk={onAsk}
      />
    </div>
  );
}

interface OpenedProps {
  readonly tenantId: string;
  readonly tenant: Tenant | undefined;
  readonly detail: PolicyDetail;
  readonly whyNoRefresh: string | undefined;
  readonly isReading: boolean;
  readonly onRefresh: () => void;
  readonly error: Error | null;
  readonly onDismissError: () => void;
  readonly onAsk: (asked: AskedChange) => void;
}

function Opened(props: OpenedProps) {
  const { tenantId, tenant, detail, whyNoRefresh, isReading, onRefresh, error, onDismissError, onAsk } = props;
  const styles = useStyles();
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [part, setPart] = useState<Part>('units');
  const { policy, rules, jobs, unread } = detail;
  const policyId = policy.id;
  const whyNot =
    useWhyNotChange(tenant) ??
    (policy.kind === undefined ? 'The service names a workload that this version does not know.' : undefined);
  const which = useMemo(() => ({ policyId }), [policyId]);
  const isInactive = policy.status.toLowerCase() === 'inactive';
  const notRead = isReading ? (
    <SkeletonLines lines={4} label="Reading the policy" />
  ) : (
    <EmptyState
      meaning="They were not read yet. Reading them asks the service and changes nothing."
      action={
        <CommandButton disabledReason={whyNoRefresh} onClick={onRefresh}>
          Read them
        </CommandButton>
      }
    />
  );
  return (
    <>
      <div className={styles.head}>
        <div className={styles.text}>
          <Breadcrumb size="small" className={styles.crumbs} aria-label="Where this is">
            <BreadcrumbItem>
              <BreadcrumbButton onClick={() => navigate({ at: 'policies', tenantId })}>Policies</BreadcrumbButton>
            </BreadcrumbItem>
            <BreadcrumbDivider />
            <BreadcrumbItem>
              <BreadcrumbButton current>{policy.name}</BreadcrumbButton>
            </BreadcrumbItem>
          </Breadcrumb>
          <h1 className={styles.title}>{policy.name}</h1>
        </div>
        <CommandButton disabledReason={whyNoRefresh} onClick={onRefresh}>
          Read it now
        </CommandButton>
        <CommandButton disabledReason={whyNot} onClick={() => onAsk({ is: 'rename', policy })}>
          Rename…
        </CommandButton>
        {isInactive ? (
          <CommandButton
            disabledReason={whyNot}
            onClick={() => onAsk({ is: 'whole', change: { type: 'activate', policyId } })}
          >
            Activate…
          </CommandButton>
        ) : (
          <CommandButton
            disabledReason={whyNot}
            onClick={() => onAsk({ is: 'whole', change: { type: 'deactivate', policyId } })}
          >
            Deactivate…
          </CommandButton>
        )}
        <CommandButton
          disabledReason={
            whyNot ?? (isInactive ? undefined : 'Only an inactive policy can be deleted. Deactivate it first.')
          }
          onClick={() => onAsk({ is: 'whole', change: { type: 'delete', policyId } })}
        >
          Delete…
        </CommandButton>
      </div>
      {error !== null && <ErrorBar error={error} onDismiss={onDismissError} />}
      {unread.map(({ part: unreadPart, error: why }) => (
        <ErrorBar key={unreadPart} error={why} />
      ))}
      <div className={styles.bar}>
        <FilterChips<Part>
          label="Parts of the policy"
          on={part}
          onChange={setPart}
          chips={[
            { id: 'units', word: 'Units', count: policy.units.total },
            { id: 'rules', word: 'Rules', ...(rules === undefined ? {} : { count: rules.length }) },
            { id: 'jobs', word: 'Bulk jobs', ...(jobs === undefined ? {} : { count: jobs.length }) },
          ]}
        />
        <span className={styles.rest} />
        {part === 'rules' && (
          <CommandButton
            appearance="primary"
            disabledReason={whyNot}
            onClick={() => onAsk({ is: 'createRule', policy })}
          >
            Create a rule…
          </CommandButton>
        )}
        {part === 'units' && (
          <CommandButton appearance="primary" disabledReason={whyNot} onClick={() => onAsk({ is: 'addUnits', policy })}>
            Add units…
          </CommandButton>
        )}
      </div>
      <div className={styles.below}>
        <div className={styles.part}>
          {part === 'units' && (
            <UnitList
              tenantId={tenantId}
              which={which}
              label={`Units of ${policy.name}; Enter opens the restore points of one`}
              empty={
                <EmptyState
                  meaning={`This policy has no ${unitsOfKind(policy.kind, 2)} yet, so it protects nothing.`}
                  action={
                    <CommandButton disabledReason={whyNot} onClick={() => onAsk({ is: 'addUnits', policy })}>
                      Add units…
                    </CommandButton>
                  }
                />
              }
              commands={chosen => (
                <CommandButton
                  disabledReason={whyNot ?? (chosen === undefined ? SELECT_FIRST : undefined)}
                  onClick={() => {
                    if (chosen !== undefined)
                      onAsk({
                        is: 'whole',
                        change: {
                          type: 'removeUnits',
                          policyId,
                          units: { type: 'selection', selectionId: chosen.selectionId },
                        },
                      });
                  }}
                >
                  Remove from the policy…
                </CommandButton>
              )}
            />
          )}
          {part === 'rules' &&
            (rules === undefined ? (
              notRead
            ) : (
              <RuleList policy={policy} rules={rules} zone={zone} now={now} whyNot={whyNot} onAsk={onAsk} />
            ))}
          {part === 'jobs' && (jobs === undefined ? notRead : <JobList jobs={jobs} zone={zone} now={now} />)}
        </div>
        <PolicyFacts detail={detail} zone={zone} now={now} />
      </div>
    </>
  );
}
