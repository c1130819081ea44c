import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { ArrowSync16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Plan } from '../../shared/contract/plans.ts';
import { useWhyNotAsk } from '../restore/index.ts';
import { keys, navigate, queries, useClient, useMyZone, useTenantNow } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatQuantity } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { formatAgo } from '../ui/time/format.ts';
import type { RestoreRow } from './restore-rows.ts';
import { restoreColumns } from './restore-columns.tsx';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  bar: { display: 'flex', alignItems: 'center', gap: '12px', flexShrink: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** All restores of a tenant: this console's plans with their sessions, and the sessions of others. Running first. */
export function RestoreList({ tenantId, rows }: { tenantId: string; rows: readonly RestoreRow[] }) {
  const styles = useStyles();
  const client = useClient();
  const queryClient = useQueryClient();
  const whyNotRead = useWhyNotAsk('sync');
  const zone = useMyZone();
  const now = useTenantNow(tenantId);
  const [activeId, setActiveId] = useState<string | undefined>(undefined);
  const [removing, setRemoving] = useState<Plan | undefined>(undefined);
  const refresh = useMutation({
    mutationFn: () => client.sessions.refresh({ tenantId }),
    onSuccess: sessions => queryClient.setQueryData(queries.sessions(client, tenantId).queryKey, sessions),
  });
  const remove = useMutation({
    mutationFn: (planId: string) => client.plans.remove({ planId }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.plans }),
  });
  const tenant = useQuery(queries.tenants(client)).data?.find(({ id }) => id === tenantId);
  const shownNow = now - (now % 60);
  const columns = useMemo(() => restoreColumns(zone, shownNow), [zone, shownNow]);
  // An order that moves while one looks must not move the choice to another row.
  const activeIndex = rows.findIndex(row => row.id === activeId);
  const active = rows[activeIndex];
  const askedAt = rows.flatMap(row =>
    row.is === 'session' ? [row.session.askedAt] : row.sessions.map(session => session.askedAt),
  );
  const open = (index: number) => {
    const row = rows[index];
    if (row !== undefined) openRow(tenantId, row);
  };
  const prepared = rows.filter(row => row.is === 'plan' && row.plan.status === 'draft').length;
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <h1 className={styles.title}>Restores</h1>
        <span className={styles.quiet} aria-live="polite">
          {headInWords(prepared, askedAt.length === 0 ? undefined : formatAgo(Math.max(...askedAt), now))}
        </span>
        <span className={styles.rest} />
        <CommandButton
          icon={<ArrowSync16Regular />}
          disabledReason={whyNotRead ?? (refresh.isPending ? 'The sessions are being read.' : undefined)}
          onClick={() => refresh.mutate()}
        >
          Read the sessions now
        </CommandButton>
      </div>
      {refresh.error !== null && <ErrorBar error={refresh.error} onDismiss={refresh.reset} />}
      {remove.error !== null && <ErrorBar error={remove.error} onDismiss={remove.reset} />}
      <VirtualTable
        label="Restores of the tenant; Enter opens one"
        columns={columns}
        rowCount={rows.length}
        rowAt={index => rows[index]}
        rowId={row => row.id}
        rowHeight={44}
        headHeight={36}
        activeIndex={activeIndex < 0 ? undefined : activeIndex}
        onActivate={index => setActiveId(rows[index]?.id)}
        onOpen={open}
        empty={
          <EmptyState
            meaning="No restore of this tenant is known. A restore begins with a selection of units, or with one unit’s restore points."
            action={
              <Button appearance="primary" onClick={() => navigate({ at: 'protection', tenantId })}>
                Choose units
              </Button>
            }
          />
        }
        footer={
          rows.length === 0 ? undefined : (
            <div className={styles.foot}>
              <span className={styles.quiet}>
                The service keeps a session for one year after its end. It has no cancel: what has started runs to its
                end.
              </span>
              <span className={styles.rest} />
              {active?.is === 'plan' && active.plan.status === 'draft' && (
                <Button onClick={() => setRemoving(active.plan)}>Delete the plan…</Button>
              )}
              <CommandButton
                appearance="primary"
                disabledReason={active === undefined ? 'Choose a row first.' : undefined}
                onClick={() => {
                  if (active !== undefined) openRow(tenantId, active);
                }}
              >
                {active?.is === 'plan' && active.plan.status === 'draft' ? 'Open the plan' : 'Open'}
              </CommandButton>
            </div>
          )
        }
      />
      {removing !== undefined && (
        <Dialog open onOpenChange={(_, data) => (data.open ? undefined : setRemoving(undefined))}>
          <DialogSurface>
            <DialogBody>
              <TenantTitle tenant={tenant}>Delete the plan “{removing.name}”?</TenantTitle>
              <DialogContent>
                It was never sent. Its units and their restore points stay as they are; only the choices made for it are
                lost.
              </DialogContent>
              <DialogActions>
                <Button onClick={() => setRemoving(undefined)}>Keep it</Button>
                <Button
                  appearance="primary"
                  onClick={() => {
                    remove.mutate(removing.id);
                    setRemoving(undefined);
                  }}
                >
                  Delete
                </Button>
              </DialogActions>
            </DialogBody>
          </DialogSurface>
        </Dialog>
      )}
    </div>
  );
}

/** `running first; 1 plan prepared and not sent; sessions asked 3 min ago` */
function headInWords(prepared: number, asked: string | undefined): string {
  return [
    'running first',
    ...(prepared === 0 ? [] : [`${formatQuantity(prepared, 'plan')} prepared and not sent`]),
    ...(asked === undefined ? [] : [`sessions asked ${asked}`]),
  ].join('; ');
}

function openRow(tenantId: string, row: RestoreRow): void {
  if (row.is === 'session') navigate({ at: 'restores', tenantId, sessionId: row.session.id });
  else if (row.plan.status === 'draft') navigate({ at: 'wizard', tenantId, planId: row.plan.id });
  else navigate({ at: 'restores', tenantId, planId: row.plan.id });
}
