import { useQuery } from '@tanstack/react-query';
import { queries, useClient } from '../store/index.ts';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { OpenedRestore } from './opened-restore.tsx';
import { RestoreList } from './restore-list.tsx';
import { restoreRows } from './restore-rows.ts';

interface SessionsViewProps {
  readonly tenantId: string;
  readonly planId?: string;
  readonly sessionId?: string;
}

/** The restores of a tenant: all of them, or one opened to its artifacts. */
export function SessionsView({ tenantId, planId, sessionId }: SessionsViewProps) {
  const client = useClient();
  const plans = useQuery(queries.plans(client, tenantId));
  const sessions = useQuery(queries.sessions(client, tenantId));
  const failed = plans.data === undefined ? plans : sessions.data === undefined ? sessions : undefined;
  if (failed !== undefined)
    return failed.error === null ? (
      <SkeletonRows widths={['2fr', '1fr', '1fr', '1fr']} rowHeight={44} label="Loading the restores" />
    ) : (
      <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
    );
  const rows = restoreRows(plans.data ?? [], sessions.data ?? []);
  if (planId === undefined && sessionId === undefined) return <RestoreList tenantId={tenantId} rows={rows} />;
  return (
    <OpenedRestore
      key={planId ?? sessionId}
      tenantId={tenantId}
      rows={rows}
      {...(planId === undefined ? {} : { planId })}
      {...(sessionId === undefined ? {} : { sessionId })}
    />
  );
}
